//! A write whose answer was lost may have been made: nothing is repeated, and the caller is told
//! not to repeat it either.

use front_mcp::sandbox::landmarks;
use serde_json::{Value, json};

use super::{SHORT, probes::unique};
use crate::support::{
    front::Front,
    mcp::{Era, Mcp},
    verdict,
};

/// The writes, and how many requests of theirs change something.
fn writes() -> Vec<(&'static str, Value)> {
    let name = unique();
    let conversation = landmarks::URGENT_CONVERSATION;
    vec![
        (
            "create-contact",
            json!({ "handles": [{ "source": "email", "handle": format!("{name}@new.example") }] }),
        ),
        (
            "add-tag",
            json!({ "conversation_id": conversation, "tags": [landmarks::URGENT_TAG] }),
        ),
        (
            "add-comment",
            json!({ "conversation_id": conversation, "body": name }),
        ),
        (
            "raw-api-request",
            json!({ "method": "POST", "path": format!("/conversations/{conversation}/comments"), "body": { "body": name } }),
        ),
        (
            "create-draft",
            json!({ "conversation_id": conversation, "body": name }),
        ),
        (
            "send-message",
            json!({ "conversation_id": conversation, "body": name }),
        ),
    ]
}

#[tokio::test]
async fn a_lost_answer_is_not_asked_for_twice() {
    let front = Front::start().await;
    let mut arguments = SHORT.to_vec();
    // In draft mode `send-message` writes as well.
    arguments[0] = "--send=draft";
    let mut mcp = Mcp::serving(&front, Era::Handshake, &arguments).await;
    for fault in [
        json!({ "kind": "status", "value": 500 }),
        json!({ "kind": "status", "value": 503 }),
        json!({ "kind": "reset" }),
        json!({ "kind": "reset_after" }),
        json!({ "kind": "hang", "value": 60 }),
        json!({ "kind": "huge" }),
        json!({ "kind": "html" }),
        json!({ "kind": "garbage" }),
        json!({ "kind": "redirect", "value": "http://127.0.0.1:9/" }),
    ] {
        for (tool, arguments) in writes() {
            let before = posts(&front).await;
            front.fault_on("POST", fault.clone()).await;
            let result = mcp.call(tool, arguments).await;
            front.heal().await;
            assert_eq!(posts(&front).await, before + 1, "{tool} {fault}");
            // An unstructured answer is an answer to a raw request.
            let is_raw_success = tool == "raw-api-request"
                && ["html", "garbage"].contains(&fault["kind"].as_str().unwrap());
            if is_raw_success {
                verdict::good(tool, &result);
                continue;
            }
            let meta = verdict::bad(tool, &result);
            assert_eq!(meta["retry_safe"], false, "{tool} {fault}: {result}");
            let next = meta["next"].as_str().unwrap();
            assert!(!next.contains("smaller `limit`"), "{tool} {fault}: {next}");
        }
    }
    mcp.close().await;
    assert!(front.outbox().await.is_empty());
}

#[tokio::test]
async fn a_clear_refusal_may_be_repeated() {
    let front = Front::start().await;
    let mut mcp = Mcp::serving(&front, Era::PerRequest, SHORT).await;
    for status in [400, 401, 403, 404, 409, 422] {
        for (tool, arguments) in writes() {
            front
                .fault(json!({ "kind": "status", "value": status, "match": { "method": "POST" } }))
                .await;
            let result = mcp.call(tool, arguments).await;
            front.heal().await;
            if tool == "send-message" {
                // Sealing changes nothing at Front.
                verdict::good(tool, &result);
                continue;
            }
            let meta = verdict::bad(tool, &result);
            assert_eq!(meta["retry_safe"], true, "{tool} {status}: {result}");
        }
    }
    mcp.close().await;
}

async fn posts(front: &Front) -> usize {
    let requests = front.requests().await;
    requests
        .iter()
        .filter(|one| one.starts_with("POST "))
        .count()
}
