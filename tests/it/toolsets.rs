//! What the operator lists of the tools, and a server that only reads, through the real binary.

use std::process::Stdio;

use front_mcp::{front::Operation, sandbox::landmarks};
use serde_json::{Value, json};

use crate::support::{
    front::Front,
    mcp::{Era, Mcp, binary, server},
    verdict,
};

async fn listed(mcp: &mut Mcp) -> Vec<String> {
    let answer = mcp.request("tools/list", json!({})).await;
    let tools = answer["result"]["tools"].as_array().unwrap();
    let name = |tool: &Value| tool["name"].as_str().unwrap().to_owned();
    tools.iter().map(name).collect()
}

/// Each way to say it: as a flag, in a variable, in the file.
async fn reading(front: &Front, way: usize) -> Mcp {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("tools-read-only.toml");
    std::fs::write(&path, "[tools]\nread_only = true\n").unwrap();
    let mut command = match way {
        0 => server(&front.base(), &["--send=confirm", "--read-only"]),
        1 => server(&front.base(), &["--send=confirm", "--read-only=yes"]),
        _ => server(&front.base(), &["--send=confirm"]),
    };
    match way {
        2 => drop(command.env("FRONT_MCP_READ_ONLY", "1")),
        3 => drop(command.env("FRONT_MCP_CONFIG", &path)),
        _ => {}
    }
    Mcp::start(command, Era::PerRequest).await
}

#[tokio::test]
async fn a_server_that_reads_lists_no_tool_that_writes_and_lets_nothing_else_leave() {
    let front = Front::start().await;
    let conversation = landmarks::URGENT_CONVERSATION;
    for way in 0..4 {
        let mut mcp = reading(&front, way).await;
        let answer = mcp.request("tools/list", json!({})).await;
        for tool in answer["result"]["tools"].as_array().unwrap() {
            assert_eq!(tool["annotations"]["readOnlyHint"], true, "{tool}");
        }
        let since = front.requests().await.len();
        let tools = listed(&mut mcp).await;
        assert!(tools.contains(&"raw-api-request".to_owned()), "{tools:?}");
        for (tool, arguments) in [
            (
                "send-message",
                json!({ "conversation_id": conversation, "body": "Hello" }),
            ),
            (
                "confirm-send",
                json!({ "envelope_id": format!("env_{}", "a".repeat(32)) }),
            ),
            (
                "add-tag",
                json!({ "conversation_id": conversation, "tags": ["Urgent"] }),
            ),
            (
                "raw-api-request",
                json!({
                    "method": "POST",
                    "path": format!("/conversations/{conversation}/comments"),
                    "body": { "body": "no" },
                }),
            ),
        ] {
            let result = mcp.call(tool, arguments).await;
            let meta = verdict::bad(tool, &result);
            assert_eq!(meta["code"], "refused", "{result}");
            let text = verdict::text(&result);
            assert!(
                text.contains("tools.read_only = true (`--read-only`)"),
                "{text}"
            );
            assert!(
                text.contains("the operator can change `--read-only`"),
                "{text}"
            );
        }
        assert_eq!(front.requests().await.len(), since);
        let read = json!({ "method": "GET", "path": "/tags" });
        verdict::good("raw-api-request", &mcp.call("raw-api-request", read).await);
        mcp.close().await;
    }
    assert!(front.outbox().await.is_empty());
}

/// Every operation by its id, with whatever it takes in its path: only reads by GET pass.
#[tokio::test]
async fn whatever_is_asked_of_a_server_that_reads_only_gets_reach_front() {
    let front = Front::start().await;
    let mut mcp = reading(&front, 0).await;
    for operation in Operation::all() {
        let params: serde_json::Map<_, _> = operation
            .parameters()
            .map(|name| (name.to_owned(), json!("x_1")))
            .collect();
        let result = mcp
            .call(
                "raw-api-request",
                json!({ "operation": operation.id, "params": params }),
            )
            .await;
        verdict::well_formed("raw-api-request", &result);
        if operation.method.name() != "GET" {
            let meta = verdict::bad("raw-api-request", &result);
            assert_eq!(meta["code"], "refused", "{}: {result}", operation.id);
        }
    }
    for request in front.requests().await {
        assert!(request.starts_with("GET "), "{request}");
    }
    mcp.close().await;
}

#[tokio::test]
async fn a_flag_wins_over_the_file_and_no_flag_over_the_policy() {
    let front = Front::start().await;
    for (name, text, writes) in [
        ("tools", "[tools]\nread_only = true\n", true),
        ("policy", "[policy]\nread_only = true\n", false),
    ] {
        let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
        let path = path.join(format!("tools-wins-{name}.toml"));
        std::fs::write(&path, text).unwrap();
        let arguments = ["--read-only=false", "--config", path.to_str().unwrap()];
        let mut mcp = Mcp::serving(&front, Era::PerRequest, &arguments).await;
        let tools = listed(&mut mcp).await;
        assert_eq!(
            tools.contains(&"add-tag".to_owned()),
            writes,
            "{name}: {tools:?}"
        );
        mcp.close().await;
    }
}

