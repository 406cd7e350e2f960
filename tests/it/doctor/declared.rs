//! What a tool asks of Front is what it declares: the doctor tells by it what will not work.

use std::collections::{BTreeMap, BTreeSet};

use front_mcp::{
    front::{Method, Operation, path::RoutePath},
    sandbox::landmarks::{
        self, APPLICATION_CHANNEL, ATTACHMENT_MESSAGE, DRAFTED_CONVERSATION, OTHER_TWIN, TABLE,
        TIME_OFF, TWIN, URGENT_CONVERSATION, URGENT_EVENT,
    },
    tools::catalog::CATALOG,
};
use serde_json::{Value, json};

use crate::support::{
    front::Front,
    mcp::{ALL, Era, Mcp},
};

/// Each tool by several of its ways. The tool of raw requests declares nothing: it asks what it is
/// told.
pub fn calls() -> Vec<(&'static str, Value)> {
    let urgent = URGENT_CONVERSATION;
    vec![
        ("list-inboxes", json!({})),
        ("list-tags", json!({})),
        ("list-teammates", json!({})),
        ("list-teams", json!({})),
        ("list-channels", json!({})),
        ("whoami", json!({})),
        (
            "list-drafts",
            json!({ "conversation_id": DRAFTED_CONVERSATION }),
        ),
        ("search-api", json!({ "query": "snooze" })),
        (
            "list-conversations",
            json!({ "limit": 2, "include": ["preview"] }),
        ),
        (
            "list-conversations",
            json!({ "inboxes": ["Support", "Orders & Returns"] }),
        ),
        ("list-conversations", json!({ "tag": "Urgent" })),
        (
            "list-conversations",
            json!({ "assignee": "marin", "limit": 2 }),
        ),
        (
            "list-conversations",
            json!({ "query": "refund", "after": "7d" }),
        ),
        (
            "get-conversation",
            json!({ "conversation_id": urgent, "detail": "full" }),
        ),
        (
            "get-conversation",
            json!({
                "conversation_id": DRAFTED_CONVERSATION,
                "include": ["messages", "comments", "drafts"],
            }),
        ),
        (
            "search-conversations",
            json!({ "inboxes": ["Support", "inb_1ord"], "tags": ["Urgent"], "participants": ["marin"] }),
        ),
        (
            "get-message",
            json!({ "message_id": ATTACHMENT_MESSAGE, "include": ["headers"], "source": true }),
        ),
        ("get-attachment", json!({ "attachment_id": TABLE })),
        (
            "get-attachment",
            json!({ "attachment_id": TABLE, "message_id": ATTACHMENT_MESSAGE }),
        ),
        ("list-contacts", json!({ "limit": 2 })),
        (
            "get-contact",
            json!({ "contact": "beatrix.dunmore@postbox.example" }),
        ),
        (
            "create-contact",
            json!({ "handles": [{ "source": "email", "handle": "jo@inkwell.example" }] }),
        ),
        (
            "add-tag",
            json!({ "conversation_id": urgent, "tags": ["Urgent"] }),
        ),
        (
            "remove-tag",
            json!({ "conversation_id": urgent, "tags": ["Urgent"] }),
        ),
        (
            "bulk-update",
            json!({ "change": "archive", "conversation_ids": [urgent, DRAFTED_CONVERSATION] }),
        ),
        (
            "bulk-update",
            json!({ "change": "tag", "to": "Urgent", "search": { "text": "order", "inboxes": ["Support"] } }),
        ),
        (
            "bulk-update",
            json!({ "change": "untag", "to": "Urgent", "search": { "tags": ["Urgent"] } }),
        ),
        (
            "bulk-update",
            json!({ "change": "assign", "to": "tove", "search": { "assignee": "marin" } }),
        ),
        (
            "update-conversation",
            json!({
                "conversation_id": urgent,
                "assignee": "tove",
                "status": "open",
                "inbox": "Workshop",
                "custom_fields": { "Root cause": "Carrier" },
            }),
        ),
        (
            "snooze-conversation",
            json!({ "conversation_id": urgent, "until": "2d", "teammate": "tove" }),
        ),
        (
            "snooze-conversation",
            json!({ "conversation_id": urgent, "cancel": true }),
        ),
        (
            "add-comment",
            json!({ "conversation_id": urgent, "body": "Look.", "mentions": ["tove"] }),
        ),
        (
            "create-draft",
            json!({ "conversation_id": urgent, "body": "Soon.", "author": "marin" }),
        ),
        (
            "create-draft",
            json!({ "channel_id": "cha_1sup", "to": ["jo@inkwell.example"], "body": "Soon." }),
        ),
        (
            "search-templates",
            json!({ "query": "refund", "folder": "Returns & refunds", "inbox": "Support" }),
        ),
        ("get-template", json!({ "template": "Refund paid" })),
        (
            "render-template",
            json!({
                "template": "Address change confirmed", "conversation_id": urgent, "teammate": "marin",
                "variables": { "new_address": "5 Mill Lane" }, "draft": true,
            }),
        ),
        (
            "render-template",
            json!({ "template": landmarks::ORDER_TEMPLATE, "recipient": "jo@inkwell.example" }),
        ),
        (
            "create-template",
            json!({ "name": "New", "body": "Hello.", "folder": "Returns & refunds", "inboxes": ["Support"] }),
        ),
        (
            "update-template",
            json!({ "template": "Refund paid", "body": "Hello.", "inboxes": ["Support"] }),
        ),
        ("list-knowledge-bases", json!({})),
        ("search-articles", json!({ "query": "refund" })),
        (
            "get-article",
            json!({ "article_id": landmarks::RETURNS_ARTICLE }),
        ),
        (
            "get-article",
            json!({ "article_id": landmarks::RETURNS_ARTICLE, "locale": "fr" }),
        ),
        (
            "draft-article",
            json!({
                "knowledge_base": "Care team handbook", "title": "T", "body": "B",
                "author": "marin", "category": "Procedures",
            }),
        ),
        (
            "draft-article",
            json!({
                "knowledge_base": landmarks::HANDBOOK, "title": "T", "body": "B",
                "author": "marin", "locale": "en",
            }),
        ),
        (
            "update-article-draft",
            json!({ "article_id": landmarks::DRAFT_ARTICLE, "title": "T", "author": "marin" }),
        ),
        (
            "update-article-draft",
            json!({ "article_id": landmarks::DRAFT_ARTICLE, "title": "T", "author": "marin", "locale": "en" }),
        ),
        (
            "run-report",
            json!({
                "start": "2026-03-01",
                "end": "2026-03-07",
                "filters": {
                    "tags": ["Urgent"], "teammates": ["marin"], "channels": ["Pedalmarkt"],
                    "inboxes": ["Support"], "teams": ["Trade"], "accounts": ["Spoke & Sprocket"],
                },
            }),
        ),
        (
            "export-data",
            json!({ "type": "events", "start": "2026-03-01", "end": "2026-03-07", "filters": { "inboxes": ["Support"] } }),
        ),
        (
            "list-events",
            json!({ "inboxes": ["Support"], "teammates": ["marin"], "limit": 2 }),
        ),
        (
            "list-events",
            json!({ "conversation_id": urgent, "types": ["inbound"] }),
        ),
        ("get-event", json!({ "event_id": URGENT_EVENT })),
        (
            "sync-inbound-message",
            json!({
                "channel": "Pedalmarkt",
                "sender": { "handle": "bidder-7" },
                "body": "Still there?",
                "external_id": "m-1",
                "external_conversation_id": "market-1",
            }),
        ),
        (
            "sync-outbound-message",
            json!({
                "channel": "Pedalmarkt",
                "to": [{ "handle": "bidder-7" }],
                "author": "marin",
                "body": "Yes.",
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
                "direction": "outbound",
                "party": { "handle": "bidder-7" },
                "status": "queued",
            }),
        ),
        (
            "update-call",
            json!({ "channel": APPLICATION_CHANNEL, "call_id": "c-1", "status": "connected" }),
        ),
        (
            "add-call-summary",
            json!({ "channel": APPLICATION_CHANNEL, "call_id": "c-1", "summary": "A saddle." }),
        ),
        (
            "add-call-transcript",
            json!({
                "channel": APPLICATION_CHANNEL,
                "call_id": "c-1",
                "lines": [{ "speaker": "Jo", "internal": true, "at": 0.5, "text": "Hello" }],
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
            "sync-message-template",
            json!({
                "channel": APPLICATION_CHANNEL,
                "external_id": "shipped",
                "only_changes": true,
                "disabled": true,
            }),
        ),
        (
            "set-channel-status",
            json!({ "channel": APPLICATION_CHANNEL, "status": "offline" }),
        ),
        (
            "send-message",
            json!({ "conversation_id": urgent, "body": "Soon.", "tags": ["Urgent"] }),
        ),
        ("list-contact-lists", json!({})),
        ("list-contact-notes", json!({ "contact": TWIN })),
        (
            "add-contact-note",
            json!({ "contact": TWIN, "body": "Called.", "author": "tove" }),
        ),
        (
            "update-contact",
            json!({ "contact": TWIN, "custom_fields": { "bicycle": "Roadster" } }),
        ),
        (
            "update-contact-handles",
            json!({ "contact": TWIN, "add": ["ros@inkwell.example"] }),
        ),
        (
            "update-contact-handles",
            json!({ "contact": TWIN, "remove": ["ros@inkwell.example"] }),
        ),
        (
            "update-contact-list",
            json!({ "list": "Randonneurs", "add": ["+44 7700 900987"], "remove": [TWIN] }),
        ),
        ("list-accounts", json!({})),
        ("get-account", json!({ "account": "veloworks.example" })),
        (
            "update-account",
            json!({
                "account": "The Velo Works", "custom_fields": { "Region": "North" },
                "add_contacts": [TWIN], "remove_contacts": [OTHER_TWIN],
            }),
        ),
        (
            "merge-contacts",
            json!({ "into": TWIN, "contacts": [OTHER_TWIN] }),
        ),
        ("list-shifts", json!({})),
        ("list-shifts", json!({ "teammates": ["tove"] })),
        ("list-time-off", json!({})),
        ("list-time-off", json!({ "teammates": ["priya"] })),
        ("get-availability", json!({})),
        ("get-availability", json!({ "teammates": ["priya"] })),
        (
            "set-time-off",
            json!({ "teammate": "tove", "starts": "2027-01-04", "ends": "2027-01-06" }),
        ),
        (
            "set-time-off",
            json!({ "time_off_id": TIME_OFF, "name": "Holiday" }),
        ),
        (
            "set-availability",
            json!({ "teammate": "priya", "available": true }),
        ),
    ]
}

/// The operations that were asked for since so many requests.
async fn asked(front: &Front, since: usize) -> BTreeSet<&'static str> {
    let requests = front.requests().await;
    let operation = |request: &String| {
        let (method, path) = request.split_once(' ').unwrap();
        // A search stands in its path as it is written in an address.
        let path = RoutePath::parse(&path.replace('%', "-")).unwrap();
        Operation::find(Method::parse(method).unwrap(), &path)
            .unwrap()
            .id
    };
    requests.iter().skip(since).map(operation).collect()
}

#[tokio::test]
async fn a_tool_asks_for_nothing_that_it_does_not_declare() {
    let front = Front::start().await;
    let mut all: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (tool, arguments) in calls() {
        // Another server each time: what one has read it does not ask for again.
        let mut mcp = Mcp::serving(&front, Era::PerRequest, &ALL).await;
        let since = front.requests().await.len();
        let result = mcp.call(tool, arguments.clone()).await;
        assert_ne!(result["isError"], true, "{tool} {arguments}: {result}");
        all.entry(tool)
            .or_default()
            .extend(asked(&front, since).await);
        if let Some(handle) = result["structuredContent"]["handle"].as_str() {
            let since = front.requests().await.len();
            mcp.call(tool, json!({ "handle": handle })).await;
            all.entry(tool)
                .or_default()
                .extend(asked(&front, since).await);
        }
        if tool == "create-draft" {
            let draft = result["structuredContent"]["draft_id"].clone();
            let change = json!({ "draft_id": draft, "bcc": ["al@inkwell.example"] });
            for (next, arguments) in [
                ("update-draft", change),
                ("delete-draft", json!({ "draft_id": draft })),
            ] {
                let since = front.requests().await.len();
                let result = mcp.call(next, arguments).await;
                assert_ne!(result["isError"], true, "{next}: {result}");
                all.entry(next)
                    .or_default()
                    .extend(asked(&front, since).await);
            }
        }
        if tool == "send-message" {
            let envelope = json!({ "envelope_id": result["structuredContent"]["envelope_id"] });
            for next in ["confirm-send", "check-send"] {
                let since = front.requests().await.len();
                mcp.call(next, envelope.clone()).await;
                all.entry(next)
                    .or_default()
                    .extend(asked(&front, since).await);
            }
        }
        let preview = &result["structuredContent"]["preview_id"];
        if preview.is_string() {
            let since = front.requests().await.len();
            mcp.call(tool, json!({ "preview_id": preview })).await;
            all.entry(tool)
                .or_default()
                .extend(asked(&front, since).await);
        }
        mcp.close().await;
    }
    for entry in CATALOG {
        let name = entry.spec.name;
        if name == "raw-api-request" {
            continue;
        }
        let asked = all
            .get(name)
            .unwrap_or_else(|| panic!("{name} was not called"));
        for id in asked {
            let is_declared = entry.needs.contains(id) || entry.uses.contains(id);
            assert!(is_declared, "{name} asks for {id} and does not declare it");
        }
        for id in entry.needs {
            assert!(
                asked.contains(id),
                "{name} needs {id} and did not ask for it"
            );
        }
    }
}
