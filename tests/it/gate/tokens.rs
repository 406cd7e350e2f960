//! A token of its own for sends: they go with it, and nothing else does.

use front_mcp::sandbox::SEND_TOKEN;
use reqwest::Method;
use serde_json::{Value, json};

use super::{CONVERSATION, check, confirm, confirming, sealed_id, state};
use crate::support::{
    front::Front,
    mcp::{Era, Mcp, server},
    verdict,
};

async fn with_send_token(front: &Front, mode: &str, token: &str) -> Mcp {
    let flags = [&format!("--send={mode}")[..], "--log=trace"];
    let mut command = server(&front.base(), &flags);
    command.env("FRONT_SEND_TOKEN", token);
    Mcp::start(command, Era::Handshake).await
}

/// Method, path and token of each request to Front's API.
async fn seen(front: &Front) -> Vec<(String, bool, Value)> {
    let journal = front.ask(Method::GET, "/_sandbox/requests", None).await;
    let requests = journal["requests"].as_array().unwrap();
    requests
        .iter()
        .map(|one| {
            let (method, path) = (
                one["method"].as_str().unwrap(),
                one["path"].as_str().unwrap(),
            );
            let is_send = method == "POST" && path.ends_with("/messages");
            (format!("{method} {path}"), is_send, one["token"].clone())
        })
        .collect()
}

#[tokio::test]
async fn sends_go_with_the_send_token_and_nothing_else_does() {
    let front = Front::start().await;
    let mut mcp = with_send_token(&front, "confirm", SEND_TOKEN).await;
    let envelope = sealed_id(&mut mcp, "With its own token.").await;
    assert_eq!(state(&confirm(&mut mcp, &envelope).await), "sent");
    assert_eq!(state(&check(&mut mcp, &envelope).await), "sent");
    let tag = json!({ "conversation_id": CONVERSATION, "tags": ["Urgent"] });
    verdict::good("add-tag", &mcp.call("add-tag", tag).await);
    let log = mcp.close().await;
    assert!(!log.contains(SEND_TOKEN), "{log}");

    let mut drafting = with_send_token(&front, "draft", SEND_TOKEN).await;
    let draft = json!({ "conversation_id": CONVERSATION, "body": "A draft." });
    assert_eq!(
        state(&drafting.call("send-message", draft).await),
        "drafted"
    );
    drafting.close().await;

    let seen = seen(&front).await;
    for (request, is_send, token) in &seen {
        assert_eq!(token, if *is_send { "send" } else { "api" }, "{request}");
    }
    assert_eq!(seen.iter().filter(|(_, is_send, _)| *is_send).count(), 1);
}

#[tokio::test]
async fn without_one_everything_goes_with_the_same() {
    let front = Front::start().await;
    let mut mcp = confirming(&front).await;
    let envelope = sealed_id(&mut mcp, "With the only token.").await;
    assert_eq!(state(&confirm(&mut mcp, &envelope).await), "sent");
    mcp.close().await;
    let seen = seen(&front).await;
    assert!(seen.iter().all(|(_, _, token)| token == "api"), "{seen:?}");
    assert!(seen.iter().any(|(_, is_send, _)| *is_send));
}

#[tokio::test]
async fn one_that_front_does_not_know_sends_nothing() {
    let front = Front::start().await;
    let mut mcp = with_send_token(&front, "confirm", "wr0ng-token").await;
    let envelope = sealed_id(&mut mcp, "Goes nowhere.").await;
    let result = confirm(&mut mcp, &envelope).await;
    assert_eq!(state(&result), "failed");
    assert!(!result.to_string().contains("wr0ng-token"), "{result}");
    assert!(front.outbox().await.is_empty());
    let log = mcp.close().await;
    assert!(!log.contains("wr0ng-token"), "{log}");
}
