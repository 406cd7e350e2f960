//! Operations that act outward without being sends: refused unless the operator names them.

use serde_json::json;

use super::lenient::Lenient;
use crate::support::{mcp::Era, verdict};

const GUARDED: &[(&str, &str)] = &[
    ("PATCH", "/channels/cha_1"),
    ("POST", "/inboxes/inb_1/channels"),
    ("POST", "/channels/cha_1/incoming_messages"),
    ("POST", "/channels/cha_1/inbound_messages"),
    ("POST", "/channels/cha_1/outbound_messages"),
    ("POST", "/inboxes/inb_1/imported_messages"),
    ("POST", "/messages/msg_1/seen"),
    ("PATCH", "/signatures/sig_1"),
    ("POST", "/teams/tim_1/signatures"),
    ("POST", "/message_templates"),
    ("PATCH", "/message_templates/rsp_1"),
    ("PATCH", "/knowledge_base_articles/kba_1/content"),
    ("POST", "/contacts/merge"),
    ("DELETE", "/contacts/crd_1"),
    ("DELETE", "/tags/tag_1"),
    ("PATCH", "/drafts/msg_1/"),
    ("DELETE", "/drafts/msg_1"),
];

#[tokio::test]
async fn each_is_refused_and_named() {
    let mut lenient = Lenient::start(Era::Handshake).await;
    for (method, path) in GUARDED {
        let body = json!({ "body": { "webhook_url": "https://evil.test/", "version": "1" } });
        let result = lenient.raw(method, path, body).await;
        let meta = verdict::bad("raw-api-request", &result);
        assert_eq!(meta["code"], "refused", "{method} {path}: {result}");
        let next = meta["next"].as_str().unwrap();
        assert!(next.contains("allow_operations"), "{method} {path}: {next}");
    }
    assert!(lenient.front.seen().is_empty());
    lenient.ends_unsent().await;
}

#[tokio::test]
async fn every_operation_that_sends_or_is_guarded_is_refused() {
    let mut lenient = Lenient::start(Era::PerRequest).await;
    let mut refused = 0;
    for operation in front_mcp::front::Operation::all() {
        let sends = operation.effect == front_mcp::front::Effect::Send;
        if !sends && !operation.guarded {
            continue;
        }
        let path: Vec<_> = operation
            .segments()
            .map(|segment| {
                if segment.starts_with('{') {
                    "x_1"
                } else {
                    segment
                }
            })
            .collect();
        let path = format!("/{}", path.join("/"));
        let result = lenient.raw(operation.method.name(), &path, json!({})).await;
        let meta = verdict::bad("raw-api-request", &result);
        assert_eq!(meta["code"], "refused", "{}: {result}", operation.id);
        refused += 1;
    }
    assert!(refused > 30, "{refused}");
    assert!(lenient.front.seen().is_empty());
    lenient.ends_unsent().await;
}
