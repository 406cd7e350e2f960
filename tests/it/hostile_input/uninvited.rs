//! Messages before the handshake.

use serde_json::json;

use crate::support::{
    front::Front,
    mcp::{Era, Mcp, server},
    verdict,
};

/// Whatever comes first, a client that then greets is served.
async fn then_serves(mut mcp: Mcp) {
    mcp.greet().await;
    let result = mcp.call("list-inboxes", json!({})).await;
    verdict::good("list-inboxes", &result);
    mcp.close().await;
}

#[tokio::test]
async fn a_request() {
    let front = Front::start().await;
    let mut mcp = Mcp::ungreeted(server(&front.base(), &[]), Era::Handshake);
    // Neither handshake nor a version in the request: whatever this is, it is answered.
    let answer = mcp
        .request(
            "tools/call",
            json!({ "name": "list-inboxes", "arguments": {} }),
        )
        .await;
    assert!(answer["error"]["code"].is_i64(), "{answer}");
    assert!(front.requests().await.is_empty());
    then_serves(mcp).await;
}

#[tokio::test]
async fn a_notification() {
    let front = Front::start().await;
    for method in [
        "notifications/initialized",
        "notifications/cancelled",
        "notifications/of-our-own",
    ] {
        let mut mcp = Mcp::ungreeted(server(&front.base(), &[]), Era::Handshake);
        mcp.send(&json!({ "jsonrpc": "2.0", "method": method, "params": { "requestId": 1 } }))
            .await;
        then_serves(mcp).await;
    }
}

#[tokio::test]
async fn an_answer_and_noise() {
    let front = Front::start().await;
    let mut mcp = Mcp::ungreeted(server(&front.base(), &[]), Era::Handshake);
    mcp.send(&json!({ "jsonrpc": "2.0", "id": 77, "result": {} }))
        .await;
    mcp.send_bytes(b"\n\n\xff\n{}\nnull\n").await;
    then_serves(mcp).await;
}

#[tokio::test]
async fn the_handshake_twice() {
    let front = Front::start().await;
    let mut mcp = Mcp::serving(&front, Era::Handshake, &[]).await;
    let id = mcp
        .post(
            "initialize",
            json!({ "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": { "name": "again", "version": "1" } }),
        )
        .await;
    mcp.answer(id).await;
    mcp.still_serves().await;
    mcp.close().await;
}
