//! Front fails in each way it can, under each tool: the answer is a result a client can use, in
//! time, and the server goes on.

mod down;
mod endless;
mod hanging;
mod probes;
mod rate;
mod strangers;
mod writes;

use serde_json::{Value, json};

use self::probes::{PROBES, Probe};
use crate::support::{
    front::Front,
    mcp::{ALL, Era, Mcp},
    verdict,
};

/// Whatever Front does, a call ends by its own deadline; requests end earlier.
const SHORT: &[&str] = &[
    ALL[0],
    ALL[1],
    ALL[2],
    "--request-timeout=2s",
    "--tool-timeout=10s",
];

/// Every tool under one fault, in one server: the fault, then a call that must go well.
async fn every_tool_under(fault: Value, era: Era) {
    let front = Front::start().await;
    let mut mcp = Mcp::serving(&front, era, SHORT).await;
    let mut failed = 0;
    for probe in PROBES {
        let arguments = probe.prepare(&front, &mut mcp).await;
        front.fault(fault.clone()).await;
        let result = mcp.call(probe.tool, arguments).await;
        front.heal().await;
        failed += usize::from(!check(probe, &fault, &result));
        let next = mcp
            .call(
                "get-conversation",
                json!({ "conversation_id": probes::CONVERSATION }),
            )
            .await;
        verdict::good("get-conversation", &next);
    }
    mcp.close().await;
    // Only what needs no readable answer may survive these faults.
    assert!(failed > PROBES.len() / 2, "{fault} did not bite");
}

/// A read that failed may be repeated; whatever the fault left untouched is a good result.
fn check(probe: &Probe, fault: &Value, result: &Value) -> bool {
    let is_good = verdict::well_formed(probe.tool, result);
    if !is_good && probe.reads {
        let meta = &result["_meta"];
        assert_eq!(meta["retry_safe"], true, "{} {fault}: {result}", probe.tool);
    }
    let said = verdict::text(result);
    assert!(said.len() < 60_000, "{} {fault}: {said}", probe.tool);
    is_good
}

#[tokio::test]
async fn a_web_page_instead_of_json() {
    every_tool_under(json!({ "kind": "html" }), Era::Handshake).await;
}

#[tokio::test]
async fn json_that_is_cut_off() {
    every_tool_under(json!({ "kind": "truncated" }), Era::PerRequest).await;
}

#[tokio::test]
async fn fifty_megabytes() {
    every_tool_under(json!({ "kind": "huge" }), Era::Handshake).await;
}

#[tokio::test]
async fn an_internal_error() {
    every_tool_under(json!({ "kind": "status", "value": 500 }), Era::Handshake).await;
}

#[tokio::test]
async fn a_connection_that_breaks() {
    every_tool_under(json!({ "kind": "reset" }), Era::PerRequest).await;
}

#[tokio::test]
async fn a_connection_that_breaks_after_the_deed() {
    every_tool_under(json!({ "kind": "reset_after" }), Era::Handshake).await;
}

#[tokio::test]
async fn bytes_that_are_no_text() {
    every_tool_under(json!({ "kind": "garbage" }), Era::PerRequest).await;
}

#[tokio::test]
async fn no_body() {
    every_tool_under(json!({ "kind": "empty" }), Era::Handshake).await;
}

#[tokio::test]
async fn another_shape() {
    for shape in [
        json!({ "_results": 7 }),
        json!([]),
        json!("text"),
        json!(null),
        json!({ "_results": [{ "id": 5, "name": [] }, null], "_pagination": { "next": 7 } }),
        json!({ "id": "cnv_1/../../me", "_links": { "self": {} }, "_results": [{}] }),
    ] {
        every_tool_under(
            json!({ "kind": "wrong_types", "value": shape }),
            Era::PerRequest,
        )
        .await;
    }
}
