//! Whatever Front answers to the one post: what is known is recorded, what is not is unknown,
//! and nothing is posted twice.

use front_mcp::{app::App, gate::mode::SendMode, host::Host};
use serde_json::{Value, json};

use super::{CONVERSATION, check, confirm, sealed_id, state};
use crate::support::{
    front::Front,
    in_process::{self, call, caller, config, envelope},
    mcp::{Era, Mcp},
    verdict,
};

async fn confirming(front: &Front) -> Mcp {
    let arguments = ["--send=confirm", "--request-timeout=2s"];
    Mcp::serving(front, Era::PerRequest, &arguments).await
}

/// Confirms under each fault of the post; the state it ends in, and whether it left.
async fn confirmed_under(faults: Vec<Value>, wanted: &str, sent: usize) {
    let front = Front::start().await;
    let mut mcp = confirming(&front).await;
    for (index, fault) in faults.into_iter().enumerate() {
        let (posts, left) = (front.send_posts().await, front.outbox().await.len());
        let body = format!("Whatever comes of number {index}.");
        let envelope = sealed_id(&mut mcp, &body).await;
        front.fault_on("POST", fault.clone()).await;
        let result = confirm(&mut mcp, &envelope).await;
        assert_eq!(state(&result), wanted, "{fault}: {result}");
        assert_eq!(front.outbox().await.len(), left + sent, "{fault}");
        front.heal().await;
        // Front is well again: a second release answers the outcome and posts nothing.
        let result = confirm(&mut mcp, &envelope).await;
        assert_eq!(state(&result), wanted, "{fault}: {result}");
        let result = check(&mut mcp, &envelope).await;
        let found = if sent == 1 { "sent" } else { wanted };
        assert_eq!(state(&result), found, "{fault}: {result}");
        if wanted == "unknown" {
            let arguments = json!({ "conversation_id": CONVERSATION, "body": body });
            let result = mcp.call("send-message", arguments).await;
            let code = &verdict::bad("send-message", &result)["code"];
            assert_eq!(code, "repetition", "{fault}: {result}");
        }
        assert_eq!(front.send_posts().await, posts + 1, "{fault}");
        assert_eq!(front.outbox().await.len(), left + sent, "{fault}");
    }
    mcp.close().await;
}

#[tokio::test]
async fn what_nobody_can_know_is_unknown() {
    let faults = vec![
        json!({ "kind": "status", "value": 500 }),
        json!({ "kind": "status", "value": 502 }),
        json!({ "kind": "status", "value": 503 }),
        json!({ "kind": "reset" }),
        json!({ "kind": "hang", "value": 60 }),
        json!({ "kind": "html" }),
        json!({ "kind": "empty" }),
        json!({ "kind": "garbage" }),
        json!({ "kind": "huge" }),
        json!({ "kind": "wrong_types" }),
    ];
    confirmed_under(faults, "unknown", 0).await;
}

#[tokio::test]
async fn one_that_left_unseen_is_found_by_reading() {
    let faults = vec![
        json!({ "kind": "reset_after" }),
        json!({ "kind": "truncated" }),
    ];
    confirmed_under(faults, "unknown", 1).await;
}

#[tokio::test]
async fn what_front_refused_has_failed() {
    let faults = vec![
        json!({ "kind": "status", "value": 400 }),
        json!({ "kind": "status", "value": 401 }),
        json!({ "kind": "status", "value": 403 }),
        json!({ "kind": "status", "value": 404 }),
        json!({ "kind": "status", "value": 301 }),
        json!({ "kind": "redirect", "value": "http://127.0.0.1:9/conversations/cnv_2" }),
    ];
    confirmed_under(faults, "failed", 0).await;
}

