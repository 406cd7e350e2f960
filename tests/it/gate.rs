//! The send gate through the real binary: what each mode lets happen, that an envelope leaves
//! once at most, and what becomes of it whatever Front answers.

mod approve;
mod arguments;
mod changed;
mod confirm;
mod elsewhere;
mod modes;
mod outcomes;
mod sealing;
mod tokens;

use front_mcp::sandbox::landmarks;
use serde_json::{Value, json};

use crate::support::{
    front::Front,
    mcp::{Era, Mcp},
    verdict,
};

/// The conversation that is answered in these tests.
pub const CONVERSATION: &str = landmarks::URGENT_CONVERSATION;

async fn confirming(front: &Front) -> Mcp {
    Mcp::serving(front, Era::Handshake, &["--send=confirm"]).await
}

/// Seals a reply and gives its report.
async fn seal(mcp: &mut Mcp, body: &str) -> Value {
    let arguments = json!({ "conversation_id": CONVERSATION, "body": body });
    let result = mcp.call("send-message", arguments).await;
    let report = verdict::good("send-message", &result).clone();
    assert_eq!(report["state"], "sealed", "{result}");
    assert!(verdict::text(&result).starts_with("Not sent."), "{result}");
    report
}

async fn sealed_id(mcp: &mut Mcp, body: &str) -> String {
    seal(mcp, body).await["envelope_id"]
        .as_str()
        .unwrap()
        .to_owned()
}

async fn confirm(mcp: &mut Mcp, envelope: &str) -> Value {
    mcp.call("confirm-send", json!({ "envelope_id": envelope }))
        .await
}

async fn check(mcp: &mut Mcp, envelope: &str) -> Value {
    mcp.call("check-send", json!({ "envelope_id": envelope }))
        .await
}

/// The state in the result of one of the three send tools.
fn state(result: &Value) -> &str {
    verdict::good("check-send", result)["state"]
        .as_str()
        .unwrap()
}
