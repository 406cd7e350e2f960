//! SIGTERM: what is under way is finished, what comes is to be made again elsewhere, and a send that
//! began is never left open.

use std::time::{Duration, Instant};

use front_mcp::sandbox::landmarks;
use serde_json::{Value, json};

use crate::support::{
    front::Front,
    hosted::{
        Hosted, Operator,
        client::Client,
        wire::{Broken, Wire},
    },
    mcp::Era,
    verdict,
};

async fn readiness(server: &Hosted) -> Result<u16, Broken> {
    let mut wire = Wire::open(server.address).await?;
    let answer = wire
        .ask("GET /readyz HTTP/1.1\r\nHost: probe\r\n\r\n")
        .await?;
    Ok(answer.status)
}

/// Until Front was asked once more.
async fn has_asked(front: &Front, before: usize) {
    while front.requests().await.len() == before {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_call_ends_while_others_are_turned_away() {
    let (front, operator) = (Front::start().await, Operator::new());
    let token = operator.create("bot", &[]).await;
    let mut server = Hosted::serving(&operator, &front.base(), &[]).await;
    let new = || Client::new(server.address, &token, Era::PerRequest);
    let (mut slow, mut open) = (new(), new());
    open.call("list-inboxes", json!({})).await;
    assert_eq!(readiness(&server).await, Ok(200));
    let before = front.requests().await.len();
    front
        .fault_on("GET", json!({ "kind": "hang", "value": 3, "times": 1 }))
        .await;
    let slow = tokio::spawn(async move {
        let arguments = json!({ "conversation_id": landmarks::URGENT_CONVERSATION });
        slow.try_call("get-conversation", arguments).await
    });
    has_asked(&front, before).await;

    let begun = Instant::now();
    server.signal("TERM");
    server.has_told("about to end").await;
    assert_eq!(readiness(&server).await, Ok(503));
    let fresh = new().try_call("list-inboxes", json!({})).await.unwrap();
    for answer in [
        open.try_call("list-inboxes", json!({})).await.unwrap(),
        fresh,
    ] {
        assert_eq!(answer.status, 503, "{}", answer.shown());
        assert_eq!(answer.header("retry-after"), Some("1"));
        assert!(answer.closes(), "{}", answer.shown());
        assert!(answer.text().contains("nothing was done"));
    }
    let answer = slow.await.unwrap().unwrap();
    assert_eq!(answer.status, 200, "{}", answer.shown());
    verdict::good("get-conversation", &answer.message()["result"]);
    let status = server.end().await;
    assert_eq!(status.code(), Some(0), "{}", server.log());
    assert!(begun.elapsed() < Duration::from_secs(25));
    assert_eq!(readiness(&server).await, Err(Broken::Refused));
    assert!(!server.log().contains("cut off"), "{}", server.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idle_server_ends_at_once_whoever_is_connected() {
    let (front, operator) = (Front::start().await, Operator::new());
    let token = operator.create("bot", &[]).await;
    let mut server = Hosted::serving(&operator, &front.base(), &[]).await;
    let mut idle = Client::new(server.address, &token, Era::Handshake);
    idle.call("list-inboxes", json!({})).await;
    // One that never says a word, and one that stopped within its head.
    let mut silent = Wire::open(server.address).await.unwrap();
    let mut half = Wire::open(server.address).await.unwrap();
    half.send("POST /mcp HTTP/1.1\r\nHost: ").await;
    let begun = Instant::now();
    server.signal("TERM");
    assert_eq!(server.end().await.code(), Some(0), "{}", server.log());
    assert!(
        begun.elapsed() < Duration::from_secs(10),
        "{:?}",
        begun.elapsed()
    );
    for wire in [&mut silent, &mut half] {
        assert_eq!(wire.rest().await, Ok(Vec::new()));
    }
}

fn state(result: &Value) -> &str {
    verdict::good("check-send", result)["state"]
        .as_str()
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_send_under_way_is_sent_and_never_unknown() {
    let (front, operator) = (Front::start().await, Operator::new());
    let token = operator.create("bot", &[]).await;
    let arguments = ["--send=confirm"];
    let mut server = Hosted::serving(&operator, &front.base(), &arguments).await;
    let mut client = Client::new(server.address, &token, Era::PerRequest);
    let letter = json!({
        "conversation_id": landmarks::URGENT_CONVERSATION,
        "body": "It is on its way.",
    });
    let sealed = client.call("send-message", letter).await;
    let envelope = verdict::good("send-message", &sealed)["envelope_id"].clone();
    front
        .fault_on("POST", json!({ "kind": "hang", "value": 4, "times": 1 }))
        .await;
    let arguments = json!({ "envelope_id": envelope });
    let confirming = tokio::spawn({
        let arguments = arguments.clone();
        async move { client.try_call("confirm-send", arguments).await }
    });
    while front.send_posts().await == 0 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    server.signal("TERM");
    let answer = confirming.await.unwrap().unwrap();
    assert_eq!(answer.status, 200, "{}", answer.shown());
    assert_eq!(state(&answer.message()["result"]), "sent");
    assert_eq!(server.end().await.code(), Some(0), "{}", server.log());

    // The next server knows it from the store, and Front has it once.
    let next = Hosted::serving(&operator, &front.base(), &["--send=confirm"]).await;
    let mut client = Client::new(next.address, &token, Era::PerRequest);
    assert_eq!(state(&client.call("check-send", arguments).await), "sent");
    assert_eq!(front.send_posts().await, 1);
    assert_eq!(front.outbox().await.len(), 1);
    next.stop().await;
}

/// The caller has gone: what it confirmed goes on, and ends as it would have.
#[tokio::test(flavor = "multi_thread")]
async fn a_send_whose_caller_hung_up_is_sent_before_the_end() {
    let (front, operator) = (Front::start().await, Operator::new());
    let token = operator.create("bot", &[]).await;
    let arguments = ["--send=confirm"];
    let mut server = Hosted::serving(&operator, &front.base(), &arguments).await;
    let mut client = Client::new(server.address, &token, Era::PerRequest);
    let letter = json!({
        "conversation_id": landmarks::URGENT_CONVERSATION,
        "body": "It is on its way.",
    });
    let sealed = client.call("send-message", letter).await;
    let envelope = verdict::good("send-message", &sealed)["envelope_id"].clone();
    front
        .fault_on("POST", json!({ "kind": "hang", "value": 3, "times": 1 }))
        .await;
    let arguments = json!({ "envelope_id": envelope });
    let mut wire = Wire::open(server.address).await.unwrap();
    let post = client.post_call("confirm-send", arguments.clone());
    wire.send(post.bytes()).await;
    while front.send_posts().await == 0 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    drop(wire);
    server.signal("TERM");
    assert_eq!(server.end().await.code(), Some(0), "{}", server.log());
    let next = Hosted::serving(&operator, &front.base(), &["--send=confirm"]).await;
    let mut client = Client::new(next.address, &token, Era::PerRequest);
    assert_eq!(state(&client.call("check-send", arguments).await), "sent");
    assert_eq!(front.outbox().await.len(), 1);
}
