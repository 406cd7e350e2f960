//! The second form, by operation id: its parameters obey the grammar of paths.

use serde_json::json;

use super::lenient::Lenient;
use crate::support::{mcp::Era, verdict};

#[tokio::test]
async fn a_parameter_stays_one_segment() {
    let mut lenient = Lenient::start(Era::Handshake).await;
    let body = json!({ "body": "hi", "channel_id": "cha_1", "to": ["victim@x.example"] });
    for id in [
        "cnv_1/messages#",
        "cnv_1/messages?",
        "cnv_1/messages;",
        "../conversations/cnv_1/messages#",
        "cnv_1%2Fmessages",
        "cnv_1\\messages",
        "..",
        "",
        "cnv 1",
    ] {
        let arguments = json!({
            "operation": "create-draft-reply",
            "params": { "conversation_id": id },
            "body": body,
        });
        let result = lenient.mcp.call("raw-api-request", arguments).await;
        verdict::refuses("raw-api-request", "params.conversation_id", &result);
    }
    assert!(lenient.front.seen().is_empty());
    lenient.ends_unsent().await;
}

#[tokio::test]
async fn search_words_may_hold_anything() {
    let mut lenient = Lenient::start(Era::PerRequest).await;
    let arguments = json!({
        "operation": "search-conversations",
        "params": { "query": "refund/now? #5 100% ../x" },
    });
    let result = lenient.mcp.call("raw-api-request", arguments).await;
    verdict::good("raw-api-request", &result);
    let seen = lenient.front.seen();
    assert_eq!(
        seen[0].target,
        "/conversations/search/refund%2Fnow%3F%20%235%20100%25%20..%2Fx"
    );
    lenient.ends_unsent().await;
}

#[tokio::test]
async fn sends_are_refused_by_id_too() {
    let mut lenient = Lenient::start(Era::Handshake).await;
    for (operation, params) in [
        (
            "create-message-reply",
            json!({ "conversation_id": "cnv_1" }),
        ),
        ("create-message", json!({ "channel_id": "cha_1" })),
        ("delete-tag", json!({ "tag_id": "tag_1" })),
    ] {
        let arguments = json!({ "operation": operation, "params": params, "body": {} });
        let result = lenient.mcp.call("raw-api-request", arguments).await;
        assert_eq!(verdict::bad("raw-api-request", &result)["code"], "refused");
    }
    assert!(lenient.front.seen().is_empty());
    lenient.ends_unsent().await;
}
