//! A call of each tool that asks something of Front, and what has to be there before it.

use std::sync::atomic::{AtomicUsize, Ordering};

use front_mcp::sandbox::landmarks;
use serde_json::{Value, json};

use crate::support::{front::Front, mcp::Mcp, verdict};

/// What the calls are about.
pub const CONVERSATION: &str = landmarks::URGENT_CONVERSATION;

/// The channel of the company's own application.
const APPLICATION: &str = landmarks::APPLICATION_CHANNEL;

/// Something that happened.
const EVENT: &str = landmarks::URGENT_EVENT;

/// One call.
pub struct Probe {
    pub tool: &'static str,
    /// It changes nothing at Front.
    pub reads: bool,
    arguments: fn(&str) -> Value,
    needs: Needs,
}

/// What a call refers to.
enum Needs {
    Nothing,
    /// An envelope that waits.
    Sealed,
    /// A draft of the caller's own.
    Draft,
    /// One whose message left.
    Sent,
    /// One of which nobody knows.
    Unknown,
}

const fn read(tool: &'static str, arguments: fn(&str) -> Value) -> Probe {
    Probe {
        tool,
        reads: true,
        arguments,
        needs: Needs::Nothing,
    }
}

const fn write(tool: &'static str, arguments: fn(&str) -> Value) -> Probe {
    Probe {
        reads: false,
        ..read(tool, arguments)
    }
}

const fn needing(needs: Needs, probe: Probe) -> Probe {
    let Probe {
        tool,
        reads,
        arguments,
        ..
    } = probe;
    Probe {
        tool,
        reads,
        arguments,
        needs,
    }
}

