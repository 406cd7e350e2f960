//! Drafts: left for a person, changed and deleted where they are the caller's own, and nobody
//! else's touched.

mod attacks;
mod everyday;
mod limits;

use std::path::Path;

use front_mcp::sandbox::landmarks::URGENT_CONVERSATION;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{
    front::Front,
    mcp::{self, Era, Mcp},
    verdict,
};

async fn serving(front: &Front, arguments: &[&str]) -> Mcp {
    Mcp::serving(front, Era::PerRequest, arguments).await
}

/// A server whose memory lies in a folder.
async fn in_folder(front: &Front, arguments: &[&str], folder: &Path) -> Mcp {
    let mut command = mcp::server(&front.base(), arguments);
    command.env("FRONT_MCP_STATE_DIR", folder);
    Mcp::start(command, Era::Handshake).await
}

/// Leaves a draft of a reply and gives its report.
async fn leave(mcp: &mut Mcp, more: Value) -> Value {
    let mut arguments = json!({ "conversation_id": URGENT_CONVERSATION, "body": "First words." });
    for (name, value) in more.as_object().unwrap() {
        arguments[name] = value.clone();
    }
    if !more["channel_id"].is_null() {
        arguments.as_object_mut().unwrap().remove("conversation_id");
    }
    let result = mcp.call("create-draft", arguments).await;
    let report = verdict::good("create-draft", &result).clone();
    let said = verdict::text(&result);
    assert!(said.starts_with("Nothing was sent"), "{said}");
    report
}

async fn draft(mcp: &mut Mcp) -> String {
    let report = leave(mcp, json!({})).await;
    report["draft_id"].as_str().unwrap().to_owned()
}

async fn update(mcp: &mut Mcp, draft: &str, more: Value) -> Value {
    let mut arguments = json!({ "draft_id": draft });
    for (name, value) in more.as_object().unwrap() {
        arguments[name] = value.clone();
    }
    mcp.call("update-draft", arguments).await
}

/// A draft as Front has it.
async fn at_front(front: &Front, draft: &str) -> Value {
    front
        .ask(Method::GET, &format!("/messages/{draft}"), None)
        .await
}

/// Who it goes to in a role.
fn people(draft: &Value, role: &str) -> Vec<String> {
    let all = draft["recipients"].as_array().unwrap().iter();
    all.filter(|one| one["role"] == role)
        .map(|one| one["handle"].as_str().unwrap().to_owned())
        .collect()
}

async fn comments(front: &Front) -> Vec<String> {
    let path = format!("/conversations/{URGENT_CONVERSATION}/comments");
    let list = front.ask(Method::GET, &path, None).await;
    let all = list["_results"].as_array().unwrap().iter();
    all.map(|one| one["body"].as_str().unwrap().to_owned())
        .collect()
}

/// A colleague edits it in Front.
async fn edit_elsewhere(front: &Front, draft: &str, body: &str) {
    let change = json!({ "body": body, "channel_id": "cha_1sup" });
    front
        .ask(Method::PATCH, &format!("/drafts/{draft}/"), Some(change))
        .await;
}

/// Requests of the program's that change or delete drafts.
async fn changes(front: &Front) -> usize {
    let requests = front.requests().await;
    let is_change = |one: &&String| one.starts_with("PATCH /drafts") || one.starts_with("DELETE ");
    requests.iter().filter(is_change).count()
}
