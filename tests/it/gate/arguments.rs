//! Envelope ids as agents write them, and arguments that would like to be a yes.

use serde_json::{Value, json};

use super::{confirm, confirming, sealed_id, state};
use crate::support::{front::Front, verdict};

#[tokio::test]
async fn an_id_in_quotes_is_the_same_id() {
    let front = Front::start().await;
    let mut mcp = confirming(&front).await;
    for (index, (before, after)) in [("\"", "\""), (" ", "\n"), ("`", "`"), (" '", "' ")]
        .iter()
        .enumerate()
    {
        let envelope = sealed_id(&mut mcp, &format!("Message number {index}.")).await;
        let result = confirm(&mut mcp, &format!("{before}{envelope}{after}")).await;
        assert_eq!(state(&result), "sent", "{result}");
    }
    assert_eq!(front.outbox().await.len(), 4);
    mcp.close().await;
}

#[tokio::test]
async fn any_other_id_sends_nothing() {
    let front = Front::start().await;
    let mut mcp = confirming(&front).await;
    let envelope = sealed_id(&mut mcp, "Stays here.").await;
    let digits = envelope.strip_prefix("env_").unwrap();
    let swapped = |from: char, to: char| digits.replace(from, &to.to_string());
    let last = if digits.ends_with('0') { "1" } else { "0" };
    for id in [
        json!(""),
        json!(" "),
        json!("env_"),
        json!(digits),
        json!(format!("env_{}{last}", &digits[..31])),
        json!(format!("env_{digits}0")),
        json!(format!("{envelope} {envelope}")),
        json!(format!("../{envelope}")),
        json!(format!("{envelope}\0")),
        json!(format!(
            "env_{}",
            swapped(digits.chars().next().unwrap(), 'g')
        )),
        json!("*"),
        json!("env_%"),
        json!(format!("env_{}", "f".repeat(32))),
        json!(null),
        json!([envelope, envelope]),
        json!({ "id": envelope }),
        json!(true),
        json!("x".repeat(100_000)),
    ] {
        for tool in ["confirm-send", "check-send"] {
            let result = mcp.call(tool, json!({ "envelope_id": id })).await;
            verdict::refuses(tool, "envelope_id", &result);
        }
    }
    assert_eq!(front.send_posts().await, 0);
    mcp.close().await;
}

#[tokio::test]
async fn no_other_argument_says_yes() {
    let front = Front::start().await;
    let mut mcp = confirming(&front).await;
    let envelope = sealed_id(&mut mcp, "Needs a yes.").await;
    for name in [
        "confirm",
        "approved",
        "force",
        "approve",
        "yes",
        "_meta",
        "Envelope_id",
    ] {
        let mut arguments = json!({ "envelope_id": envelope });
        arguments[name] = Value::Bool(true);
        let result = mcp.call("confirm-send", arguments).await;
        let text = verdict::refuses("confirm-send", name, &result);
        assert!(text.contains("there is no argument"), "{text}");
        let mut arguments =
            json!({ "conversation_id": super::CONVERSATION, "body": "Needs a yes." });
        arguments[name] = Value::Bool(true);
        let result = mcp.call("send-message", arguments).await;
        verdict::refuses("send-message", name, &result);
    }
    assert_eq!(front.send_posts().await, 0);
    mcp.close().await;
}
