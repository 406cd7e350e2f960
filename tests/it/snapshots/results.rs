//! One full result of each tool, on the sandbox as it is on one day.

use std::collections::BTreeSet;

use front_mcp::sandbox::landmarks::{
    APPLICATION_CHANNEL, ATTACHMENT_MESSAGE, DRAFT_ARTICLE, DRAFTED_CONVERSATION, HANDBOOK,
    ORDER_TEMPLATE, OTHER_TWIN, RETURNS_ARTICLE, SMS_CONVERSATION, TABLE, TIME_OFF, TWIN,
    URGENT_CONVERSATION, URGENT_EVENT,
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
        (
            "search-templates",
            json!({ "query": "money back", "inbox": "Support" }),
        ),
        ("get-template", json!({ "template": ORDER_TEMPLATE })),
        (
            "render-template",
            json!({ "template": ORDER_TEMPLATE, "conversation_id": URGENT_CONVERSATION, "teammate": "marin" }),
        ),
        (
            "create-template",
            json!({ "name": "Helmets", "body": "Hello {{recipient.first_name}}." }),
        ),
        (
            "update-template",
            json!({ "template": "Out of stock", "body": "Hello." }),
        ),
        ("list-knowledge-bases", json!({})),
        (
            "search-articles",
            json!({ "query": "refund without sending it back", "limit": 3 }),
        ),
        (
            "get-article",
            json!({ "article_id": RETURNS_ARTICLE, "locale": "de" }),
        ),
        (
            "draft-article",
            json!({ "knowledge_base": HANDBOOK, "title": "Keys", "body": "Where they hang.", "author": "marin" }),
        ),
        (
            "update-article-draft",
            json!({ "article_id": DRAFT_ARTICLE, "title": "Recall", "body": "Stop riding.", "author": "marin" }),
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
            "update-conversation",
            json!({
                "conversation_id": SMS_CONVERSATION,
                "assignee": "Tove Lindqvist",
                "status": "archived",
                "inbox": "Workshop",
                "custom_fields": { "Root cause": "Carrier", "Refund amount": 40 },
            }),
        ),
        (
            "add-comment",
            json!({
                "conversation_id": SMS_CONVERSATION,
                "body": "Can you call the courier?",
                "mentions": ["tove"],
                "author": "marin",
            }),
        ),
        (
            "snooze-conversation",
            json!({ "conversation_id": SMS_CONVERSATION, "until": "2040-01-02T09:00Z" }),
        ),
        (
            "bulk-update",
            json!({
                "change": "tag",
                "to": "VIP",
                "conversation_ids": [URGENT_CONVERSATION, DRAFTED_CONVERSATION, "cnv_1none"],
            }),
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
            "merge-contacts",
            json!({ "into": "rosalind.achterberg@postbox.example", "contacts": [OTHER_TWIN] }),
        ),
        ("list-contact-notes", json!({ "contact": TWIN })),
        (
            "add-contact-note",
            json!({ "contact": TWIN, "body": "Wants a *quote*.", "author": "tove" }),
        ),
        ("list-contact-lists", json!({ "query": "r" })),
        (
            "update-contact",
            json!({
                "contact": TWIN,
                "name": "Rosalind A. Achterberg",
                "add_links": ["https://achterberg.example"],
                "custom_fields": { "bicycle": "Dutch roadster" },
                "clear_fields": ["Loyalty tier"],
            }),
        ),
        (
            "update-contact-handles",
            json!({ "contact": TWIN, "add": ["+31 20 624 1111"], "remove": ["rosalind.achterberg@postbox.example"] }),
        ),
        (
            "update-contact-list",
            json!({ "list": "randonneurs", "add": [TWIN], "remove": [OTHER_TWIN] }),
        ),
        ("list-accounts", json!({ "query": "works" })),
        ("get-account", json!({ "account": "veloworks.example" })),
        (
            "update-account",
            json!({
                "account": "The Velo Works",
                "add_domains": ["velo.example"],
                "custom_fields": { "Discount": 35 },
                "add_contacts": [TWIN],
            }),
        ),
        ("list-shifts", json!({})),
        ("list-time-off", json!({ "from": "2026-01-01" })),
        (
            "get-availability",
            json!({ "at": format!("{}T12:30:00Z", binary::TODAY) }),
        ),
        (
            "set-time-off",
            json!({ "time_off_id": TIME_OFF, "ends": "2026-12-24T00:00:00Z" }),
        ),
        (
            "set-availability",
            json!({ "teammate": "priya", "available": true }),
        ),
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
    let left = server.succeed(
        "create-draft",
        json!({
            "conversation_id": URGENT_CONVERSATION,
            "body": "Dear Beatrix,\n\nwe look into it.",
            "cc": ["workshop@larkspur-cycles.example"],
        }),
    );
    check("create-draft", &left);
    let draft = left.structured["draft_id"].clone();
    let change = json!({ "draft_id": draft, "bcc": ["jo@inkwell.example"], "subject": "Wheels" });
    check("update-draft", &server.succeed("update-draft", change));
    let delete = json!({ "draft_id": draft });
    check("delete-draft", &server.succeed("delete-draft", delete));
    for tool in ["create-draft", "update-draft", "delete-draft"] {
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
