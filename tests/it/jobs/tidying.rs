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
