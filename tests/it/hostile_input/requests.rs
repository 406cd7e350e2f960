//! Messages that are well written and ask for what there is not.

use serde_json::json;

use crate::support::{
    front::Front,
    mcp::{ALL, Era, Mcp},
    verdict,
};

#[tokio::test]
async fn an_unknown_tool_is_a_fault_of_protocol() {
    let front = Front::start().await;
    for era in Era::BOTH {
        let mut mcp = Mcp::serving(&front, era, &[]).await;
        for name in [
            "list-everything",
            "",
            "LIST-INBOXES",
            "list_inboxes",
            "\u{202e}x",
            "a\nb",
        ] {
            let answer = mcp
                .request("tools/call", json!({ "name": name, "arguments": {} }))
                .await;
            assert_eq!(answer["error"]["code"], -32602, "{answer}");
            let said = answer["error"]["message"].as_str().unwrap();
            assert!(said.contains("`list-inboxes`"), "{answer}");
        }
        let answer = mcp.request("tools/call", json!({ "arguments": {} })).await;
        assert!(answer["error"]["code"].is_i64(), "{answer}");
        let answer = mcp.request("tools/everything", json!({})).await;
        assert_eq!(answer["error"]["code"], -32601, "{answer}");
        mcp.still_serves().await;
        mcp.close().await;
    }
    assert!(front.requests().await.is_empty());
}

#[tokio::test]
async fn an_unknown_argument_is_named() {
    let front = Front::start().await;
    let mut mcp = Mcp::serving(&front, Era::PerRequest, &ALL).await;
    for entry in &front_mcp::tools::catalog::CATALOG {
        let tool = entry.spec.name;
        let result = mcp.call(tool, json!({ "qurey": "x" })).await;
        let text = verdict::refuses(tool, "qurey", &result);
        if entry.schemas().input["properties"].get("query").is_some() {
            assert!(text.contains("perhaps `query` is meant"), "{text}");
        }
    }
    mcp.close().await;
    assert!(front.requests().await.is_empty());
}

#[tokio::test]
async fn arguments_that_are_no_object() {
    let front = Front::start().await;
    let mut mcp = Mcp::serving(&front, Era::Handshake, &[]).await;
    for arguments in [json!([]), json!("{}"), json!(5), json!(true)] {
        let answer = mcp
            .request(
                "tools/call",
                json!({ "name": "list-inboxes", "arguments": arguments }),
            )
            .await;
        assert_eq!(answer["error"]["code"], -32602, "{arguments}: {answer}");
        let said = answer["error"]["message"].as_str().unwrap();
        assert!(said.contains("`params.arguments`"), "{answer}");
    }
    // None at all is as good as none in braces.
    let answer = mcp
        .request("tools/call", json!({ "name": "list-inboxes" }))
        .await;
    verdict::good("list-inboxes", &answer["result"]);
    mcp.close().await;
}
