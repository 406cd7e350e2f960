//! Lines that are no messages.

use serde_json::{Value, json};

use crate::support::{
    front::Front,
    mcp::{Era, Mcp, server},
    scripted::{self, Scripted},
};

/// Writes bytes, expects an error with this id (or silence), and that the server still serves.
async fn refused(bytes: &[u8], id: Option<Value>, code: i64) {
    let front = Scripted::start(|_| scripted::json(200, "{}")).await;
    let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(120)]).into_owned();
    for era in Era::BOTH {
        let mut mcp = Mcp::start(server(&front.base(), &["--send=confirm"]), era).await;
        mcp.send_bytes(bytes).await;
        mcp.send_bytes(b"\n").await;
        if let Some(id) = &id {
            let answer = mcp.answer(id.clone()).await;
            assert_eq!(answer["error"]["code"], code, "{shown}: {answer}");
            let said = answer["error"]["message"].as_str().unwrap();
            assert!(!said.is_empty() && said.len() < 500, "{shown}: {said}");
        }
        mcp.still_serves().await;
        assert_eq!(mcp.unasked(), Vec::<Value>::new(), "{shown}");
        let log = mcp.close().await;
        assert!(log.contains("no MCP message"), "{shown}: {log}");
    }
    // Nothing in such a line was carried out.
    assert_eq!(front.connections(), 0, "{shown}");
}

/// A tool call that would reach Front if it were carried out.
fn call(id: Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "method": "tools/call", "params": { "name": "list-inboxes", "arguments": {} } })
}

const PARSE_ERROR: i64 = -32700;
const INVALID_REQUEST: i64 = -32600;
const INVALID_PARAMS: i64 = -32602;

#[tokio::test]
async fn invalid_utf8() {
    let mut line = call(json!(900)).to_string().into_bytes();
    let at = line.len() - 20;
    line[at] = 0xff;
    refused(&line, Some(json!(900)), PARSE_ERROR).await;
    refused(b"\xff\xfe\x00\xc3\x28", None, 0).await;
}

#[tokio::test]
async fn no_json() {
    refused(b"hello", None, 0).await;
    refused(b"Content-Length: 52\r", None, 0).await;
    refused(b"}{", None, 0).await;
    let cut = br#"{"jsonrpc":"2.0","id":"seven","method":"tools/call","params":{"name":"#;
    refused(cut, Some(json!("seven")), PARSE_ERROR).await;
}

#[tokio::test]
async fn a_line_of_twenty_megabytes() {
    let mut long = call(json!(901));
    long["params"]["arguments"]["query"] = json!("x".repeat(20 * 1024 * 1024));
    refused(
        long.to_string().as_bytes(),
        Some(json!(901)),
        INVALID_REQUEST,
    )
    .await;
}

/// Some clients write the id behind the parameters.
#[tokio::test]
async fn a_line_of_twenty_megabytes_with_its_id_at_the_end() {
    let padding = "\\\"{[x".repeat(4 * 1024 * 1024);
    let line = format!(
        r#"{{"method":"tools/call","params":{{"name":"list-tags","id":3,"arguments":{{"query":"{padding}"}}}},"jsonrpc":"2.0","id":902}}"#
    );
    assert!(line.len() > 20 * 1024 * 1024);
    refused(line.as_bytes(), Some(json!(902)), INVALID_REQUEST).await;
}

#[tokio::test]
async fn batches() {
    let batch = json!([call(json!(903)), call(json!(904))]);
    refused(
        batch.to_string().as_bytes(),
        Some(json!(903)),
        INVALID_REQUEST,
    )
    .await;
    refused(b"[]", None, 0).await;
}

#[tokio::test]
async fn a_key_that_stands_twice() {
    for line in [
        r#"{"jsonrpc":"2.0","id":905,"method":"tools/call","params":{"name":"add-tag","arguments":{"conversation_id":"cnv_1urgent","tags":["tag_1urgent"],"tags":["tag_1vip"]}}}"#,
        r#"{"jsonrpc":"2.0","id":905,"method":"tools/call","params":{"name":"list-tags","name":"list-inboxes","arguments":{}}}"#,
        r#"{"jsonrpc":"2.0","id":905,"method":"tools/list","method":"tools/call","params":{"name":"list-inboxes","arguments":{}}}"#,
        r#"{"jsonrpc":"2.0","id":905,"method":"tools/call","params":{"name":"create-contact","arguments":{"handles":[{"source":"email","handle":"a@b.example","h\u0061ndle":"c@d.example"}]}}}"#,
    ] {
        refused(line.as_bytes(), Some(json!(905)), INVALID_REQUEST).await;
    }
}

#[tokio::test]
async fn a_depth_bomb() {
    let depth = 100_000;
    let bomb = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let line = format!(
        r#"{{"jsonrpc":"2.0","id":906,"method":"tools/call","params":{{"name":"raw-api-request","arguments":{{"method":"POST","path":"/tags","body":{{"name":{bomb}}}}}}}}}"#
    );
    refused(line.as_bytes(), Some(json!(906)), PARSE_ERROR).await;
}

#[tokio::test]
async fn no_request() {
    for line in [r#"{"jsonrpc":"2.0","id":907,"method":5}"#] {
        refused(line.as_bytes(), Some(json!(907)), INVALID_REQUEST).await;
    }
    for line in [
        r#"{"jsonrpc":"2.0","id":907,"method":"tools/call","params":"list-inboxes"}"#,
        r#"{"jsonrpc":"2.0","id":907,"method":"tools/call","params":{"name":["list-inboxes"],"arguments":{}}}"#,
        r#"{"jsonrpc":"2.0","id":908,"method":"tools/call","params":{"name":"list-inboxes","arguments":"{}"}}"#,
        r#"{"jsonrpc":"2.0","id":908,"method":"tools/call"}"#,
    ] {
        let line = line.replace("907", "908");
        refused(line.as_bytes(), Some(json!(908)), INVALID_PARAMS).await;
    }
}

/// Faulty lines between calls whose answers are on their way at the same moment.
#[tokio::test]
async fn no_answer_is_lost_among_others() {
    let front = Front::start().await;
    let mut mcp = Mcp::serving(&front, Era::Handshake, &[]).await;
    let mut bytes = String::new();
    for id in 1000..1300 {
        let line = match id % 3 {
            0 => format!(r#"{{"jsonrpc":"2.0","id":{id},"method":"tools/list"}}"#),
            1 => format!(r#"{{"jsonrpc":"2.0","id":{id},"id":{id},"method":"tools/list"}}"#),
            _ => format!(
                r#"{{"jsonrpc":"2.0","id":{id},"method":"tools/call","params":{{"name":"none"}}}}"#
            ),
        };
        bytes.push_str(&line);
        bytes.push('\n');
    }
    mcp.send_bytes(bytes.as_bytes()).await;
    for id in 1000..1300_usize {
        let answer = mcp.answer(id as i64).await;
        let code = answer["error"]["code"].as_i64();
        assert_eq!(
            code,
            [None, Some(INVALID_REQUEST), Some(INVALID_PARAMS)][id % 3],
            "{answer}"
        );
    }
    assert_eq!(mcp.unasked(), Vec::<Value>::new());
    mcp.close().await;
}
