//! Writing what a person sends: drafts, from scratch, from templates and from articles.

use front_mcp::sandbox::landmarks::{
    DRAFTED_CONVERSATION, RETURNS_ARTICLE, SHARED_DRAFT, URGENT_CONVERSATION,
};
use serde_json::{Value, json};

use super::job::{Case, Job, case, row, texts};

pub fn cases() -> Vec<Case> {
    vec![
        case!("draft: left for a person to send", 1, left),
        case!("draft: written, and put right", 2, put_right),
        case!("draft: written, and thought better of", 2, deleted),
        case!("draft: a colleague's stays as it is", 1, not_ours),
        case!("template: find it and answer with it", 3, from_template),
        case!("template: what it still wants to know", 1, missing),
        case!("template: a new one for next time", 1, new_template),
        case!("knowledge: answer from an article", 4, from_article),
        case!("knowledge: an article in another language", 2, in_german),
        case!("knowledge: note down what customers ask", 1, new_article),
    ]
}

async fn drafts(job: &mut Job, conversation: &str) -> Value {
    let path = format!("/conversations/{conversation}/drafts");
    job.at_front(&path).await["_results"].clone()
}

async fn left(job: &mut Job) {
    job.call(
        "create-draft",
        json!({ "conversation_id": URGENT_CONVERSATION, "body": "We look into it." }),
    )
    .await;
    let drafts = drafts(job, URGENT_CONVERSATION).await;
    row(&drafts, "body", "We look into it.");
    assert!(job.front.outbox().await.is_empty());
}

async fn put_right(job: &mut Job) {
    let left = job
        .call(
            "create-draft",
            json!({ "conversation_id": URGENT_CONVERSATION, "body": "We look into it." }),
        )
        .await;
    job.call(
        "update-draft",
        json!({ "draft_id": left["draft_id"], "body": "The van is at your door." }),
    )
    .await;
    let drafts = drafts(job, URGENT_CONVERSATION).await;
    assert_eq!(texts(&drafts, "id").len(), 1, "{drafts}");
    row(&drafts, "body", "at your door");
}

async fn deleted(job: &mut Job) {
    let left = job
        .call(
            "create-draft",
            json!({ "conversation_id": URGENT_CONVERSATION, "body": "Perhaps." }),
        )
        .await;
    job.call("delete-draft", json!({ "draft_id": left["draft_id"] }))
        .await;
    assert_eq!(drafts(job, URGENT_CONVERSATION).await, json!([]));
}

/// The operator's policy names the operation here; without a version nothing is overwritten even so.
async fn not_ours(job: &mut Job) {
    let before = drafts(job, DRAFTED_CONVERSATION).await;
    job.refused(
        "update-draft",
        json!({ "draft_id": SHARED_DRAFT, "body": "Mine now." }),
        "invalid_argument",
    )
    .await;
    assert_eq!(drafts(job, DRAFTED_CONVERSATION).await, before);
}

async fn from_template(job: &mut Job) {
    let found = job
        .call("search-templates", json!({ "query": "where is my order" }))
        .await;
    let template = found["templates"][0]["template_id"].clone();
    let filled = job
        .call(
            "render-template",
            json!({
                "template": template, "conversation_id": URGENT_CONVERSATION, "teammate": "marin",
                "variables": { "tracking_number": "HB-2291-K" },
            }),
        )
        .await;
    assert!(filled.get("missing").is_none(), "{filled}");
    job.call(
        "create-draft",
        json!({ "conversation_id": URGENT_CONVERSATION, "body": filled["body"], "author": "marin" }),
    )
    .await;
    row(&drafts(job, URGENT_CONVERSATION).await, "body", "HB-2291-K");
}

async fn missing(job: &mut Job) {
    let filled = job
        .call(
            "render-template",
            json!({ "template": "Where is my order", "conversation_id": URGENT_CONVERSATION, "teammate": "marin" }),
        )
        .await;
    assert_eq!(filled["missing"], json!(["tracking_number"]));
    job.nothing_changed().await;
}

async fn new_template(job: &mut Job) {
    let made = job
        .call(
            "create-template",
            json!({ "name": "Depot release", "body": "Dear {{recipient.first_name}}, it is released." }),
        )
        .await;
    let id = made["template_id"].as_str().unwrap();
    let at_front = job.at_front(&format!("/message_templates/{id}")).await;
    assert_eq!(at_front["name"], "Depot release");
}

async fn from_article(job: &mut Job) {
    let found = job
        .call(
            "search-articles",
            json!({ "query": "how long do I have to send something back", "locale": "en", "limit": 3 }),
        )
        .await;
    let id = row(&found["articles"], "article_id", RETURNS_ARTICLE)["article_id"].clone();
    let article = job.call("get-article", json!({ "article_id": id })).await;
    assert!(
        article["body"].as_str().unwrap().contains("30 days"),
        "{article}"
    );
    let sealed = job
        .call(
            "send-message",
            json!({ "conversation_id": URGENT_CONVERSATION, "body": "You have 30 days to send it back." }),
        )
        .await;
    let letter = job.confirm(&sealed).await;
    assert!(letter["body"].as_str().unwrap().contains("30 days"));
}

async fn in_german(job: &mut Job) {
    let found = job
        .call(
            "search-articles",
            json!({ "query": "Rückgabe", "locale": "de", "limit": 3 }),
        )
        .await;
    let id = found["articles"][0]["article_id"].clone();
    let article = job
        .call("get-article", json!({ "article_id": id, "locale": "de" }))
        .await;
    assert!(
        article["body"].as_str().unwrap().contains("30 Tage"),
        "{article}"
    );
}

async fn new_article(job: &mut Job) {
    let made = job
        .call(
            "draft-article",
            json!({
                "knowledge_base": "Care team handbook", "author": "marin",
                "title": "Event wheelsets", "body": "The depot releases them, nobody else.",
            }),
        )
        .await;
    let id = made["article_id"].as_str().unwrap();
    let at_front = job
        .at_front(&format!("/knowledge_base_articles/{id}/content"))
        .await;
    assert_eq!(at_front["status"], "draft", "{at_front}");
}
