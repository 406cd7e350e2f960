//! Each fault, as a client sees it.

use std::time::{Duration, Instant};

use front_mcp::sandbox::landmarks;
use reqwest::Method;
use serde_json::{Value, json};

use super::Front;

async fn faulty(fault: Value) -> Front {
    let front = Front::start().await;
    inject(&front, fault).await;
    front
}

async fn inject(front: &Front, fault: Value) {
    let response = front
        .call(Method::POST, "/_sandbox/faults", Some(fault))
        .await;
    assert_eq!(response.status(), 204);
}

#[tokio::test]
async fn statuses_strike_as_often_as_asked_and_only_where_asked() {
    let front = faulty(json!({"match": {"method": "GET", "path_prefix": "/inboxes"}, "kind": "status", "value": 503, "times": 2})).await;
    assert_eq!(front.call(Method::GET, "/me", None).await.status(), 200);
    for _ in 0..2 {
        assert_eq!(front.refused(Method::GET, "/inboxes", None).await.0, 503);
    }
    assert_eq!(
        front.call(Method::GET, "/inboxes", None).await.status(),
        200
    );
    inject(
        &front,
        json!({"kind": "status", "value": 429, "retry_after": 7, "times": null}),
    )
    .await;
    let limited = front.call(Method::GET, "/me", None).await;
    assert_eq!(
        (limited.status().as_u16(), &limited.headers()["retry-after"]),
        (429, &"7".parse().unwrap())
    );
    assert_eq!(
        front
            .call(Method::DELETE, "/_sandbox/faults", None)
            .await
            .status(),
        204
    );
    assert_eq!(front.call(Method::GET, "/me", None).await.status(), 200);
    let unknown = front
        .refused(
            Method::POST,
            "/_sandbox/faults",
            Some(json!({"kind": "gremlins"})),
        )
        .await;
    assert_eq!(unknown.0, 400);
}

#[tokio::test]
async fn bodies_are_wrong_in_every_way() {
    let front = faulty(json!({"kind": "html", "times": 1})).await;
    let html = front.call(Method::GET, "/me", None).await;
    assert_eq!(html.headers()["content-type"], "text/html; charset=utf-8");
    inject(&front, json!({"kind": "truncated", "times": 1})).await;
    let cut = front
        .call(Method::GET, "/inboxes", None)
        .await
        .text()
        .await
        .unwrap();
    assert!(!cut.is_empty() && serde_json::from_str::<Value>(&cut).is_err());
    inject(&front, json!({"kind": "garbage", "times": 1})).await;
    let garbage = front
        .call(Method::GET, "/me", None)
        .await
        .bytes()
        .await
        .unwrap();
    assert!(std::str::from_utf8(&garbage).is_err());
    inject(&front, json!({"kind": "empty", "times": 1})).await;
    let empty = front.call(Method::GET, "/me", None).await;
    assert_eq!(empty.status(), 200);
    assert!(empty.bytes().await.unwrap().is_empty());
    inject(&front, json!({"kind": "wrong_types", "times": 1})).await;
    assert_eq!(front.get("/conversations").await, json!({"_results": 7}));
    inject(
        &front,
        json!({"kind": "wrong_types", "times": 1, "value": []}),
    )
    .await;
    assert_eq!(front.get("/conversations").await, json!([]));
    inject(&front, json!({"kind": "huge", "times": 1})).await;
    let huge = front
        .call(Method::GET, "/conversations", None)
        .await
        .bytes()
        .await
        .unwrap();
    assert!(huge.len() >= 50 * 1024 * 1024);
}

#[tokio::test]
async fn strangers_are_pointed_to() {
    let front = faulty(json!({"kind": "redirect", "times": 1})).await;
    let redirect = front.call(Method::GET, "/me", None).await;
    assert_eq!(redirect.status(), 302);
    assert!(
        redirect.headers()["location"]
            .to_str()
            .unwrap()
            .starts_with("https://evil.example/")
    );
    inject(&front, json!({"kind": "foreign_next", "times": 1})).await;
    let page = front.get("/conversations?limit=2").await;
    assert_eq!(
        page["_pagination"]["next"],
        "https://evil.example/steal?page_token=x"
    );
    assert_eq!(page["_results"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn connections_close_before_or_after_the_deed() {
    let front = faulty(json!({"kind": "reset", "times": 1})).await;
    let path = format!("/conversations/{}/messages", landmarks::URGENT_CONVERSATION);
    let body = json!({"body": "Sent or not?"});
    assert!(
        front
            .try_call(Method::POST, &path, Some(body.clone()))
            .await
            .is_err()
    );
    assert!(front.outbox().await.is_empty());
    inject(
        &front,
        json!({"match": {"method": "POST"}, "kind": "reset_after", "times": 1}),
    )
    .await;
    assert!(
        front
            .try_call(Method::POST, &path, Some(body))
            .await
            .is_err()
    );
    assert_eq!(front.outbox().await.len(), 1);
}

#[tokio::test]
async fn a_hang_lasts_as_long_as_asked() {
    let front = faulty(json!({"kind": "hang", "value": 0.2, "times": 1})).await;
    let start = Instant::now();
    assert_eq!(front.call(Method::GET, "/me", None).await.status(), 200);
    assert!(start.elapsed() >= Duration::from_millis(200));
}
