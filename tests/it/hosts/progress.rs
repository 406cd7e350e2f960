//! Progress of calls that take their time.

use front_mcp::sandbox::landmarks::URGENT_CONVERSATION;
use serde_json::{Value, json};

use super::serving;
use crate::support::{
    front::Front,
    mcp::{Era, Mcp},
};

/// A request with a progress token.
async fn post(mcp: &mut Mcp, method: &str, params: Value, token: &Value) -> i64 {
    let mut message = mcp.envelope(method, params);
    message["params"]["_meta"]["progressToken"] = token.clone();
    mcp.send(&message).await;
    message["id"].as_i64().unwrap()
}

/// What was told before the answer, and none behind it.
async fn told(mcp: &mut Mcp, id: i64, token: &Value) -> (Value, Vec<f64>) {
    let answer = mcp.answer(id).await;
    let before = mcp.unasked();
    tokio::time::sleep(std::time::Duration::from_millis(1300)).await;
    assert_eq!(mcp.unasked(), Vec::<Value>::new(), "told behind the answer");
    let positions: Vec<f64> = before
        .iter()
        .map(|one| {
            assert_eq!(one["method"], "notifications/progress", "{one}");
            assert_eq!(one["params"]["progressToken"], *token);
            assert!(one["params"]["message"].is_string(), "{one}");
            one["params"]["progress"].as_f64().unwrap()
        })
        .collect();
    assert!(
        positions.windows(2).all(|pair| pair[0] < pair[1]),
        "{positions:?}"
    );
    (answer, positions)
}

#[tokio::test]
async fn a_slow_call_gives_signs_of_life() {
    let front = Front::start().await;
    for era in Era::BOTH {
        let mut mcp = serving(&front, era).await;
        front
            .fault(json!({ "kind": "hang", "value": 3, "times": 1 }))
            .await;
        let token = json!("a token");
        let call = json!({ "name": "list-tags", "arguments": {} });
        let id = post(&mut mcp, "tools/call", call, &token).await;
        let (answer, positions) = told(&mut mcp, id, &token).await;
        assert_eq!(answer["result"]["isError"], false, "{answer}");
        assert!(positions.len() >= 2, "{positions:?}");

        front
            .fault(json!({ "kind": "hang", "value": 2, "times": 1 }))
            .await;
        let token = json!(77);
        let uri = format!("front://conversations/{URGENT_CONVERSATION}");
        let id = post(&mut mcp, "resources/read", json!({ "uri": uri }), &token).await;
        let (answer, positions) = told(&mut mcp, id, &token).await;
        assert!(
            answer["result"]["contents"][0]["text"].is_string(),
            "{answer}"
        );
        assert!(!positions.is_empty());
        front.heal().await;
        mcp.close().await;
    }
}

#[tokio::test]
async fn who_did_not_ask_and_who_is_quick_hears_nothing() {
    let front = Front::start().await;
    let mut mcp = serving(&front, Era::PerRequest).await;
    let token = json!("quick");
    let call = json!({ "name": "list-teams", "arguments": {} });
    let id = post(&mut mcp, "tools/call", call, &token).await;
    assert!(told(&mut mcp, id, &token).await.1.is_empty());
    front
        .fault(json!({ "kind": "hang", "value": 2, "times": 1 }))
        .await;
    mcp.call("list-inboxes", json!({})).await;
    assert_eq!(mcp.unasked(), Vec::<Value>::new());
    mcp.close().await;
}