/// Every tool at least once. Those that fill the company's cached lists come last, so that the
/// fault reaches them.
pub const PROBES: &[Probe] = &[
    read(
        "get-conversation",
        |_| json!({ "conversation_id": CONVERSATION, "include": ["messages", "comments", "drafts"], "detail": "full" }),
    ),
    read("list-conversations", |_| json!({ "limit": 5 })),
    read(
        "list-conversations",
        |_| json!({ "limit": 3, "include": ["preview"], "query": "order" }),
    ),
    read(
        "search-conversations",
        |_| json!({ "text": "order", "is": ["open"], "limit": 3 }),
    ),
    read(
        "get-message",
        |_| json!({ "message_id": landmarks::ATTACHMENT_MESSAGE, "include": ["headers"] }),
    ),
    read(
        "get-attachment",
        |_| json!({ "attachment_id": landmarks::TABLE, "message_id": landmarks::ATTACHMENT_MESSAGE }),
    ),
    read("list-contacts", |_| json!({ "limit": 3 })),
    read("list-contacts", |_| json!({ "query": "a", "limit": 3 })),
    read(
        "get-contact",
        |_| json!({ "contact": "nobody@elsewhere.example" }),
    ),
    read("search-templates", |_| json!({ "query": "refund" })),
    read(
        "get-template",
        |_| json!({ "template": landmarks::ORDER_TEMPLATE }),
    ),
    write(
        "render-template",
        |_| json!({ "template": landmarks::ORDER_TEMPLATE, "conversation_id": CONVERSATION }),
    ),
    write(
        "create-template",
        |unique| json!({ "name": unique, "body": "Hello." }),
    ),
    write(
        "update-template",
        |unique| json!({ "template": landmarks::ORDER_TEMPLATE, "subject": unique }),
    ),
    read("list-knowledge-bases", |_| json!({})),
    read("search-articles", |_| json!({ "query": "refund" })),
    read(
        "get-article",
        |_| json!({ "article_id": landmarks::RETURNS_ARTICLE }),
    ),
    write(
        "draft-article",
        |unique| json!({ "knowledge_base": landmarks::HANDBOOK, "title": unique, "body": "Text.", "author": landmarks::SUPPORT_TEAMMATE }),
    ),
    write(
        "update-article-draft",
        |unique| json!({ "article_id": landmarks::DRAFT_ARTICLE, "title": unique, "author": landmarks::SUPPORT_TEAMMATE }),
    ),
    read(
        "raw-api-request",
        |_| json!({ "method": "GET", "path": "/me" }),
    ),
    write(
        "raw-api-request",
        |unique| json!({ "method": "POST", "path": format!("/conversations/{CONVERSATION}/comments"), "body": { "body": unique } }),
    ),
    write(
        "create-contact",
        |unique| json!({ "handles": [{ "source": "email", "handle": format!("{unique}@new.example") }] }),
    ),
    write(
        "add-tag",
        |_| json!({ "conversation_id": CONVERSATION, "tags": [landmarks::URGENT_TAG] }),
    ),
    write(
        "remove-tag",
        |_| json!({ "conversation_id": CONVERSATION, "tags": [landmarks::URGENT_TAG] }),
    ),
    write(
        "update-conversation",
        |_| json!({ "conversation_id": CONVERSATION, "assignee": landmarks::SUPPORT_TEAMMATE, "status": "spam" }),
    ),
    write(
        "snooze-conversation",
        |_| json!({ "conversation_id": CONVERSATION, "until": "2d", "teammate": landmarks::SUPPORT_TEAMMATE }),
    ),
    write(
        "add-comment",
        |unique| json!({ "conversation_id": CONVERSATION, "body": unique, "author": landmarks::SUPPORT_TEAMMATE }),
    ),
    read(
        "bulk-update",
        |_| json!({ "change": "archive", "search": { "text": "order", "is": ["open"] } }),
    ),
    read(
        "list-contact-notes",
        |_| json!({ "contact": landmarks::TWIN }),
    ),
    write(
        "add-contact-note",
        |unique| json!({ "contact": landmarks::TWIN, "body": unique, "author": landmarks::SUPPORT_TEAMMATE }),
    ),
    write(
        "update-contact",
        |unique| json!({ "contact": landmarks::TWIN, "description": unique }),
    ),
    write(
        "update-contact-handles",
        |unique| json!({ "contact": landmarks::TWIN, "add": [format!("{unique}@more.example")] }),
    ),
    write(
        "merge-contacts",
        |_| json!({ "into": landmarks::TWIN, "contacts": [landmarks::OTHER_TWIN] }),
    ),
    write(
        "update-contact-list",
        |_| json!({ "list": "Randonneurs", "add": [landmarks::TWIN] }),
    ),
    read("get-account", |_| json!({ "account": "acc_v41" })),
    write(
        "update-account",
        |unique| json!({ "account": "acc_v41", "description": unique }),
    ),
    write(
        "set-time-off",
        |unique| json!({ "time_off_id": landmarks::TIME_OFF, "name": unique }),
    ),
    write(
        "set-availability",
        |_| json!({ "teammate": "marin", "available": true }),
    ),
    read("list-shifts", |_| json!({})),
    read("list-time-off", |_| json!({ "from": "2026-03-18" })),
    read(
        "get-availability",
        |_| json!({ "at": "2026-03-18T10:00:00Z" }),
    ),
    read("list-accounts", |_| json!({})),
    read("list-contact-lists", |_| json!({})),
    read("whoami", |_| json!({})),
    write(
        "run-report",
        |_| json!({ "start": "2026-03-01", "end": "2026-03-07", "wait": 2 }),
    ),
    write(
        "export-data",
        |_| json!({ "type": "messages", "start": "2026-03-01", "end": "2026-03-07", "wait": 2 }),
    ),
    read("list-events", |_| json!({ "limit": 5 })),
    read(
        "list-events",
        |_| json!({ "conversation_id": CONVERSATION }),
    ),
    read("get-event", |_| json!({ "event_id": EVENT })),
    write(
        "sync-inbound-message",
        |unique| json!({ "channel": APPLICATION, "sender": { "handle": "bidder-7" }, "body": unique, "external_id": unique, "external_conversation_id": "market-1" }),
    ),
    write(
        "sync-outbound-message",
        |unique| json!({ "channel": APPLICATION, "to": [{ "handle": "bidder-7" }], "body": unique, "external_id": unique, "external_conversation_id": "market-1" }),
    ),
    write(
        "mark-message-failed",
        |unique| json!({ "channel": APPLICATION, "external_conversation_id": "market-1", "external_id": unique }),
    ),
    write(
        "create-call",
        |unique| json!({ "channel": APPLICATION, "call_id": unique, "direction": "inbound", "party": { "handle": "+441514960177" }, "status": "ringing" }),
    ),
    write(
        "update-call",
        |unique| json!({ "channel": APPLICATION, "call_id": unique, "status": "hangup" }),
    ),
    write(
        "add-call-summary",
        |unique| json!({ "channel": APPLICATION, "call_id": unique, "summary": "About a saddle" }),
    ),
    write(
        "add-call-transcript",
        |unique| json!({ "channel": APPLICATION, "call_id": unique, "lines": [{ "speaker": "Jo", "at": 0, "text": "Hello" }] }),
    ),
    write(
        "add-call-recording",
        |unique| json!({ "channel": APPLICATION, "call_id": unique, "file": { "name": "call.mp3", "content_type": "audio/mpeg", "content_base64": "SUQz" } }),
    ),
    write(
        "sync-message-template",
        |unique| json!({ "channel": APPLICATION, "external_id": unique, "name": "Shipped", "blurb": "Your order", "preview": "Your order is on its way" }),
    ),
    write(
        "set-channel-status",
        |_| json!({ "channel": APPLICATION, "status": "ok" }),
    ),
    read(
        "list-drafts",
        |_| json!({ "conversation_id": landmarks::DRAFTED_CONVERSATION }),
    ),
    read("list-channels", |_| json!({})),
    read("list-teams", |_| json!({})),
    read("list-inboxes", |_| json!({})),
    read("list-teammates", |_| json!({})),
    read("list-tags", |_| json!({})),
    write(
        "create-draft",
        |unique| json!({ "conversation_id": CONVERSATION, "body": unique }),
    ),
    needing(
        Needs::Draft,
        write(
            "update-draft",
            |draft| json!({ "draft_id": draft, "body": "Other words." }),
        ),
    ),
    needing(
        Needs::Draft,
        write("delete-draft", |draft| json!({ "draft_id": draft })),
    ),
    read(
        "send-message",
        |unique| json!({ "conversation_id": CONVERSATION, "body": unique }),
    ),
    needing(
        Needs::Sealed,
        write(
            "confirm-send",
            |envelope| json!({ "envelope_id": envelope }),
        ),
    ),
    needing(
        Needs::Unknown,
        read("check-send", |envelope| json!({ "envelope_id": envelope })),
    ),
    needing(
        Needs::Sent,
        read("check-send", |envelope| json!({ "envelope_id": envelope })),
    ),
];

