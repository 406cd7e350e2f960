//! Front cannot be reached at all.

use serde_json::json;

use super::{
    SHORT,
    probes::{PROBES, unique},
};
use crate::support::{
    front::Front,
    mcp::{Era, Mcp, server},
    verdict,
};

/// A loopback address where nobody listens.
async fn nobody() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

#[tokio::test]
async fn nobody_listens() {
    // A connection that was never made did nothing: every tool may be called again.
    for era in Era::BOTH {
        let mut mcp = Mcp::start(server(&nobody().await, SHORT), era).await;
        mcp.still_serves().await;
        for probe in PROBES {
            let arguments = match probe.tool {
                "confirm-send" | "check-send" => {
                    json!({ "envelope_id": format!("env_{}", "0".repeat(32)) })
                }
                "update-draft" | "delete-draft" => probe.plain("msg_1"),
                _ => probe.plain(&unique()),
            };
            let result = mcp.call(probe.tool, arguments).await;
            let meta = verdict::bad(probe.tool, &result);
            assert_eq!(meta["retry_safe"], true, "{result}");
            if !probe.tool.ends_with("-send") {
                assert_eq!(meta["code"], "unreachable", "{result}");
            }
        }
        mcp.close().await;
    }
}

#[tokio::test]
async fn front_goes_away_and_comes_back_for_an_envelope() {
    let front = Front::start().await;
    let mut mcp = Mcp::serving(&front, Era::PerRequest, SHORT).await;
    let envelope = super::probes::sealed(&mut mcp).await;
    drop(front);
    let result = mcp
        .call("confirm-send", json!({ "envelope_id": envelope }))
        .await;
    let meta = verdict::bad("confirm-send", &result);
    assert_eq!(meta["retry_safe"], true, "{result}");
    let result = mcp
        .call("check-send", json!({ "envelope_id": envelope }))
        .await;
    assert_eq!(verdict::good("check-send", &result)["state"], "sealed");
    mcp.close().await;
}
