//! One full result of each tool, on the sandbox as it is on one day.

use std::collections::BTreeSet;

use front_mcp::sandbox::landmarks::{
    APPLICATION_CHANNEL, ATTACHMENT_MESSAGE, DRAFTED_CONVERSATION, TABLE, URGENT_CONVERSATION,
    URGENT_EVENT,
};
use serde_json::{Value, json};

use super::redaction::whole;
use crate::contract::{
    binary::{self, Answer, Server},
    tokens,
};

/// Calls in an order that gives each of them something to say.
fn calls() -> Vec<(&'static str, Value)> {
    vec![
        ("list-inboxes", json!({})),
        ("whoami", json!({})),
        ("list-channels", json!({ "inbox": "Support" })),
        ("list-teams", json!({})),
        ("list-tags", json!({ "query": "late" })),
        ("list-teammates", json!({ "query": "ma" })),
        (
            "list-conversations",
            json!({ "limit": 5, "detail": "full", "include": ["preview"] }),
        ),
        (
            "search-conversations",
            json!({
                "text": "\"charity ride\" hospice",
                "inboxes": ["Support"],
                "from": ["beatrix.dunmore@postbox.example"],
                "is": ["open"],
                "after": "2026-01-01",
                "detail": "full",
            }),
        ),
        (
            "get-conversation",
            json!({
                "conversation_id": DRAFTED_CONVERSATION,
                "include": ["messages", "comments", "drafts"],
                "detail": "full",
            }),
        ),
        (
            "get-message",
            json!({ "message_id": ATTACHMENT_MESSAGE, "include": ["headers"], "source": true }),
        ),
        (
            "get-attachment",
            json!({ "attachment_id": TABLE, "message_id": ATTACHMENT_MESSAGE }),
        ),
        ("list-contacts", json!({ "limit": 3 })),
        (
            "create-contact",
            json!({
                "handles": [{ "source": "email", "handle": "jo.newcomer@inkwell.example" }],
                "name": "Jo Newcomer",
                "description": "Asked for a quote",
                "links": ["https://inkwell.example/jo"],
            }),
        ),
        (
            "get-contact",
            json!({ "contact": "jo.newcomer@inkwell.example" }),
        ),
        (
            "add-tag",
            json!({ "conversation_id": URGENT_CONVERSATION, "tags": ["Urgent"] }),
        ),
        (
            "remove-tag",
            json!({ "conversation_id": URGENT_CONVERSATION, "tags": ["urgent"] }),
        ),
        (
            "list-drafts",
            json!({ "conversation_id": DRAFTED_CONVERSATION }),
        ),
        (
            "raw-api-request",
            json!({ "method": "GET", "path": "/conversations/cnv_1urgent/inboxes" }),
        ),
        ("search-api", json!({ "query": "snooze this until Monday" })),
        (
            "run-report",
            json!({
                "start": "2026-11-09",
                "end": "2026-11-15",
                "compare": true,
                "metrics": ["num_messages_received", "avg_response_time", "pct_tagged_conversations"],
                "filters": { "inboxes": ["Support"] },
            }),
        ),
        (
            "export-data",
            json!({ "type": "messages", "start": "2026-11-09", "end": "2026-11-15" }),
        ),
        (
            "list-events",
            json!({ "inboxes": ["Support"], "types": ["comment", "inbound"], "limit": 4, "by": "conversation" }),
        ),
        ("get-event", json!({ "event_id": URGENT_EVENT })),
        (
            "sync-inbound-message",
            json!({
                "channel": APPLICATION_CHANNEL,
                "sender": { "handle": "bidder-7", "name": "Jo Bidder" },
                "body": "Is the frame still there?",
                "external_id": "m-1",
                "external_conversation_id": "market-1",
            }),
        ),
        (
            "sync-outbound-message",
            json!({
                "channel": APPLICATION_CHANNEL,
                "to": [{ "handle": "bidder-7" }],
                "body": "It is.",
                "external_id": "m-2",
                "external_conversation_id": "market-1",
            }),
        ),
        (
            "mark-message-failed",
            json!({ "channel": APPLICATION_CHANNEL, "external_conversation_id": "market-1", "external_id": "m-2" }),
        ),
        (
            "create-call",
            json!({
                "channel": APPLICATION_CHANNEL,
                "call_id": "c-1",
                "direction": "inbound",
                "party": { "handle": "bidder-7" },
                "status": "ringing",
            }),
        ),
        (
            "update-call",
            json!({ "channel": APPLICATION_CHANNEL, "call_id": "c-1", "status": "hangup" }),
        ),
        (
            "add-call-summary",
            json!({ "channel": APPLICATION_CHANNEL, "call_id": "c-1", "summary": "About the frame." }),
        ),
        (
            "add-call-transcript",
            json!({
                "channel": APPLICATION_CHANNEL,
                "call_id": "c-1",
                "lines": [{ "speaker": "Jo", "at": 0, "text": "Hello?" }],
            }),
        ),
        (
            "add-call-recording",
            json!({
                "channel": APPLICATION_CHANNEL,
                "call_id": "c-1",
                "file": { "name": "call.mp3", "content_type": "audio/mpeg", "content_base64": "SUQz" },
            }),
        ),
        (
            "sync-message-template",
            json!({
                "channel": APPLICATION_CHANNEL,
                "external_id": "shipped",
                "name": "Shipped",
                "blurb": "Your order",
                "preview": "Your order is on its way",
            }),
        ),
        (
            "set-channel-status",
            json!({ "channel": APPLICATION_CHANNEL, "status": "offline" }),
        ),
    ]
}

#[test]
fn results() {
    let mut server = Server::start();
    let mut seen = BTreeSet::new();
    for (tool, arguments) in calls() {
        let answer = server.succeed(tool, arguments);
        check(tool, &answer);
        seen.insert(tool.to_owned());
    }
    let sealed = server.succeed(
        "send-message",
        json!({
            "conversation_id": URGENT_CONVERSATION,
            "body": "Dear Beatrix,\n\nthe wheelsets leave us **tonight** by courier.",
            "tags": ["Urgent"],
        }),
    );
    check("send-message", &sealed);
    let envelope = json!({ "envelope_id": sealed.structured["envelope_id"] });
    check(
        "confirm-send",
        &server.succeed("confirm-send", envelope.clone()),
    );
    check("check-send", &server.succeed("check-send", envelope));
    for tool in ["send-message", "confirm-send", "check-send"] {
        seen.insert(tool.to_owned());
    }

    let list = binary::tools();
    let listed = list["tools"].as_array().unwrap().iter();
    let all: BTreeSet<_> = listed
        .map(|tool| tool["name"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(seen, all, "a tool without a result here");
}

fn check(tool: &str, answer: &Answer) {
    tokens::count(&answer.text);
    tokens::count(&answer.structured.to_string());
    super::compare(&format!("{tool}.result"), &whole(answer));
}
