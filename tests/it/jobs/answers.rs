//! Answering customers: nothing leaves before it was confirmed.

use front_mcp::sandbox::landmarks::{
    DRAFTED_CONVERSATION, SMS_CONVERSATION, SUPPORT_CHANNEL, URGENT_CONVERSATION,
};
use serde_json::json;

use super::job::{Case, Job, case, row, texts};

pub fn cases() -> Vec<Case> {
    vec![
        case!("answer: read, reply, confirm", 3, reply),
        case!("answer: a text message", 2, text_message),
        case!("answer: write to a new customer", 2, new_message),
        case!(
            "answer: reply in a colleague's name and tag it",
            2,
            in_a_name
        ),
        case!("answer: prepared and thought better of", 1, left_sealed),
        case!("answer: confirmed twice, sent once", 3, twice),
        case!("answer: what somebody has drafted already", 1, drafted),
        case!("answer: in Front's words, what became of it", 3, delivered),
    ]
}

async fn reply(job: &mut Job) {
    let read = job
        .call(
            "get-conversation",
            json!({ "conversation_id": URGENT_CONVERSATION }),
        )
        .await;
    assert!(
        read["timeline"][0]["body"]
            .as_str()
            .unwrap()
            .contains("Town Hall")
    );
    let sealed = job
        .call(
            "send-message",
            json!({ "conversation_id": URGENT_CONVERSATION, "body": "Yes: the wheels are there by **06:30**." }),
        )
        .await;
    let letter = job.confirm(&sealed).await;
    assert_eq!(letter["conversation_id"], URGENT_CONVERSATION);
    assert!(
        letter["body"]
            .as_str()
            .unwrap()
            .contains("<strong>06:30</strong>")
    );
}

async fn text_message(job: &mut Job) {
    let sealed = job
        .call(
            "send-message",
            json!({ "conversation_id": SMS_CONVERSATION, "body": "The driver is ten minutes away." }),
        )
        .await;
    let letter = job.confirm(&sealed).await;
    assert_eq!(letter["conversation_id"], SMS_CONVERSATION);
}

async fn new_message(job: &mut Job) {
    let sealed = job
        .call(
            "send-message",
            json!({
                "channel_id": "support@larkspur-cycles.example", "to": ["rae@inkwell.example"],
                "subject": "Your saddle", "body": "It is ready to be collected.",
            }),
        )
        .await;
    let letter = job.confirm(&sealed).await;
    assert_eq!(letter["channel_id"], SUPPORT_CHANNEL);
}

async fn in_a_name(job: &mut Job) {
    let sealed = job
        .call(
            "send-message",
            json!({
                "conversation_id": URGENT_CONVERSATION, "body": "I am on my way.",
                "author": "tove", "tags": ["Urgent"],
            }),
        )
        .await;
    job.confirm(&sealed).await;
    let tags = job.tags_of(URGENT_CONVERSATION).await;
    assert!(tags.contains(&"Urgent".to_owned()), "{tags:?}");
}

async fn left_sealed(job: &mut Job) {
    let sealed = job
        .call(
            "send-message",
            json!({ "conversation_id": URGENT_CONVERSATION, "body": "Perhaps." }),
        )
        .await;
    assert_eq!(sealed["state"], "sealed");
    assert!(job.front.outbox().await.is_empty());
    job.nothing_changed().await;
}

async fn twice(job: &mut Job) {
    let sealed = job
        .call(
            "send-message",
            json!({ "conversation_id": URGENT_CONVERSATION, "body": "Once." }),
        )
        .await;
    job.confirm(&sealed).await;
    let envelope = json!({ "envelope_id": sealed["envelope_id"] });
    let again = job.call("confirm-send", envelope).await;
    assert_eq!(again["state"], "sent");
    assert_eq!(job.front.outbox().await.len(), 1);
}

async fn drafted(job: &mut Job) {
    let found = job
        .call(
            "list-drafts",
            json!({ "conversation_id": DRAFTED_CONVERSATION }),
        )
        .await;
    assert_eq!(texts(&found["drafts"], "id").len(), 2, "{found}");
    row(&found["drafts"], "kind", "draft");
}

async fn delivered(job: &mut Job) {
    let sealed = job
        .call(
            "send-message",
            json!({ "conversation_id": URGENT_CONVERSATION, "body": "On its way." }),
        )
        .await;
    job.confirm(&sealed).await;
    let envelope = json!({ "envelope_id": sealed["envelope_id"] });
    let known = job.call("check-send", envelope).await;
    assert_eq!(known["state"], "sent", "{known}");
}
