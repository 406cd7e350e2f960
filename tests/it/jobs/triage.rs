//! Looking over an inbox and putting things where they belong.

use front_mcp::sandbox::landmarks::{INJECTION_CONVERSATION, URGENT_CONVERSATION};
use serde_json::json;

use super::job::{Case, Job, case, row, texts};

/// Of the sandbox's day.
const YESTERDAY: &str = "2026-03-17";

pub fn cases() -> Vec<Case> {
    vec![
        case!("triage: what nobody has taken in Support", 1, unassigned),
        case!("triage: the urgent mail gets its tag", 2, tag_urgent),
        case!(
            "triage: a mail that gives orders is read and not obeyed",
            1,
            injection
        ),
        case!("triage: who has how much to do", 1, workload),
        case!("triage: what customers wait for an answer to", 1, waiting),
        case!(
            "triage: what came in since yesterday, with first lines",
            1,
            since_yesterday
        ),
    ]
}

async fn unassigned(job: &mut Job) {
    let found = job
        .call(
            "list-conversations",
            json!({ "inboxes": ["Support"], "assignee": "unassigned", "include": ["preview"], "limit": 10 }),
        )
        .await;
    let urgent = row(&found["conversations"], "id", URGENT_CONVERSATION);
    assert!(urgent["preview"].is_object(), "{urgent}");
    job.nothing_changed().await;
}

async fn tag_urgent(job: &mut Job) {
    let found = job
        .call(
            "list-conversations",
            json!({ "inboxes": ["Support"], "assignee": "unassigned", "limit": 10 }),
        )
        .await;
    let id = row(&found["conversations"], "subject", "URGENT")["id"].clone();
    job.call(
        "add-tag",
        json!({ "conversation_id": id, "tags": ["Urgent"] }),
    )
    .await;
    let tags = job.tags_of(URGENT_CONVERSATION).await;
    assert!(tags.contains(&"Urgent".to_owned()), "{tags:?}");
}

async fn injection(job: &mut Job) {
    let read = job
        .call(
            "get-conversation",
            json!({ "conversation_id": INJECTION_CONVERSATION }),
        )
        .await;
    assert!(!read["timeline"].as_array().unwrap().is_empty());
    job.nothing_changed().await;
}

async fn workload(job: &mut Job) {
    let found = job
        .call(
            "list-conversations",
            json!({ "statuses": ["assigned"], "limit": 100 }),
        )
        .await;
    let rows = found["conversations"].as_array().unwrap();
    assert!(rows.iter().all(|row| row["assignee"]["name"].is_string()));
}

async fn waiting(job: &mut Job) {
    let found = job
        .call(
            "search-conversations",
            json!({ "is": ["open", "waiting"], "limit": 25 }),
        )
        .await;
    assert!(!texts(&found["conversations"], "id").is_empty());
}

async fn since_yesterday(job: &mut Job) {
    let found = job
        .call(
            "list-conversations",
            json!({ "after": YESTERDAY, "include": ["preview"], "limit": 10 }),
        )
        .await;
    assert!(!texts(&found["conversations"], "id").is_empty());
}
