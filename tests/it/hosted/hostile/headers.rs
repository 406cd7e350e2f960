//! Kinds of content, and the headers of the 2026 protocol, which say again what the body says.

use serde_json::{Value, json};

use super::{Case, World};
use crate::support::{
    hosted::client::{Post, message},
    mcp::Era,
};

const MISMATCH: i64 = -32_020;
const UNSUPPORTED: i64 = -32_022;
const INVALID_PARAMS: i64 = -32_602;
const NO_METHOD: i64 = -32_601;
const VERSION: &str = "io.modelcontextprotocol/protocolVersion";
const CAPABILITIES: &str = "io.modelcontextprotocol/clientCapabilities";

pub fn cases(world: &World) -> Vec<Case> {
    [
        kinds(world),
        mismatches(world),
        metas(world),
        sessions(world),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn kinds(world: &World) -> Vec<Case> {
    let good = || world.good();
    let mut cases = Vec::new();
    for kind in [
        "",
        "text/plain",
        "application/jsonx",
        "application/json, text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
    ] {
        let bytes = good().set("Content-Type", kind).bytes();
        cases.push(Case::new(format!("content type {kind}"), bytes).is(415));
    }
    for accept in [
        "",
        "text/html",
        "application/json",
        "text/event-stream",
        "application/json;q=0, text/event-stream",
    ] {
        let bytes = good().set("Accept", accept).bytes();
        cases.push(Case::new(format!("accept {accept}"), bytes).is(406));
    }
    let expecting = good().with("Expect", "100-continue");
    let charset = good().set("Content-Type", "APPLICATION/JSON; charset=utf-8");
    cases.extend([
        Case::new("no content type", good().without("Content-Type").bytes()).is(415),
        Case::new(
            "two content types",
            good().with("Content-Type", "text/plain").bytes(),
        )
        .is(400)
        .closes(),
        Case::new("no Accept", good().without("Accept").bytes()).is(406),
        Case::new("gzip", good().with("Content-Encoding", "gzip").bytes()).is(415),
        Case::new("a kind in capitals", charset.bytes()).is(200),
        Case::new("a body that waits to be asked for", expecting.bytes()).is(200),
    ]);
    cases
}

/// The good request of 2026.
fn modern(world: &World) -> Post {
    world.call(Era::PerRequest)
}

fn mismatches(world: &World) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut wrong = |name: &str, post: Post| {
        cases.push(Case::new(name, post.bytes()).is(400).code(MISMATCH));
    };
    let good = || modern(world);
    wrong("no version", good().without("MCP-Protocol-Version"));
    wrong(
        "a version of before",
        good().set("MCP-Protocol-Version", "2025-11-25"),
    );
    wrong(
        "a version to come",
        good().set("MCP-Protocol-Version", "2027-01-01"),
    );
    wrong(
        "two versions",
        good().with("MCP-Protocol-Version", "2025-11-25"),
    );
    wrong("no Mcp-Method", good().without("Mcp-Method"));
    wrong("another Mcp-Method", good().set("Mcp-Method", "tools/list"));
    wrong(
        "Mcp-Method in capitals",
        good().set("Mcp-Method", "TOOLS/CALL"),
    );
    wrong("two Mcp-Methods", good().with("Mcp-Method", "tools/list"));
    wrong("no Mcp-Name", good().without("Mcp-Name"));
    wrong("another Mcp-Name", good().set("Mcp-Name", "send-message"));
    wrong("an empty Mcp-Name", good().set("Mcp-Name", ""));
    wrong("two Mcp-Names", good().with("Mcp-Name", "send-message"));
    wrong(
        "the same Mcp-Name twice",
        good().with("Mcp-Name", "list-tags"),
    );
    let other = json!({ "name": "send-message", "arguments": {} });
    let other = message(Era::PerRequest, 1, "tools/call", other);
    wrong("another tool in the body", good().body(other.to_string()));
    cases
}

fn metas(world: &World) -> Vec<Case> {
    let with = |meta: &Value| {
        let params = json!({ "name": "list-tags", "arguments": {}, "_meta": meta });
        let body = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params });
        modern(world).body(body.to_string())
    };
    let mut cases = Vec::new();
    for (name, meta) in [
        ("empty", json!({})),
        ("null", Value::Null),
        ("without capabilities", json!({ VERSION: "2026-07-28" })),
        (
            "with a number for a version",
            json!({ VERSION: 20_260_728, CAPABILITIES: {} }),
        ),
    ] {
        let bytes = with(&meta).bytes();
        let case = Case::new(format!("_meta {name}"), bytes);
        cases.push(case.is(400).code(INVALID_PARAMS));
    }
    let text = with(&json!("x")).bytes();
    cases.push(Case::new("_meta that is text", text).is(400));
    let future = json!({ VERSION: "2027-01-01", CAPABILITIES: {} });
    let future = with(&future).set("MCP-Protocol-Version", "2027-01-01");
    cases.push(
        Case::new("a version that nobody speaks", future.bytes())
            .is(400)
            .code(UNSUPPORTED),
    );
    for method in ["no/such", "ping", "initialize", "logging/setLevel"] {
        let message = message(Era::PerRequest, 1, method, json!({}));
        let host = world.server.host();
        let post = Post::new(&host, Some(&world.token), Era::PerRequest, &message);
        let case = Case::new(format!("{method} in 2026"), post.bytes());
        cases.push(case.is(404).code(NO_METHOD));
    }
    cases
}

fn sessions(world: &World) -> Vec<Case> {
    let good = || world.good();
    let hello = json!({
        "protocolVersion": "2025-11-25",
        "capabilities": {},
        "clientInfo": { "name": "x", "version": "1" },
    });
    let hello = message(Era::Handshake, 1, "initialize", hello).to_string();
    let hello = good().body(hello).set("MCP-Protocol-Version", "2025-06-18");
    let version = |value: &str| good().set("MCP-Protocol-Version", value);
    vec![
        Case::new(
            "a session that nobody gave",
            good().with("Mcp-Session-Id", "x").bytes(),
        )
        .is(200),
        Case::new(
            "a session in 2026",
            modern(world).with("Mcp-Session-Id", "x").bytes(),
        )
        .is(200),
        Case::new(
            "a stream taken up again",
            good().with("Last-Event-ID", "7").bytes(),
        )
        .is(200),
        Case::new("a version that never was", version("1999-01-01").bytes()).is(400),
        Case::new(
            "a version of 10,000 letters",
            version(&"x".repeat(10_000)).bytes(),
        )
        .is(400),
        Case::new("a version that is no text", version("\u{ff}").bytes()).is(400),
        Case::new("a greeting in two versions", hello.bytes()).is(400),
    ]
}
