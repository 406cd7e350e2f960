//! A Front that is not there, is slow, broken or full, or whose clock is another.

use std::time::Instant;

use reqwest::Method;
use serde_json::json;

use super::{examine, run, with_token};
use crate::support::front::Front;

#[tokio::test]
async fn front_cannot_be_reached() {
    let gone = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let front = Front::start().await;
    let seen = examine(&front, || {
        let mut command = with_token(&front);
        command.env("FRONT_API_BASE_URL", &gone);
        command
    })
    .await;
    seen.compare("unreachable", None);
    seen.has(
        "front",
        "error",
        "cannot be reached: the connection was refused",
    );
    assert_eq!(seen.json["requests"], 0, "nothing left this machine");
}

#[tokio::test]
async fn front_is_down() {
    let front = Front::start().await;
    front.fault(json!({ "kind": "status", "value": 503 })).await;
    let seen = examine(&front, || with_token(&front)).await;
    seen.has("front", "error", "failed (503)");
    assert_eq!(seen.json["requests"], 1, "nothing is asked again");
}

#[tokio::test]
async fn something_else_answers() {
    let front = Front::start().await;
    front.fault(json!({ "kind": "html" })).await;
    let seen = examine(&front, || with_token(&front)).await;
    seen.has("front", "error", "that Front's API never does");
    assert_eq!(seen.json["requests"], 1);
}

#[tokio::test]
async fn front_hangs_after_the_first_answer() {
    let front = Front::start().await;
    for path in ["/c", "/i", "/t"] {
        let hangs = json!({ "match": { "path_prefix": path }, "kind": "hang", "value": 60 });
        front.fault(hangs).await;
    }
    let started = Instant::now();
    let mut command = with_token(&front);
    command.args(["--json", "--request-timeout=300ms"]);
    let (json, code) = run(command).await;
    assert!(started.elapsed().as_secs() < 30);
    assert_eq!(code, 0, "{json}");
    assert!(
        json.contains("not known: conversations, inboxes, channels"),
        "{json}"
    );
    assert!(front.requests().await.len() <= 3, "no storm");
}

#[tokio::test]
async fn the_rate_limit_is_reached() {
    let front = Front::start().await;
    let full = json!({
        "match": { "path_prefix": "/tags" }, "kind": "status", "value": 429, "retry_after": 37
    });
    front.fault(full).await;
    let seen = examine(&front, || with_token(&front)).await;
    seen.compare("rate_limited", None);
    seen.has("rate", "warning", "is spent");
    seen.has("scopes", "ok", "conversations, inboxes and channels");
    seen.has("scopes", "note", "not known: tags, teammates");
    assert_eq!(seen.json["requests"], 5, "who is turned away stops asking");
}

#[tokio::test]
async fn little_is_left_of_the_minute() {
    let mut command = crate::support::mcp::binary();
    command.args(["doctor", "--sandbox", "--json", "--rate-limit=18"]);
    let (json, code) = run(command).await;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((code, &json["worst"]), (0, &json!("warning")), "{json:#}");
    assert!(
        json.to_string().contains("18 requests a minute"),
        "{json:#}"
    );
    assert_eq!(json["requests"], 16);
}

#[tokio::test]
async fn the_clock_is_wrong() {
    let front = Front::start().await;
    for (seconds, status, words) in [
        (20, "ok", "agrees"),
        (300, "warning", "slow by Front's"),
        (-7200, "error", "clock is 2 h fast by Front's"),
    ] {
        let skew = json!({ "clock_skew_seconds": seconds });
        front.ask(Method::POST, "/_sandbox/oauth", Some(skew)).await;
        let mut command = with_token(&front);
        command.arg("--json");
        let (json, code) = run(command).await;
        assert_eq!(code, i32::from(status == "error"), "{json}");
        let seen = super::Seen {
            table: String::new(),
            json: serde_json::from_str(&json).unwrap(),
            code,
        };
        seen.has("clock", status, words);
    }
    let seen = {
        let (table, code) = run(with_token(&front)).await;
        super::Seen {
            table,
            json: json!({}),
            code,
        }
    };
    seen.compare("clock", None);
}
