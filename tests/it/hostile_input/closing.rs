//! Standard input ends in the middle of something.

use front_mcp::sandbox::landmarks;
use serde_json::json;

use crate::support::{
    front::Front,
    mcp::{Era, Mcp, server},
    verdict,
};

#[tokio::test]
async fn before_anything() {
    let front = Front::start().await;
    Mcp::ungreeted(server(&front.base(), &[]), Era::Handshake)
        .close()
        .await;
}

#[tokio::test]
async fn in_the_middle_of_a_line() {
    let front = Front::start().await;
    let mut mcp = Mcp::serving(&front, Era::Handshake, &[]).await;
    let call = json!({ "jsonrpc": "2.0", "id": 9, "method": "tools/call", "params": { "name": "list-inboxes" } });
    // Whole as it looks, it may be the beginning of something longer.
    mcp.send_bytes(call.to_string().as_bytes()).await;
    mcp.close().await;
    assert!(front.requests().await.is_empty());
}

#[tokio::test]
async fn in_the_middle_of_a_call() {
    let front = Front::start().await;
    for era in Era::BOTH {
        // The call would go on for a minute: the end of the host ends it.
        let mut mcp = Mcp::serving(&front, era, &["--request-timeout=2m"]).await;
        front.fault(json!({ "kind": "hang", "value": 120 })).await;
        let before = front.requests().await.len();
        mcp.post_call("list-inboxes", json!({})).await;
        arrived(&front, "GET ", before + 1).await;
        mcp.close().await;
        front.heal().await;
    }
}

#[tokio::test]
async fn in_the_middle_of_a_send() {
    for era in Era::BOTH {
        let front = Front::start().await;
        let mut mcp = Mcp::serving(&front, era, &["--send=confirm"]).await;
        let arguments =
            json!({ "conversation_id": landmarks::URGENT_CONVERSATION, "body": "Finish this." });
        let result = mcp.call("send-message", arguments).await;
        let envelope = verdict::good("send-message", &result)["envelope_id"].clone();
        front
            .fault_on("POST", json!({ "kind": "hang", "value": 1.5 }))
            .await;
        mcp.post_call("confirm-send", json!({ "envelope_id": envelope }))
            .await;
        arrived(&front, "POST ", 1).await;
        assert!(front.outbox().await.is_empty());
        mcp.close().await;
        assert_eq!(front.outbox().await.len(), 1);
        assert_eq!(front.send_posts().await, 1);
    }
}

/// Waits until so many requests of a kind have reached Front.
async fn arrived(front: &Front, kind: &str, count: usize) {
    for _ in 0..400 {
        let requests = front.requests().await;
        if requests.iter().filter(|one| one.starts_with(kind)).count() >= count {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    panic!("nothing reached Front");
}
