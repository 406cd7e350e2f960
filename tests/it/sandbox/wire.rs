//! The bearer, the rate limit, unknown routes, and where it may listen.

use front_mcp::sandbox::{Options, RateLimit, Sandbox};
use reqwest::Method;

use super::Front;

#[tokio::test]
async fn only_its_own_token_is_taken() {
    let front = Front::start().await;
    let url = format!("{}/me", front.sandbox.base_url());
    assert_eq!(front.client.get(&url).send().await.unwrap().status(), 401);
    let wrong = front
        .client
        .get(&url)
        .bearer_auth("other")
        .send()
        .await
        .unwrap();
    assert_eq!(wrong.status(), 401);
    assert!(wrong.text().await.unwrap().contains("\"_error\""));
}

#[tokio::test]
async fn not_in_front_and_not_simulated_differ() {
    let front = Front::start().await;
    let (status, error) = front.refused(Method::GET, "/no/such/thing", None).await;
    assert_eq!(
        (status.as_u16(), error["message"].as_str()),
        (404, Some("No such route."))
    );
    let (status, error) = front.refused(Method::POST, "/inboxes", None).await;
    assert_eq!(status, 501);
    assert!(error["message"].as_str().unwrap().contains("POST /inboxes"));
    assert_eq!(
        front.refused(Method::GET, "/conversations/", None).await.0,
        404
    );
    assert_eq!(
        front
            .refused(Method::GET, "/conversations/cnv_nothere", None)
            .await
            .0,
        404
    );
    assert_eq!(
        front
            .refused(Method::GET, "/company/statuses", None)
            .await
            .0,
        404
    );
}

#[tokio::test]
async fn the_limit_has_a_reserve_and_then_an_end() {
    let front = Front::with(RateLimit::PerMinute(6)).await;
    let first = front.call(Method::GET, "/me", None).await;
    assert_eq!(first.headers()["x-ratelimit-limit"], "6");
    assert_eq!(first.headers()["x-ratelimit-remaining"], "5");
    assert_eq!(first.headers()["x-ratelimit-burst-limit"], "3");
    let reset: f64 = first.headers()["x-ratelimit-reset"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!(reset > 1_700_000_000.0);
    for _ in 0..8 {
        assert_eq!(front.call(Method::GET, "/me", None).await.status(), 200);
    }
    let refused = front.call(Method::GET, "/me", None).await;
    assert_eq!(refused.status(), 429);
    let wait: u64 = refused.headers()["retry-after"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!((1..=60).contains(&wait));
    assert_eq!(refused.headers()["x-ratelimit-burst-remaining"], "0");
    assert_eq!(
        front
            .call(Method::GET, "/_sandbox/requests", None)
            .await
            .status(),
        200
    );
}

#[tokio::test]
async fn without_a_limit_nothing_is_said_of_one() {
    let front = Front::start().await;
    for _ in 0..200 {
        let response = front.call(Method::GET, "/me", None).await;
        assert_eq!(response.status(), 200);
        assert!(response.headers().get("x-ratelimit-limit").is_none());
    }
}

#[tokio::test]
async fn requests_are_counted() {
    let front = Front::start().await;
    front.get("/me").await;
    front.get("/inboxes?x=1").await;
    let report = front.get("/_sandbox/requests").await;
    assert_eq!(report["count"], 2);
    assert_eq!(report["requests"][0]["path"], "/me");
    assert_eq!(report["last_request"]["method"], "GET");
    assert_eq!(report["last_request"]["path"], "/inboxes");
}

#[tokio::test]
async fn it_listens_on_loopback_only_and_stops_when_dropped() {
    let everywhere = Options {
        listen: "0.0.0.0:0".parse().unwrap(),
        ..Options::default()
    };
    let error = Sandbox::start(everywhere).await.unwrap_err();
    assert!(error.to_string().contains("loopback"));
    let front = Front::start().await;
    let url = format!("{}/me", front.sandbox.base_url());
    drop(front.sandbox);
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    let fresh = reqwest::Client::builder().no_proxy().build().unwrap();
    assert!(fresh.get(url).send().await.is_err());
}

#[test]
fn rate_limits_are_read_from_text() {
    assert_eq!("100".parse(), Ok(RateLimit::PerMinute(100)));
    assert_eq!("off".parse(), Ok(RateLimit::Off));
    for text in ["0", "-1", "", "Off", "fast"] {
        assert!(text.parse::<RateLimit>().is_err(), "{text}");
    }
}