#[tokio::test]
async fn tools_that_are_not_chosen_cannot_be_called() {
    let front = Front::start().await;
    let chosen = ["--tools=list-tags,get-conversation", "--send=confirm"];
    let mut mcp = Mcp::serving(&front, Era::Handshake, &chosen).await;
    assert_eq!(listed(&mut mcp).await, ["get-conversation", "list-tags"]);
    for (tool, arguments) in [
        ("list-inboxes", json!({})),
        ("raw-api-request", json!({ "method": "GET", "path": "/me" })),
        (
            "add-tag",
            json!({ "conversation_id": landmarks::URGENT_CONVERSATION, "tags": ["Urgent"] }),
        ),
    ] {
        let result = mcp.call(tool, arguments).await;
        assert_eq!(verdict::bad(tool, &result)["code"], "refused", "{result}");
        let text = verdict::text(&result);
        assert!(
            text.contains("tools.only = [\"get-conversation\", \"list-tags\"]"),
            "{text}"
        );
    }
    assert!(front.requests().await.is_empty());
    let nowhere = mcp
        .request(
            "tools/call",
            json!({ "name": "no-such-tool", "arguments": {} }),
        )
        .await;
    let said = nowhere["error"]["message"].as_str().unwrap();
    assert!(
        said.contains("get-conversation") && !said.contains("add-tag"),
        "{said}"
    );
    verdict::good("list-tags", &mcp.call("list-tags", json!({})).await);
    mcp.close().await;
}

#[tokio::test]
async fn commands_follow_the_choice() {
    let run = async |arguments: &[&str]| {
        let mut command = binary();
        let output = command.args(arguments).stdin(Stdio::null()).output().await;
        let output = output.unwrap();
        let text = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(text).unwrap())
    };
    let chosen = ["--tools=list-tags,add-tag", "--read-only", "--sandbox"];
    let with = |more: &[&'static str]| [more, &chosen[..]].concat();
    let (_, text) = run(&with(&["tools"])).await;
    assert!(text.starts_with("list-tags "), "{text}");
    assert!(text.contains("1 tools, "), "{text}");
    let (code, text) = run(&with(&["call", "list-inboxes"])).await;
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("tools.only = "), "{text}");
    let (code, text) = run(&with(&["policy", "check", "list-inboxes"])).await;
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("denied: tools.only = "), "{text}");
    let raw = "{\"method\":\"POST\",\"path\":\"/tags\",\"body\":{\"name\":\"x\"}}";
    let read = [
        "policy",
        "check",
        "raw-api-request",
        raw,
        "--read-only",
        "--sandbox",
    ];
    let (code, text) = run(&read).await;
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("denied: tools.read_only = true"), "{text}");
    let (_, text) = run(&with(&["policy", "show"])).await;
    assert!(
        text.contains("only = [\"add-tag\", \"list-tags\"]"),
        "{text}"
    );
    assert!(text.contains("read_only = true"), "{text}");
    let (_, text) = run(&with(&["doctor"])).await;
    assert!(text.contains("; 1 tools, at most "), "{text}");
}

/// A set of guarded tools alone would otherwise look like one that does not exist.
#[tokio::test]
async fn a_chosen_set_of_which_nothing_is_listed_says_what_would_list_it() {
    let run = async |more: &[&str]| {
        let mut command = binary();
        let arguments = [&["tools", "--sandbox"], more].concat();
        let output = command.args(arguments).stdin(Stdio::null()).output().await;
        String::from_utf8(output.unwrap().stdout).unwrap()
    };
    let text = run(&["--toolsets=channel-api"]).await;
    assert!(text.starts_with("0 tools, "), "{text}");
    assert!(
        text.contains("Of `channel-api` nothing is listed"),
        "{text}"
    );
    let named = text.split("allow_operations = [\"").nth(1).unwrap();
    let named = named.split('"').next().unwrap();
    assert!(Operation::by_id(named).is_some(), "{text}");
    // What it says is enough.
    let path = format!("{}/tools-guarded.toml", env!("CARGO_TARGET_TMPDIR"));
    let policy = format!("[policy]\nallow_operations = [\"{named}\"]\n");
    std::fs::write(&path, policy).unwrap();
    let text = run(&["--toolsets=channel-api", "--config", &path]).await;
    assert!(!text.starts_with("0 tools, "), "{text}");
    assert!(!text.contains("nothing is listed"), "{text}");
    let text = run(&["--toolsets=core,contacts"]).await;
    assert!(!text.contains("nothing is listed"), "{text}");
}
