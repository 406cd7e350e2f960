//! Confirm mode: sealed, confirmed, sent once.

use serde_json::json;

use super::{CONVERSATION, check, confirm, confirming, seal, sealed_id, state};
use crate::support::{front::Front, verdict};

#[tokio::test]
async fn a_sealed_message_leaves_when_it_is_confirmed() {
    let front = Front::start().await;
    let mut mcp = confirming(&front).await;
    let sealed = seal(&mut mcp, "It is on its way.").await;
    assert!(front.outbox().await.is_empty());
    let result = confirm(&mut mcp, sealed["envelope_id"].as_str().unwrap()).await;
    assert_eq!(state(&result), "sent");
    let sent = verdict::good("confirm-send", &result);
    assert_eq!(sent["digest"], sealed["digest"]);
    assert!(sent["message_uid"].is_string());
    let outbox = front.outbox().await;
    assert_eq!(outbox.len(), 1);
    assert!(outbox[0].to_string().contains("It is on its way."));
    mcp.close().await;
}

#[tokio::test]
async fn twenty_confirmations_at_once_send_once() {
    let front = Front::start().await;
    let mut mcp = confirming(&front).await;
    let envelope = sealed_id(&mut mcp, "Only once.").await;
    let mut ids = Vec::new();
    for _ in 0..20 {
        let arguments = json!({ "envelope_id": envelope });
        ids.push(mcp.post_call("confirm-send", arguments).await);
    }
    for id in ids {
        let result = mcp.result(id).await;
        let state = state(&result);
        assert!(["sent", "sending"].contains(&state), "{result}");
    }
    assert_eq!(front.send_posts().await, 1);
    assert_eq!(front.outbox().await.len(), 1);
    // And later ones answer what became of it.
    for _ in 0..3 {
        assert_eq!(state(&confirm(&mut mcp, &envelope).await), "sent");
        assert_eq!(state(&check(&mut mcp, &envelope).await), "sent");
    }
    assert_eq!(front.send_posts().await, 1);
    mcp.close().await;
}

/// One of two confirmations looks at the conversation only after the other's message is in it.
#[tokio::test]
async fn a_slower_confirmation_answers_what_became_of_the_first() {
    let front = Front::start().await;
    let mut mcp = confirming(&front).await;
    let envelope = sealed_id(&mut mcp, "Overtaken.").await;
    let before = front.requests().await.len();
    front
        .fault_on("GET", json!({ "kind": "hang", "value": 1.5, "times": 1 }))
        .await;
    let arguments = json!({ "envelope_id": envelope });
    let slower = mcp.post_call("confirm-send", arguments).await;
    while front.requests().await.len() == before {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert_eq!(state(&confirm(&mut mcp, &envelope).await), "sent");
    let result = mcp.result(slower).await;
    assert_eq!(state(&result), "sent", "{result}");
    assert_eq!(front.send_posts().await, 1);
    mcp.close().await;
}

#[tokio::test]
async fn the_same_message_is_one_envelope() {
    let front = Front::start().await;
    let mut mcp = confirming(&front).await;
    let first = sealed_id(&mut mcp, "Lost call, repeated.").await;
    assert_eq!(sealed_id(&mut mcp, "Lost call, repeated.").await, first);
    let mut posted = Vec::new();
    for _ in 0..8 {
        let arguments = json!({ "conversation_id": CONVERSATION, "body": "All of these at once." });
        posted.push(mcp.post_call("send-message", arguments).await);
    }
    let mut envelopes = std::collections::HashSet::new();
    for id in posted {
        let result = mcp.result(id).await;
        envelopes.insert(verdict::good("send-message", &result)["envelope_id"].to_string());
    }
    assert_eq!(envelopes.len(), 1, "{envelopes:?}");

    assert_eq!(state(&confirm(&mut mcp, &first).await), "sent");
    let again = mcp
        .call(
            "send-message",
            json!({ "conversation_id": CONVERSATION, "body": "Lost call, repeated." }),
        )
        .await;
    let meta = verdict::bad("send-message", &again);
    assert_eq!(meta["code"], "repetition", "{again}");
    assert_eq!(front.outbox().await.len(), 1);
    mcp.close().await;
}

#[tokio::test]
async fn what_was_confirmed_is_what_leaves() {
    let front = Front::start().await;
    let mut mcp = confirming(&front).await;
    let shown = sealed_id(&mut mcp, "The honest text.").await;
    let other = sealed_id(&mut mcp, "The other text.").await;
    assert_ne!(shown, other);
    // Nothing that comes along with the id changes the message.
    let result = mcp
        .call(
            "confirm-send",
            json!({ "envelope_id": shown, "body": "The other text." }),
        )
        .await;
    assert_eq!(verdict::bad("confirm-send", &result)["field"], "body");
    assert!(front.outbox().await.is_empty());
    assert_eq!(state(&confirm(&mut mcp, &shown).await), "sent");
    let outbox = front.outbox().await;
    assert_eq!(outbox.len(), 1);
    assert!(outbox[0].to_string().contains("The honest text."));
    // The other was sealed for a conversation without that answer.
    let result = confirm(&mut mcp, &other).await;
    assert_eq!(verdict::bad("confirm-send", &result)["code"], "conflict");
    assert_eq!(front.outbox().await.len(), 1);
    mcp.close().await;
}

#[tokio::test]
async fn another_client_cannot_release_it() {
    let front = Front::start().await;
    let mut one = confirming(&front).await;
    let mut other = confirming(&front).await;
    let envelope = sealed_id(&mut one, "Mine.").await;
    for tool in ["confirm-send", "check-send"] {
        let result = other.call(tool, json!({ "envelope_id": envelope })).await;
        let meta = verdict::bad(tool, &result);
        assert_eq!(
            (&meta["code"], &meta["field"]),
            (&json!("not_found"), &json!("envelope_id"))
        );
    }
    assert_eq!(front.send_posts().await, 0);
    one.close().await;
    other.close().await;
}
