//! Changing conversations on the sandbox: what is there afterwards, what was asked of Front, and
//! what an error says.

mod bulk;
mod bulk_meanwhile;
mod comments;
mod snoozing;
mod updating;

use front_mcp::sandbox::landmarks;
use reqwest::Method;
use serde_json::Value;

use crate::support::{
    front::Front,
    mcp::{Era, Mcp},
};

const CONVERSATION: &str = landmarks::URGENT_CONVERSATION;

async fn serving(front: &Front) -> Mcp {
    Mcp::serving(front, Era::PerRequest, &["--send=off"]).await
}

/// A conversation as Front has it.
async fn conversation(front: &Front, id: &str) -> Value {
    let path = format!("/conversations/{id}");
    front.ask(Method::GET, &path, None).await
}

/// What was written since so many requests.
async fn written(front: &Front, since: usize) -> Vec<String> {
    let requests = front.requests().await.into_iter().skip(since);
    requests.filter(|one| !one.starts_with("GET ")).collect()
}
