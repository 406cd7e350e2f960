//! What hosts offer their users beside tools: prompts, resources, completions, and calls that tell
//! how far they are and can be cancelled. In both eras of the protocol.

mod cancellation;
mod completions;
mod progress;
mod prompts;
mod resources;

use serde_json::{Value, json};

use crate::support::{
    front::Front,
    mcp::{Era, Mcp},
};

/// A server in the send mode in which nothing needs a person.
async fn serving(front: &Front, era: Era) -> Mcp {
    Mcp::serving(front, era, &["--send=confirm"]).await
}

/// A result; a protocol error fails the test.
async fn asked(mcp: &mut Mcp, method: &str, params: Value) -> Value {
    let answer = mcp.request(method, params).await;
    assert!(answer["error"].is_null(), "{method}: {answer}");
    answer["result"].clone()
}

/// A protocol error's code and message.
async fn refused(mcp: &mut Mcp, method: &str, params: Value) -> (i64, String) {
    let answer = mcp.request(method, params).await;
    let error = &answer["error"];
    let code = error["code"].as_i64();
    let message = error["message"].as_str();
    (
        code.unwrap_or_else(|| panic!("{method}: {answer}")),
        message.unwrap().to_owned(),
    )
}

/// A configuration file that shows one inbox alone.
fn one_inbox(name: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.toml"));
    std::fs::write(&path, "[policy]\nallow_inboxes = [\"inb_1sup\"]\n").unwrap();
    path.to_str().unwrap().to_owned()
}

/// What one may keep belongs to one user.
fn is_private(result: &Value) {
    assert_eq!(result["cacheScope"], "private", "{result}");
    assert!(result["ttlMs"].as_u64().is_some(), "{result}");
}

#[tokio::test]
async fn what_is_declared_is_there_and_no_more() {
    let front = Front::start().await;
    let mut mcp = serving(&front, Era::PerRequest).await;
    let discovered = asked(&mut mcp, "server/discover", json!({})).await;
    let declared = json!({ "completions": {}, "prompts": {}, "resources": {}, "tools": {} });
    assert_eq!(discovered["capabilities"], declared);
    mcp.close().await;
    let mut mcp = serving(&front, Era::Handshake).await;
    let hello = json!({ "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": { "name": "x", "version": "1" } });
    let greeted = asked(&mut mcp, "initialize", hello).await;
    assert_eq!(greeted["capabilities"], declared);
    mcp.close().await;
}

#[tokio::test]
async fn lists_have_one_page_and_belong_to_one_user() {
    let front = Front::start().await;
    for era in Era::BOTH {
        let mut mcp = serving(&front, era).await;
        for list in [
            "tools/list",
            "prompts/list",
            "resources/list",
            "resources/templates/list",
        ] {
            is_private(&asked(&mut mcp, list, json!({})).await);
            let (code, _) = refused(&mut mcp, list, json!({ "cursor": "x" })).await;
            assert_eq!(code, -32602, "{list}");
        }
        mcp.close().await;
    }
    assert!(front.requests().await.is_empty());
}

#[tokio::test]
async fn requests_of_the_wrong_shape_are_told_what_is_wrong() {
    let front = Front::start().await;
    let mut mcp = serving(&front, Era::Handshake).await;
    let argument = json!({ "name": "inbox", "value": "" });
    for (method, params, said) in [
        ("prompts/get", json!({}), "params.name"),
        (
            "prompts/get",
            json!({ "name": "daily-digest", "arguments": [] }),
            "params.arguments",
        ),
        ("resources/read", json!({ "uri": 5 }), "params.uri"),
        (
            "completion/complete",
            json!({ "argument": argument }),
            "params.ref",
        ),
        (
            "completion/complete",
            json!({ "ref": { "type": "ref/tool", "name": "x" }, "argument": argument }),
            "params.ref",
        ),
        (
            "completion/complete",
            json!({ "ref": { "type": "ref/prompt", "name": "daily-digest" } }),
            "params.argument",
        ),
    ] {
        let (code, message) = refused(&mut mcp, method, params).await;
        assert_eq!(code, -32602, "{method}: {message}");
        assert!(message.contains(said), "{method}: {message}");
    }
    mcp.close().await;
}
