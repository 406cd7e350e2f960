//! The protocol's side: calls that are issued anew, states that went through other hands, and
//! settings that a request brings along.

use front_mcp::gate::mode::SendMode;
use serde_json::{Value, json};

use crate::support::{
    mailbox::{Fate, Mailbox, Moment},
    mcp::{Era, Mcp, server},
    verdict,
};

const CALL: &str = "tools/call";
const CLIENT: &str = "io.modelcontextprotocol/clientInfo";

async fn serving(front: &Mailbox, mode: SendMode, era: Era) -> Mcp {
    let flag = format!("--send={mode}");
    Mcp::start(server(&front.base(), &[&flag]), era).await
}

fn message() -> Value {
    json!({ "conversation_id": "cnv_1", "body": "It is on its way." })
}

#[tokio::test]
async fn a_lost_call_that_is_issued_anew_sends_once() {
    for era in Era::BOTH {
        let front = Mailbox::start().await;
        let mut mcp = serving(&front, SendMode::Confirm, era).await;
        let mut envelopes = std::collections::BTreeSet::new();
        for _ in 0..5 {
            let result = mcp.call("send-message", message()).await;
            envelopes.insert(verdict::good("send-message", &result)["envelope_id"].to_string());
        }
        assert_eq!(envelopes.len(), 1, "{envelopes:?}");
        let id: Value = serde_json::from_str(envelopes.first().unwrap()).unwrap();
        front.decide(|| Fate::Held(Moment::Answer));
        let mut calls = Vec::new();
        for _ in 0..5 {
            calls.push(
                mcp.post_call("confirm-send", json!({ "envelope_id": id }))
                    .await,
            );
        }
        front.has_seen(1).await;
        front.go_on().await;
        for call in calls {
            let result = mcp.result(call).await;
            let report = verdict::good("confirm-send", &result);
            assert!(
                report["state"] == "sent" || report["state"] == "sending",
                "{report}"
            );
        }
        assert_eq!(front.posts().len(), 1);
        mcp.close().await;
    }
}

#[tokio::test]
async fn a_request_cannot_loosen_the_operators_settings() {
    let front = Mailbox::start().await;
    let mut mcp = serving(&front, SendMode::Approve, Era::PerRequest).await;
    let sealed = mcp.call("send-message", message()).await;
    let id = verdict::good("send-message", &sealed)["envelope_id"].clone();
    let params = json!({ "name": "confirm-send", "arguments": { "envelope_id": id } });
    for key in [
        "send",
        "front-mcp/send",
        "FRONT_MCP_SEND",
        "mode",
        "read_only",
    ] {
        let mut request = mcp.envelope(CALL, params.clone());
        request["params"]["_meta"][key] = json!("confirm");
        mcp.send(&request).await;
        let answer = mcp.answer(request["id"].clone()).await;
        let meta = verdict::bad("confirm-send", &answer["result"]);
        assert_eq!(meta["code"], "approval_pending", "{key}: {answer}");
    }
    assert!(front.posts().is_empty());
    mcp.close().await;
}

#[tokio::test]
async fn the_question_of_one_client_is_not_answered_by_another() {
    let front = Mailbox::start().await;
    let mut mcp = serving(&front, SendMode::Approve, Era::PerRequest).await;
    let asking = json!({ "elicitation": {} });
    let params = json!({ "name": "send-message", "arguments": message() });
    let mut request = mcp.envelope(CALL, params);
    request["params"]["_meta"]["io.modelcontextprotocol/clientCapabilities"] = asking;
    mcp.send(&request).await;
    let asked = mcp.answer(request["id"].clone()).await;
    let question = &asked["result"]["inputRequests"]["approval"]["params"]["message"];
    let line = question.as_str().unwrap().lines().next().unwrap();
    let word = line.rsplit(' ').next().unwrap().to_owned();
    request["params"]["requestState"] = asked["result"]["requestState"].clone();
    request["params"]["inputResponses"] =
        json!({ "approval": { "action": "accept", "content": { "word": word } } });
    let mut foreign = request.clone();
    foreign["id"] = json!(1_001);
    foreign["params"]["_meta"][CLIENT]["name"] = json!("somebody else");
    mcp.send(&foreign).await;
    let answer = mcp.answer(1_001).await;
    assert_eq!(answer["error"]["code"], -32602, "{answer}");
    assert!(front.posts().is_empty());
    // The very same answer from the client that was asked.
    request["id"] = json!(1_002);
    mcp.send(&request).await;
    let answer = mcp.answer(1_002).await;
    assert_eq!(
        answer["result"]["structuredContent"]["state"], "sent",
        "{answer}"
    );
    assert_eq!(front.posts().len(), 1);
    mcp.close().await;
}
