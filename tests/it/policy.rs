//! The operator's policy through the real binary: what it hides, what it closes, and what
//! `front-mcp policy` says of it.

mod check;
mod examples;
mod fence;
mod limits;
mod named;
mod read_only;

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::support::{
    front::Front,
    mcp::{Era, Mcp},
};

/// A settings file of this test's own.
fn file(name: &str, text: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("policy-{name}.toml"));
    std::fs::write(&path, text).unwrap();
    path
}

/// A server under a policy, releasing by `confirm-send`.
async fn serving(front: &Front, name: &str, policy: &str) -> Mcp {
    let path = file(name, &format!("[policy]\n{policy}\n"));
    let arguments = ["--send=confirm", "--config", path.to_str().unwrap()];
    Mcp::serving(front, Era::Handshake, &arguments).await
}

async fn raw(mcp: &mut Mcp, method: &str, path: &str, more: Value) -> Value {
    let mut arguments = json!({ "method": method, "path": path });
    for (name, value) in more.as_object().into_iter().flatten() {
        arguments[name] = value.clone();
    }
    mcp.call("raw-api-request", arguments).await
}

async fn listed(mcp: &mut Mcp) -> Vec<Value> {
    let answer = mcp.request("tools/list", json!({})).await;
    answer["result"]["tools"].as_array().unwrap().clone()
}

fn names(tools: &[Value]) -> Vec<&str> {
    tools
        .iter()
        .map(|tool| tool["name"].as_str().unwrap())
        .collect()
}

/// Requests that could have changed something.
async fn writes(front: &Front) -> Vec<String> {
    let mut requests = front.requests().await;
    requests.retain(|one| !one.starts_with("GET "));
    requests
}
