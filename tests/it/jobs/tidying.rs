//! Putting an inbox in order.

use front_mcp::sandbox::landmarks::URGENT_CONVERSATION;
use serde_json::json;

use super::job::{Case, Job, case};

pub fn cases() -> Vec<Case> {
    vec![
        case!(
            "tidy: a tag that is misspelt changes nothing",
            1,
            misspelt_tag
        ),
        case!("tidy: a tag goes on and off again", 2, on_and_off),
        case!("tidy: a new customer is put down", 1, new_customer),
        case!("tidy: mail of praise goes to the archive", 2, praise_away),
        case!("tidy: every open refund gets its tag", 2, many_tagged),
        case!("tidy: what an archiving would touch", 1, only_looked_at),
    ]
}

async fn misspelt_tag(job: &mut Job) {
    let said = job
        .refused(
            "add-tag",
            json!({ "conversation_id": URGENT_CONVERSATION, "tags": ["Urgnt"] }),
            "not_found",
        )
        .await;
    assert!(said.contains("tag_1urgent"), "{said}");
    job.nothing_changed().await;
}

async fn on_and_off(job: &mut Job) {
    let arguments = json!({ "conversation_id": URGENT_CONVERSATION, "tags": ["Urgent"] });
    job.call("add-tag", arguments.clone()).await;
    job.call("remove-tag", arguments).await;
    let tags = job.tags_of(URGENT_CONVERSATION).await;
    assert!(!tags.contains(&"Urgent".to_owned()), "{tags:?}");
}

async fn new_customer(job: &mut Job) {
    let made = job
        .call(
            "create-contact",
            json!({
                "name": "Rae Inkwell",
                "handles": [{ "source": "email", "handle": "rae@inkwell.example" }],
            }),
        )
        .await;
    let id = made["contact"]["id"].as_str().unwrap();
    let at_front = job.at_front(&format!("/contacts/{id}")).await;
    assert_eq!(at_front["name"], "Rae Inkwell");
}

async fn praise_away(job: &mut Job) {
    let planned = job
        .call(
            "bulk-update",
            json!({ "change": "archive", "search": { "tags": ["Praise"], "is": ["open"] } }),
        )
        .await;
    let wanted = planned["dry_run"]["would_change"]
        .as_array()
        .unwrap()
        .clone();
    assert!(!wanted.is_empty(), "{planned}");
    job.nothing_changed().await;
    let made = job
        .call("bulk-update", json!({ "handle": planned["handle"] }))
        .await;
    assert!(made.get("handle").is_none(), "{made}");
    for one in wanted {
        let id = one["conversation_id"].as_str().unwrap();
        let at_front = job.at_front(&format!("/conversations/{id}")).await;
        assert_eq!(at_front["status"], "archived");
    }
}

async fn many_tagged(job: &mut Job) {
    let planned = job
        .call(
            "bulk-update",
            json!({ "change": "tag", "to": "Follow up", "search": { "text": "refund", "is": ["open"] } }),
        )
        .await;
    job.call("bulk-update", json!({ "handle": planned["handle"] }))
        .await;
    for one in planned["dry_run"]["would_change"].as_array().unwrap() {
        let tags = job.tags_of(one["conversation_id"].as_str().unwrap()).await;
        assert!(tags.contains(&"Follow up".to_owned()), "{tags:?}");
    }
}

async fn only_looked_at(job: &mut Job) {
    job.call(
        "bulk-update",
        json!({ "change": "archive", "search": { "assignee": "marin" } }),
    )
    .await;
    job.nothing_changed().await;
}
