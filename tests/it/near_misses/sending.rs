//! Messages whose arguments are nearly right. What is suggested is to prepare them, and never a yes.

use serde_json::{Value, json};

use super::{CONVERSATION, CUSTOMER, corrected, judge, understood};

fn reply(more: Value) -> Value {
    let mut reply = json!({ "conversation_id": CONVERSATION, "body": "Hello" });
    reply
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    reply
}

#[tokio::test]
async fn messages() {
    let better = |given, right| corrected("send-message", given, right);
    let mut rows = vec![
        better(
            reply(json!({ "to": "jo@acme.example, al@acme.example" })),
            reply(json!({ "to": ["jo@acme.example", "al@acme.example"] })),
        ),
        better(
            reply(json!({ "recipients": ["jo@acme.example"] })),
            reply(json!({ "to": ["jo@acme.example"] })),
        ),
        better(
            reply(json!({ "html": true })),
            reply(json!({ "body_format": "html" })),
        ),
        better(
            reply(json!({ "format": "md" })),
            reply(json!({ "body_format": "markdown" })),
        ),
        better(
            reply(json!({ "body_format": "plain" })),
            reply(json!({ "body_format": "text" })),
        ),
        better(reply(json!({ "reply_all": true })), reply(json!({}))),
        better(
            reply(json!({ "tag_ids": ["VIP"] })),
            reply(json!({ "tags": ["VIP"] })),
        ),
        understood(
            "send-message",
            reply(json!({ "to": format!("Beatrix <{CUSTOMER}>") })),
            reply(json!({ "to": [CUSTOMER] })),
        ),
        understood(
            "send-message",
            reply(json!({ "author": "marin@larkspur-cycles.example" })),
            reply(json!({ "author": "tea_1marin" })),
        ),
        understood(
            "send-message",
            reply(json!({ "archive": "yes" })),
            reply(json!({ "archive": true })),
        ),
    ];
    for name in ["text", "message", "content"] {
        rows.push(better(
            json!({ "conversation_id": CONVERSATION, name: "Hello" }),
            reply(json!({})),
        ));
    }
    judge(rows).await;
}