static LAST: AtomicUsize = AtomicUsize::new(0);

/// Text that was not there before.
pub fn unique() -> String {
    format!("probe{}", LAST.fetch_add(1, Ordering::Relaxed))
}

/// Seals a message that was never sealed before.
pub async fn sealed(mcp: &mut Mcp) -> String {
    let body = format!("Dear customer, {}", unique());
    let result = mcp
        .call(
            "send-message",
            json!({ "conversation_id": landmarks::SMS_CONVERSATION, "body": body }),
        )
        .await;
    let report = verdict::good("send-message", &result);
    assert_eq!(report["state"], "sealed", "{result}");
    report["envelope_id"].as_str().unwrap().to_owned()
}

/// Leaves a draft.
pub async fn drafted(mcp: &mut Mcp) -> String {
    let arguments = json!({ "conversation_id": CONVERSATION, "body": unique() });
    let result = mcp.call("create-draft", arguments).await;
    let report = verdict::good("create-draft", &result);
    report["draft_id"].as_str().unwrap().to_owned()
}

impl Probe {
    /// The arguments around a text of the test's choice.
    pub fn plain(&self, text: &str) -> Value {
        (self.arguments)(text)
    }

    /// The arguments, with Front well and whatever they refer to in place.
    pub async fn prepare(&self, front: &Front, mcp: &mut Mcp) -> Value {
        if matches!(self.needs, Needs::Nothing) {
            return (self.arguments)(&unique());
        }
        if matches!(self.needs, Needs::Draft) {
            return (self.arguments)(&drafted(mcp).await);
        }
        let envelope = sealed(mcp).await;
        let wanted = match self.needs {
            Needs::Sealed | Needs::Draft | Needs::Nothing => return (self.arguments)(&envelope),
            Needs::Sent => "sent",
            Needs::Unknown => {
                front
                    .fault_on(
                        "POST",
                        json!({ "kind": "status", "value": 500, "times": 1 }),
                    )
                    .await;
                "unknown"
            }
        };
        let result = mcp
            .call("confirm-send", json!({ "envelope_id": envelope }))
            .await;
        let report = verdict::good("confirm-send", &result);
        assert_eq!(report["state"], wanted, "{result}");
        (self.arguments)(&envelope)
    }
}

#[test]
fn no_tool_is_left_out() {
    let probed: Vec<_> = PROBES.iter().map(|probe| probe.tool).collect();
    for entry in &front_mcp::tools::catalog::CATALOG {
        // It answers from the operation table and never asks Front.
        if entry.spec.name == "search-api" {
            continue;
        }
        assert!(probed.contains(&entry.spec.name), "{}", entry.spec.name);
    }
}
