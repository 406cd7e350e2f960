//! What another process does to a token holds within a second on connections that are open.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::{
    front::Front,
    hosted::{Hosted, Operator, client::Client},
    mcp::Era,
};

const PROMISED: Duration = Duration::from_secs(1);

/// Calls on one connection until the token is refused, which must happen in time and go on.
async fn is_refused_within_a_second(mut client: Client, what: &str, words: &str) {
    let begun = Instant::now();
    loop {
        assert!(client.is_connected(), "{what}: another connection");
        let answer = client.try_call("list-tags", json!({})).await.unwrap();
        if answer.status == 401 {
            assert!(answer.text().contains(words), "{what}: {}", answer.shown());
            break;
        }
        assert_eq!(answer.status, 200, "{what}: {}", answer.shown());
        assert!(begun.elapsed() < PROMISED, "{what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let again = client.try_call("list-tags", json!({})).await.unwrap();
    assert_eq!(again.status, 401, "{what}: {}", again.shown());
}

#[tokio::test(flavor = "multi_thread")]
async fn revoked_rotated_and_expired_tokens_are_refused_on_open_connections() {
    let (front, operator) = (Front::start().await, Operator::new());
    let ours = operator.create("ours", &[]).await;
    let gone = operator.create("gone", &[]).await;
    let old = operator.create("renewed", &[]).await;
    let server = Hosted::serving(&operator, &front.base(), &[]).await;
    let open = async |token: &str, era| {
        let mut client = Client::new(server.address, token, era);
        client.call("list-tags", json!({})).await;
        client
    };
    let mut stays = open(&ours, Era::PerRequest).await;
    let revoked = open(&gone, Era::PerRequest).await;
    operator.revoke("gone").await;
    is_refused_within_a_second(revoked, "revoked", "revoked").await;
    let rotated = open(&old, Era::Handshake).await;
    let new = operator.rotate("renewed").await;
    is_refused_within_a_second(rotated, "rotated", "none of this server").await;
    let mut renewed = open(&new, Era::Handshake).await;

    let end = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(3);
    let brief = operator
        .create("brief", &[&format!("--expires={end}")])
        .await;
    // A caller of later is known within a second, too.
    let mut expiring = Client::new(server.address, &brief, Era::PerRequest);
    let begun = Instant::now();
    while expiring
        .try_call("list-tags", json!({}))
        .await
        .unwrap()
        .status
        != 200
    {
        assert!(begun.elapsed() < PROMISED, "a new token is not known");
    }
    while jiff::Timestamp::now() < end {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    is_refused_within_a_second(expiring, "expired", "expired").await;

    stays.call("list-tags", json!({})).await;
    renewed.call("list-tags", json!({})).await;
    assert!(stays.is_connected() && renewed.is_connected());
    // Whoever is revoked and does not come again is shut out as well.
    operator.revoke("ours").await;
    let begun = Instant::now();
    while !server.log().contains("shut out caller=\"ours\"") {
        assert!(begun.elapsed() < PROMISED, "{}", server.log());
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
