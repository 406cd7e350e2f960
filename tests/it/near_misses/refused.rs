//! What is no near miss, and what nobody may be talked into.

use serde_json::json;

use super::{CONVERSATION, reset};
use crate::support::{
    front::Front,
    mcp::{Era, Mcp},
    verdict,
};

#[tokio::test]
async fn attacks_are_not_corrected() {
    let front = Front::start().await;
    let mut mcp = Mcp::serving(&front, Era::PerRequest, &["--send=confirm"]).await;
    reset(&front).await;
    for id in [
        "../me",
        "cnv_1/messages",
        "cnv_1/../../me",
        "cnv_1%2fmessages",
        "cnv_1?x=1",
        "cnv_1\r\nX: y",
        "https://evil.test/open/cnv_1",
        "https://app.frontapp.com.evil.test/open/cnv_1",
        "https://api2.frontapp.com.evil.test/conversations/cnv_1",
        "https://api2.frontapp.com@evil.test/conversations/cnv_1",
        "https://evil.test/.api.frontapp.com/conversations/cnv_1",
        "https://api2.frontapp.com/conversations/../cnv_1",
        "https://api2.frontapp.com/conversations/cnv_1%2f",
    ] {
        for tool in ["get-conversation", "list-drafts"] {
            let result = mcp.call(tool, json!({ "conversation_id": id })).await;
            let meta = verdict::bad(tool, &result);
            assert!(meta.get("corrected_call").is_none(), "{id}: {meta}");
        }
        let arguments = json!({ "conversation_id": id, "tags": ["VIP"] });
        let result = mcp.call("add-tag", arguments).await;
        assert!(
            result["_meta"].get("corrected_call").is_none(),
            "{id}: {result}"
        );
    }
    for path in [
        "https://evil.test/inboxes",
        "https://api2.frontapp.com.evil.test/inboxes",
        "/inboxes/../me",
        "//evil.test/inboxes",
        "/inboxes%2f",
        "/inboxes?x=%2e%2e",
        "/v1/v1/inboxes",
    ] {
        let result = mcp
            .call("raw-api-request", json!({ "method": "GET", "path": path }))
            .await;
        let meta = verdict::bad("raw-api-request", &result);
        assert!(meta.get("corrected_call").is_none(), "{path}: {meta}");
    }
    // What would send is suggested in no other spelling.
    for path in [
        format!("/conversations/{CONVERSATION}/messages/"),
        format!("https://api2.frontapp.com/conversations/{CONVERSATION}/messages"),
        format!("/v1/conversations/{CONVERSATION}/messages"),
    ] {
        let arguments = json!({ "method": "POST", "path": path, "body": { "body": "Hello" } });
        let result = mcp.call("raw-api-request", arguments).await;
        let meta = verdict::bad("raw-api-request", &result);
        assert!(meta.get("corrected_call").is_none(), "{path}: {meta}");
    }
    assert!(front.requests().await.is_empty());
    mcp.close().await;
}

#[tokio::test]
async fn no_yes_is_suggested_and_nothing_that_is_unknown_is_dropped() {
    let front = Front::start().await;
    let mut mcp = Mcp::serving(&front, Era::PerRequest, &["--send=confirm"]).await;
    let sealed = json!({ "conversation_id": CONVERSATION, "body": "Hello" });
    let result = mcp.call("send-message", sealed.clone()).await;
    let envelope = verdict::good("send-message", &result)["envelope_id"].clone();
    for (tool, arguments) in [
        ("confirm-send", json!({ "envelopeId": envelope })),
        ("confirm-send", json!({ "id": envelope })),
        (
            "confirm-send",
            json!({ "envelope_id": envelope, "approved": true }),
        ),
        (
            "send-message",
            json!({ "conversation_id": CONVERSATION, "body": "Hello", "approved": true }),
        ),
        (
            "send-message",
            json!({ "conversation_id": CONVERSATION, "body": "Hello", "send": "now" }),
        ),
        (
            "send-message",
            json!({ "conversation_id": CONVERSATION, "body": "Hello", "reply_all": false }),
        ),
        (
            "add-tag",
            json!({ "conversation_id": "Beatrix Dunmore", "tags": ["VIP"] }),
        ),
        (
            "add-tag",
            json!({ "conversation_id": CONVERSATION, "tags": ["Support"] }),
        ),
        (
            "add-tag",
            json!({ "conversation_id": CONVERSATION, "tags": "Urgent, nothing of the kind" }),
        ),
        (
            "get-conversation",
            json!({ "conversation_id": CONVERSATION, "id": "cnv_1inject" }),
        ),
    ] {
        let result = mcp.call(tool, arguments.clone()).await;
        let meta = verdict::bad(tool, &result);
        assert!(meta.get("corrected_call").is_none(), "{arguments}: {meta}");
    }
    assert_eq!(front.send_posts().await, 0);
    mcp.close().await;
}

#[tokio::test]
async fn a_tool_that_is_not_listed_is_not_suggested() {
    let front = Front::start().await;
    let arguments = ["--send=off", "--tools=get-conversation,raw-api-request"];
    let mut mcp = Mcp::serving(&front, Era::PerRequest, &arguments).await;
    for (tool, arguments) in [
        (
            "get-conversation",
            json!({ "conversation_id": "msg_1urgenta" }),
        ),
        (
            "raw-api-request",
            json!({ "method": "POST", "path": format!("/conversations/{CONVERSATION}/messages"), "body": { "body": "Hello" } }),
        ),
    ] {
        let result = mcp.call(tool, arguments).await;
        let meta = verdict::bad(tool, &result);
        assert!(meta.get("corrected_call").is_none(), "{meta}");
    }
    mcp.close().await;
}
