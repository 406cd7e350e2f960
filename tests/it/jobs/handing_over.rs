//! Passing work to whoever should have it, now or later.

use front_mcp::sandbox::landmarks::{SMS_CONVERSATION, SNOOZED_CONVERSATION, URGENT_CONVERSATION};
use serde_json::json;

use super::job::{Case, Job, case, row, texts};

pub fn cases() -> Vec<Case> {
    vec![
        case!("hand over: a conversation to a colleague", 1, assign),
        case!(
            "hand over: assign, move and archive in one go",
            1,
            all_at_once
        ),
        case!("hand over: what the order was, in a custom field", 1, field),
        case!(
            "hand over: with a note that mentions the colleague",
            2,
            with_a_note
        ),
        case!(
            "hand over: all that somebody has, to who is there",
            3,
            everything
        ),
        case!("later: come back on Monday morning", 1, snooze),
        case!("later: no, now", 2, wake),
        case!("later: what was handed over is back where it was", 2, back),
    ]
}

async fn assignee(job: &mut Job, conversation: &str) -> String {
    let read = job
        .at_front(&format!("/conversations/{conversation}"))
        .await;
    read["assignee"]["username"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

async fn assign(job: &mut Job) {
    job.call(
        "update-conversation",
        json!({ "conversation_id": URGENT_CONVERSATION, "assignee": "Tove Lindqvist" }),
    )
    .await;
    assert_eq!(assignee(job, URGENT_CONVERSATION).await, "tove");
}

async fn all_at_once(job: &mut Job) {
    job.call(
        "update-conversation",
        json!({
            "conversation_id": URGENT_CONVERSATION, "assignee": "yuki",
            "inbox": "Workshop", "status": "archived",
        }),
    )
    .await;
    let path = format!("/conversations/{URGENT_CONVERSATION}");
    assert_eq!(job.at_front(&path).await["status"], "archived");
    let inboxes = job.at_front(&format!("{path}/inboxes")).await;
    assert_eq!(texts(&inboxes["_results"], "name"), ["Workshop"]);
    assert_eq!(assignee(job, URGENT_CONVERSATION).await, "yuki");
}

async fn field(job: &mut Job) {
    let path = format!("/conversations/{SMS_CONVERSATION}");
    let before = job.at_front(&path).await["custom_fields"].clone();
    job.call(
        "update-conversation",
        json!({ "conversation_id": SMS_CONVERSATION, "custom_fields": { "Root cause": "Carrier" } }),
    )
    .await;
    let mut wanted = before;
    wanted["Root cause"] = json!("Carrier");
    assert_eq!(job.at_front(&path).await["custom_fields"], wanted);
}

async fn with_a_note(job: &mut Job) {
    job.call(
        "update-conversation",
        json!({ "conversation_id": URGENT_CONVERSATION, "assignee": "desmond" }),
    )
    .await;
    job.call(
        "add-comment",
        json!({
            "conversation_id": URGENT_CONVERSATION, "mentions": ["desmond"],
            "body": "The carrier's reference is HB-2291-K.",
        }),
    )
    .await;
    let path = format!("/conversations/{URGENT_CONVERSATION}/comments");
    let comments = job.at_front(&path).await;
    let said = row(&comments["_results"], "body", "HB-2291-K");
    assert!(
        said["body"].as_str().unwrap().contains("@desmond"),
        "{said}"
    );
}

async fn everything(job: &mut Job) {
    let there = job
        .call(
            "get-availability",
            json!({ "teammates": ["priya", "tove"], "at": "2026-03-18T10:00:00Z" }),
        )
        .await;
    let tove = row(&there["teammates"], "name", "Tove");
    assert_eq!(tove["available"], true, "{there}");
    let planned = job
        .call(
            "bulk-update",
            json!({ "change": "assign", "to": "tove", "search": { "assignee": "priya", "is": ["open"] } }),
        )
        .await;
    let wanted = planned["dry_run"]["would_change"].as_array().unwrap().len();
    assert!(wanted > 0, "{planned}");
    job.nothing_changed().await;
    let made = job
        .call("bulk-update", json!({ "handle": planned["handle"] }))
        .await;
    assert_eq!(made["progress"]["done"], wanted, "{made}");
    for one in planned["dry_run"]["would_change"].as_array().unwrap() {
        let id = one["conversation_id"].as_str().unwrap();
        assert_eq!(assignee(job, id).await, "tove");
    }
}

async fn snooze(job: &mut Job) {
    let until = job
        .call(
            "snooze-conversation",
            json!({ "conversation_id": SMS_CONVERSATION, "until": "monday 09:00" }),
        )
        .await;
    assert!(
        until["local"].as_str().unwrap().starts_with("Monday"),
        "{until}"
    );
    let path = format!("/conversations/{SMS_CONVERSATION}");
    let reminders = job.at_front(&path).await["scheduled_reminders"].clone();
    assert_eq!(reminders.as_array().unwrap().len(), 1, "{reminders}");
}

async fn wake(job: &mut Job) {
    let found = job
        .call("search-conversations", json!({ "is": ["snoozed"] }))
        .await;
    let id = row(&found["conversations"], "id", SNOOZED_CONVERSATION)["id"].clone();
    job.call(
        "snooze-conversation",
        json!({ "conversation_id": id, "cancel": true }),
    )
    .await;
    let path = format!("/conversations/{SNOOZED_CONVERSATION}");
    let reminders = job.at_front(&path).await["scheduled_reminders"].clone();
    assert!(reminders.as_array().unwrap().is_empty(), "{reminders}");
}

async fn back(job: &mut Job) {
    let was = assignee(job, SMS_CONVERSATION).await;
    let changed = job
        .call(
            "update-conversation",
            json!({ "conversation_id": SMS_CONVERSATION, "assignee": "tove" }),
        )
        .await;
    let before = changed["assignee"]["before"]["id"].clone();
    job.call(
        "update-conversation",
        json!({ "conversation_id": SMS_CONVERSATION, "assignee": before }),
    )
    .await;
    assert_eq!(assignee(job, SMS_CONVERSATION).await, was);
}
