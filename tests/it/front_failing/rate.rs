//! Front's rate limit: a wait that fits is waited for, one that does not is told.

use serde_json::json;

use super::probes::PROBES;
use crate::support::{
    front::Front,
    mcp::{ALL, Era, Mcp},
    verdict,
};

const LIMITS: &[&str] = &[
    ALL[0],
    ALL[1],
    ALL[2],
    "--request-timeout=2s",
    "--tool-timeout=2s",
];

#[tokio::test]
async fn a_wait_beyond_the_deadline_is_told_at_once() {
    let front = Front::start().await;
    for (index, probe) in PROBES.iter().enumerate() {
        // What one 429 taught holds for the whole server, so each probe gets its own.
        let mut mcp = Mcp::serving(&front, Era::BOTH[index % 2], LIMITS).await;
        let arguments = probe.prepare(&front, &mut mcp).await;
        let fault = json!({ "kind": "status", "value": 429, "retry_after": 300 });
        front.fault(fault).await;
        let result = mcp.call(probe.tool, arguments).await;
        front.heal().await;
        if !verdict::well_formed(probe.tool, &result) {
            let meta = &result["_meta"];
            assert_eq!(meta["code"], "rate_limited", "{result}");
            assert_eq!(meta["retry_safe"], true, "{result}");
            assert!(
                meta["retry_after_seconds"].as_u64().unwrap() > 250,
                "{result}"
            );
        }
        // Front said when to come back: until then it is not asked again.
        let before = front.requests().await.len();
        let result = mcp
            .call("raw-api-request", json!({ "method": "GET", "path": "/me" }))
            .await;
        assert_eq!(
            verdict::bad("raw-api-request", &result)["code"],
            "rate_limited"
        );
        assert_eq!(front.requests().await.len(), before);
        mcp.close().await;
    }
}

#[tokio::test]
async fn a_wait_within_the_deadline_is_waited() {
    let front = Front::start().await;
    let limits = ["--tool-timeout=20s"];
    let mut mcp = Mcp::serving(&front, Era::Handshake, &limits).await;
    front
        .fault(json!({ "kind": "status", "value": 429, "retry_after": 1, "times": 1 }))
        .await;
    let result = mcp.call("list-inboxes", json!({})).await;
    verdict::good("list-inboxes", &result);
    mcp.close().await;
}
