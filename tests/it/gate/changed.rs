//! The conversation moves on between sealing and release.

use serde_json::json;

use super::{CONVERSATION, confirm, confirming, sealed_id, state};
use crate::support::{front::Front, verdict};

#[tokio::test]
async fn a_newer_message_stops_it() {
    let front = Front::start().await;
    let mut mcp = confirming(&front).await;
    let stale = sealed_id(&mut mcp, "Answer to the old mail.").await;
    let path = format!("/conversations/{CONVERSATION}/messages");
    front
        .ask(
            reqwest::Method::POST,
            &path,
            Some(json!({ "body": "A colleague was faster." })),
        )
        .await;
    let before = front.send_posts().await;
    let result = confirm(&mut mcp, &stale).await;
    let meta = verdict::bad("confirm-send", &result);
    assert_eq!(meta["code"], "conflict", "{result}");
    assert!(
        verdict::text(&result).contains("nothing was sent"),
        "{result}"
    );
    assert_eq!(front.send_posts().await, before);
    mcp.close().await;
}

#[tokio::test]
async fn front_failing_before_the_post_sends_nothing() {
    let front = Front::start().await;
    let mut mcp = confirming(&front).await;
    let envelope = sealed_id(&mut mcp, "Checked first.").await;
    front
        .fault_on("GET", json!({ "kind": "status", "value": 500 }))
        .await;
    let result = confirm(&mut mcp, &envelope).await;
    verdict::bad("confirm-send", &result);
    assert!(
        verdict::text(&result).contains("nothing was sent"),
        "{result}"
    );
    assert_eq!(front.send_posts().await, 0);
    front.heal().await;
    assert_eq!(state(&confirm(&mut mcp, &envelope).await), "sent");
    assert_eq!(front.outbox().await.len(), 1);
    mcp.close().await;
}
