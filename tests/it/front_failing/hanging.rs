//! Front takes a request and never answers: every call ends, by the request's limit or its own.

use serde_json::json;

use super::{check, probes::PROBES};
use crate::support::{
    front::Front,
    mcp::{ALL, Era, Mcp},
    verdict,
};

/// All probes at once, so that they wait at the same time.
async fn every_tool_waits(limits: [&str; 2], era: Era) {
    let front = Front::start().await;
    let mut mcp = Mcp::serving(&front, era, &[&ALL[..], &limits].concat()).await;
    let mut prepared = Vec::new();
    for probe in PROBES {
        prepared.push((probe, probe.prepare(&front, &mut mcp).await));
    }
    let hang = json!({ "kind": "hang", "value": 60 });
    front.fault(hang.clone()).await;
    let mut posted = Vec::new();
    for (probe, arguments) in prepared {
        posted.push((probe, mcp.post_call(probe.tool, arguments).await));
    }
    let mut failed = 0;
    for (probe, id) in posted {
        let result = mcp.result(id).await;
        failed += usize::from(!check(probe, &hang, &result));
    }
    assert!(failed > PROBES.len() / 2, "nothing hung");
    front.heal().await;
    let next = mcp.call("list-inboxes", json!({})).await;
    verdict::good("list-inboxes", &next);
    mcp.close().await;
}

#[tokio::test]
async fn requests_end() {
    every_tool_waits(
        ["--request-timeout=2s", "--tool-timeout=20s"],
        Era::PerRequest,
    )
    .await;
}

#[tokio::test]
async fn calls_end_before_their_requests() {
    every_tool_waits(
        ["--request-timeout=1m", "--tool-timeout=2s"],
        Era::Handshake,
    )
    .await;
}
