//! Reading what is there, of every kind.

use front_mcp::sandbox::landmarks::{
    ARABIC_CONVERSATION, CHAT_CONVERSATION, DISCUSSION, DRAFTED_CONVERSATION,
    NEWSLETTER_CONVERSATION, SNOOZED_CONVERSATION, TRASHED_CONVERSATION,
};
use serde_json::{Value, json};

use super::job::{Case, Job, case, texts};

pub fn cases() -> Vec<Case> {
    vec![
        case!("read: a newsletter without its trackers", 1, newsletter),
        case!("read: a mail in Arabic", 1, arabic),
        case!("read: a chat", 1, chat),
        case!("read: an internal discussion", 1, discussion),
        case!("read: what colleagues said among themselves", 1, comments),
        case!("read: what is snoozed", 1, snoozed),
        case!("read: what lies in the trash", 1, trash),
        case!("read: what the French inbox has open", 1, french),
    ]
}

async fn whole(job: &mut Job, conversation: &str) -> Value {
    let read = job
        .call(
            "get-conversation",
            json!({ "conversation_id": conversation }),
        )
        .await;
    assert_eq!(read["conversation"]["id"], conversation);
    job.nothing_changed().await;
    read
}

async fn newsletter(job: &mut Job) {
    let read = whole(job, NEWSLETTER_CONVERSATION).await;
    let body = read["timeline"][0]["body"].as_str().unwrap();
    assert!(!body.contains("!["), "{body}");
}

async fn arabic(job: &mut Job) {
    let read = whole(job, ARABIC_CONVERSATION).await;
    let body = read["timeline"][0]["body"].as_str().unwrap();
    assert!(
        body.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c)),
        "{body}"
    );
}

async fn chat(job: &mut Job) {
    let read = whole(job, CHAT_CONVERSATION).await;
    assert!(read["timeline"].as_array().unwrap().len() > 1);
}

async fn discussion(job: &mut Job) {
    let read = whole(job, DISCUSSION).await;
    let kinds = texts(&read["timeline"], "kind");
    assert!(kinds.iter().all(|kind| kind == "comment"), "{kinds:?}");
}

async fn comments(job: &mut Job) {
    let read = job
        .call(
            "get-conversation",
            json!({ "conversation_id": DRAFTED_CONVERSATION, "include": ["comments"] }),
        )
        .await;
    let kinds = texts(&read["timeline"], "kind");
    assert!(
        !kinds.is_empty() && kinds.iter().all(|kind| kind == "comment"),
        "{kinds:?}"
    );
}

async fn found(job: &mut Job, arguments: Value, wanted: &str) {
    let found = job.call("search-conversations", arguments).await;
    let ids = texts(&found["conversations"], "id");
    assert!(ids.contains(&wanted.to_owned()), "{ids:?}");
}

async fn snoozed(job: &mut Job) {
    found(job, json!({ "is": ["snoozed"] }), SNOOZED_CONVERSATION).await;
}

async fn trash(job: &mut Job) {
    found(job, json!({ "is": ["trashed"] }), TRASHED_CONVERSATION).await;
}

async fn french(job: &mut Job) {
    let found = job
        .call(
            "list-conversations",
            json!({ "inboxes": ["service client (fr)"], "statuses": ["open"] }),
        )
        .await;
    let statuses = texts(&found["conversations"], "status");
    let are_open = statuses
        .iter()
        .all(|status| matches!(status.as_str(), "assigned" | "unassigned"));
    assert!(!statuses.is_empty() && are_open, "{statuses:?}");
}