#[tokio::test]
async fn what_the_rate_limit_turned_away_may_be_released_again() {
    let limit = json!({ "kind": "status", "value": 429, "retry_after": 1 });
    let front = Front::start().await;
    let mut mcp = confirming(&front).await;
    let envelope = sealed_id(&mut mcp, "After the limit.").await;
    front.fault_on("POST", limit).await;
    assert_eq!(state(&confirm(&mut mcp, &envelope).await), "approved");
    assert_eq!(front.send_posts().await, 1);
    assert_eq!(state(&check(&mut mcp, &envelope).await), "approved");
    front.heal().await;
    assert_eq!(state(&confirm(&mut mcp, &envelope).await), "sent");
    assert_eq!(state(&confirm(&mut mcp, &envelope).await), "sent");
    assert_eq!(front.send_posts().await, 2);
    assert_eq!(front.outbox().await.len(), 1);
    mcp.close().await;
}

#[tokio::test]
async fn a_call_that_ends_first_does_not_stop_the_post() {
    let front = Front::start().await;
    let limits = [
        "--send=confirm",
        "--tool-timeout=3s",
        "--request-timeout=20s",
    ];
    let mut mcp = Mcp::serving(&front, Era::Handshake, &limits).await;
    let envelope = sealed_id(&mut mcp, "Slow but sure.").await;
    front
        .fault_on("POST", json!({ "kind": "hang", "value": 6, "times": 1 }))
        .await;
    let result = confirm(&mut mcp, &envelope).await;
    let meta = verdict::bad("confirm-send", &result);
    assert_eq!(
        (&meta["code"], &meta["retry_safe"]),
        (&json!("deadline"), &json!(true))
    );
    assert!(
        meta["next"].as_str().unwrap().contains("check-send"),
        "{result}"
    );
    // Asked while it is under way, and until it has come through.
    let mut last = state(&check(&mut mcp, &envelope).await).to_owned();
    assert_eq!(last, "sending");
    for _ in 0..100 {
        if last != "sending" {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        last = state(&check(&mut mcp, &envelope).await).to_owned();
    }
    assert_eq!(last, "sent");
    assert_eq!(state(&confirm(&mut mcp, &envelope).await), "sent");
    assert_eq!(front.send_posts().await, 1);
    mcp.close().await;
}

#[tokio::test]
async fn a_host_that_cancels_does_not_stop_the_post() {
    for era in Era::BOTH {
        let front = Front::start().await;
        let mut mcp = Mcp::serving(&front, era, &["--send=confirm"]).await;
        let envelope = sealed_id(&mut mcp, "Cancelled too late.").await;
        front
            .fault_on("POST", json!({ "kind": "hang", "value": 1, "times": 1 }))
            .await;
        let arguments = json!({ "envelope_id": envelope });
        let id = mcp.post_call("confirm-send", arguments).await;
        while front.send_posts().await == 0 {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        mcp.send(&json!({ "jsonrpc": "2.0", "method": "notifications/cancelled", "params": { "requestId": id } }))
            .await;
        let mut last = "sending".to_owned();
        for _ in 0..400 {
            last = state(&confirm(&mut mcp, &envelope).await).to_owned();
            if last != "sending" {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(25)).await;
        }
        assert_eq!(last, "sent");
        assert_eq!(front.send_posts().await, 1);
        mcp.close().await;
    }
}

/// On a slow line it takes longer than any other request may.
#[tokio::test]
async fn a_large_file_has_as_long_as_it_needs() {
    let front = Front::start().await;
    let app = App::new(&config(&front.base(), SendMode::Confirm)).unwrap();
    let me = caller("local/ann", "desk");
    let message = json!({
        "conversation_id": CONVERSATION,
        "body": "The plans.",
        "attachments": [{ "name": "plans.txt", "content_base64": "AAAA".repeat(3_000_000) }],
    });
    let sealed = call(&app, "send-message", message, &me, &Host::silent()).await;
    let arguments = json!({ "envelope_id": envelope(&sealed).unwrap() });
    let sent = call(&app, "confirm-send", arguments, &me, &Host::silent()).await;
    assert_eq!(in_process::state(&sent), "sent", "{sent:?}");
    assert_eq!(front.outbox().await[0]["attachments"][0]["size"], 9_000_000);
}
