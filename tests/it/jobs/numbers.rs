//! What happened, in numbers and one by one; and what an application of one's own puts in.

use front_mcp::sandbox::landmarks::{APPLICATION_CHANNEL, URGENT_CONVERSATION};
use serde_json::json;

use super::job::{Case, Job, case, row};

pub fn cases() -> Vec<Case> {
    vec![
        case!("numbers: last week beside the week before", 1, weekly),
        case!("numbers: the messages of a week as a file", 1, export),
        case!(
            "events: what happened in a conversation",
            1,
            of_conversation
        ),
        case!(
            "events: what came in to Support since yesterday",
            1,
            of_inbox
        ),
        case!("application: a call with its summary", 2, call),
    ]
}

async fn weekly(job: &mut Job) {
    let report = job
        .call(
            "run-report",
            json!({
                "start": "2026-03-09", "end": "2026-03-15", "compare": true,
                "metrics": ["num_messages_received", "avg_first_response_time"],
                "filters": { "inboxes": ["Support"] },
            }),
        )
        .await;
    assert_eq!(report["status"], "done");
    let received = row(&report["metrics"], "metric", "num_messages_received");
    assert!(received["previous"].is_object(), "{report}");
}

async fn export(job: &mut Job) {
    let file = job
        .call(
            "export-data",
            json!({ "type": "messages", "start": "2026-03-09", "end": "2026-03-15" }),
        )
        .await;
    assert_eq!(file["status"], "done", "{file}");
    assert!(file["size"].as_u64().unwrap() > 0, "{file}");
}

async fn of_conversation(job: &mut Job) {
    let happened = job
        .call(
            "list-events",
            json!({ "conversation_id": URGENT_CONVERSATION }),
        )
        .await;
    assert_eq!(
        happened["events"].as_array().unwrap().len(),
        3,
        "{happened}"
    );
}

async fn of_inbox(job: &mut Job) {
    let happened = job
        .call(
            "list-events",
            json!({ "inboxes": ["Support"], "types": ["inbound"], "since": "2026-03-17", "by": "conversation" }),
        )
        .await;
    let all = happened["conversations"].as_array().unwrap();
    let is_urgent = |one: &&serde_json::Value| one["conversation"]["id"] == URGENT_CONVERSATION;
    assert!(all.iter().any(|one| is_urgent(&one)), "{happened}");
}

async fn call(job: &mut Job) {
    job.call(
        "create-call",
        json!({
            "channel": APPLICATION_CHANNEL, "call_id": "call-1", "direction": "inbound",
            "party": { "handle": "+447700900112", "name": "Beatrix Dunmore" }, "status": "ringing",
        }),
    )
    .await;
    job.call(
        "add-call-summary",
        json!({ "channel": APPLICATION_CHANNEL, "call_id": "call-1", "summary": "She asked where the van is." }),
    )
    .await;
    let kept = job.at_front("/_sandbox/application").await;
    assert!(kept.to_string().contains("where the van is"), "{kept}");
}
