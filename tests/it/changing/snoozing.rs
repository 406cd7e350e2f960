//! `snooze-conversation`.

use reqwest::Method;
use serde_json::{Value, json};

use super::{CONVERSATION, conversation, serving, written};
use crate::support::{front::Front, verdict};

const TOOL: &str = "snooze-conversation";

fn on(mut arguments: Value) -> Value {
    arguments["conversation_id"] = CONVERSATION.into();
    arguments
}

#[tokio::test]
async fn it_comes_back_when_it_is_to_and_the_snooze_can_be_ended() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let result = mcp
        .call(
            TOOL,
            on(json!({ "until": "monday 14:00", "teammate": "tove" })),
        )
        .await;
    let snoozed = verdict::good(TOOL, &result).clone();
    let local = snoozed["local"].as_str().unwrap();
    assert!(
        local.starts_with("Monday ") && local.contains(" 14:00 ("),
        "{local}"
    );
    assert!(verdict::text(&result).contains(local));
    let now = conversation(&front, CONVERSATION).await;
    assert_eq!(now["status"], "archived");
    let reminder = &now["scheduled_reminders"][0];
    let at = jiff::Timestamp::from_second(reminder["scheduled_at"].as_f64().unwrap() as i64);
    assert_eq!(snoozed["snoozed_until"], at.unwrap().to_string());
    let since = front.requests().await.len();
    let again = on(json!({ "until": snoozed["snoozed_until"] }));
    let again = mcp.call(TOOL, again).await;
    verdict::good(TOOL, &again);
    assert!(verdict::text(&again).contains("Already snoozed"));
    assert!(written(&front, since).await.is_empty());
    // Nobody need be named: whose snooze it is, Front says.
    let ended = mcp.call(TOOL, on(json!({ "cancel": true }))).await;
    let ended = verdict::good(TOOL, &ended);
    assert_eq!(ended["was_snoozed_until"], snoozed["snoozed_until"]);
    assert_eq!(ended["teammate_id"], snoozed["teammate_id"]);
    let now = conversation(&front, CONVERSATION).await;
    assert_eq!(now["scheduled_reminders"], json!([]));
    let since = front.requests().await.len();
    let again = mcp.call(TOOL, on(json!({ "cancel": true }))).await;
    verdict::good(TOOL, &again);
    assert!(verdict::text(&again).contains("Not snoozed"));
    assert!(written(&front, since).await.is_empty());
    mcp.close().await;
}

#[tokio::test]
async fn times_that_are_past_or_unclear_are_refused_with_what_time_it_is() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let path = format!("/conversations/{CONVERSATION}");
    let nobodys = json!({ "assignee_id": null });
    front.ask(Method::PATCH, &path, Some(nobodys)).await;
    let since = front.requests().await.len();
    for (arguments, field, says) in [
        (
            json!({ "until": "2020-01-01" }),
            "until",
            "is in the past: Wednesday 2020-01-01 09:00 (",
        ),
        (json!({ "until": "2020-01-01" }), "until", "now is "),
        (json!({ "until": "whenever" }), "until", "`monday 14:00`"),
        (json!({ "until": "2099-01-01" }), "until", "50 years"),
        (json!({}), "until", "`cancel: true`"),
        (
            json!({ "until": "2d", "cancel": true }),
            "until",
            "cannot be combined",
        ),
        (
            json!({ "until": "2d" }),
            "teammate",
            "nobody has this conversation",
        ),
    ] {
        let result = mcp.call(TOOL, on(arguments)).await;
        let text = verdict::refuses(TOOL, field, &result);
        assert!(text.contains(says), "{text}");
    }
    assert!(written(&front, since).await.is_empty());
    mcp.close().await;
}
