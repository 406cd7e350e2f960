//! A server that reads: no tool that writes is there, and nothing that changes leaves.

use front_mcp::{front::Operation, sandbox::landmarks};
use serde_json::json;

use super::{listed, names, raw, serving, writes};
use crate::support::{front::Front, verdict};

#[tokio::test]
async fn no_writing_tool_is_listed_and_none_runs() {
    let front = Front::start().await;
    let mut mcp = serving(&front, "read-only", "read_only = true").await;
    let tools = listed(&mut mcp).await;
    for tool in &tools {
        assert_eq!(tool["annotations"]["readOnlyHint"], true, "{tool}");
    }
    assert!(names(&tools).contains(&"raw-api-request"), "{tools:?}");
    let conversation = landmarks::URGENT_CONVERSATION;
    let envelope = json!({ "envelope_id": format!("env_{}", "a".repeat(32)) });
    for (tool, arguments) in [
        (
            "send-message",
            json!({ "conversation_id": conversation, "body": "Hello" }),
        ),
        ("confirm-send", envelope.clone()),
        ("check-send", envelope),
        (
            "add-tag",
            json!({ "conversation_id": conversation, "tags": [landmarks::URGENT_TAG] }),
        ),
        (
            "create-contact",
            json!({ "handles": [{ "source": "email", "handle": "a@b.example" }] }),
        ),
    ] {
        assert!(!names(&tools).contains(&tool), "{tool}");
        let result = mcp.call(tool, arguments).await;
        assert_eq!(verdict::bad(tool, &result)["code"], "refused", "{result}");
        assert!(
            verdict::text(&result).contains("policy.read_only = true"),
            "{result}"
        );
    }
    assert!(front.requests().await.is_empty());
    mcp.close().await;
}

/// Hosts run what only reads without asking anybody.
#[tokio::test]
async fn what_may_write_does_not_pass_for_reading() {
    let front = Front::start().await;
    let mut mcp = serving(&front, "not-read-only", "").await;
    let tools = listed(&mut mcp).await;
    for name in ["add-tag", "confirm-send", "raw-api-request", "send-message"] {
        let tool = tools.iter().find(|tool| tool["name"] == name).unwrap();
        assert_eq!(tool["annotations"]["readOnlyHint"], false, "{tool}");
    }
    mcp.close().await;
}

#[tokio::test]
async fn raw_requests_read_and_nothing_else() {
    let front = Front::start().await;
    let mut mcp = serving(&front, "read-only-raw", "read_only = true").await;
    for operation in Operation::all() {
        let path = operation
            .segments()
            .map(|segment| {
                if segment.starts_with('{') {
                    "x_1"
                } else {
                    segment
                }
            })
            .collect::<Vec<_>>()
            .join("/");
        let method = operation.method.name();
        if method == "GET" {
            continue;
        }
        let result = raw(&mut mcp, method, &format!("/{path}"), json!({ "body": {} })).await;
        assert_eq!(
            verdict::bad("raw-api-request", &result)["code"],
            "refused",
            "{result}"
        );
    }
    assert!(front.requests().await.is_empty());
    let result = raw(&mut mcp, "GET", "/tags", json!({})).await;
    verdict::good("raw-api-request", &result);
    // An agent cannot ask its way out of it.
    let asking = json!({ "tool": "x", "read_only": false });
    let result = mcp.call("raw-api-request", asking).await;
    verdict::bad("raw-api-request", &result);
    assert!(writes(&front).await.is_empty());
    mcp.close().await;
}
