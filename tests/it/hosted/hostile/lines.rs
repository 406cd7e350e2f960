//! Request lines: methods, paths, versions, and other protocols on the same port.

use super::{Case, World};

pub fn cases(world: &World) -> Vec<Case> {
    [methods(world), paths(world), versions(world)]
        .into_iter()
        .flatten()
        .collect()
}

fn methods(world: &World) -> Vec<Case> {
    let mut cases = Vec::new();
    for (method, status) in [
        ("GET", 405),
        ("DELETE", 405),
        ("PUT", 405),
        ("PATCH", 405),
        ("TRACE", 405),
        ("OPTIONS", 405),
        ("CONNECT", 405),
        ("PROPFIND", 501),
        ("post", 501),
    ] {
        let post = world.good().line(&format!("{method} /mcp HTTP/1.1"));
        cases.push(Case::new(format!("method {method}"), post.bytes()).is(status));
    }
    let head = world.good().line("HEAD /mcp HTTP/1.1");
    cases.push(Case::new("method HEAD", head.bytes()).is(405).head());
    let tunnel = world.good().line("CONNECT evil.test:443 HTTP/1.1");
    cases.push(Case::new("a tunnel", tunnel.bytes()).is(403));
    let socket = world
        .good()
        .line("GET /mcp HTTP/1.1")
        .body("")
        .with("Connection", "Upgrade")
        .with("Upgrade", "websocket");
    cases.push(Case::new("a web socket", socket.bytes()).is(405));
    cases
}

fn paths(world: &World) -> Vec<Case> {
    let mut cases = Vec::new();
    for path in [
        "/",
        "/mcp/",
        "//mcp",
        "/mcp/../mcp",
        "/./mcp",
        "/%6dcp",
        "/%2fmcp",
        "/mcp%00",
        "/mcp;x",
        "/MCP",
        "/healthz/../mcp",
        "/../../etc/passwd",
        "*",
    ] {
        let post = world.good().line(&format!("POST {path} HTTP/1.1"));
        cases.push(Case::new(format!("path {path}"), post.bytes()).is(404));
    }
    for path in ["mcp/x", "\\mcp"] {
        let post = world.good().line(&format!("POST {path} HTTP/1.1"));
        cases.push(Case::new(format!("path {path}"), post.bytes()).is(400));
    }
    cases
}

fn versions(world: &World) -> Vec<Case> {
    let mut cases = Vec::new();
    // hyper answers these itself, 400 where 505 would say more.
    for line in [
        "POST  /mcp HTTP/1.1",
        "POST /mcp",
        "POST /mcp HTTP/1.1 x",
        "POST /mcp HTTP/2.0",
        "POST /mcp HTTP/0.9",
        "POST /m cp HTTP/1.1",
        " POST /mcp HTTP/1.1",
        "POST\t/mcp\tHTTP/1.1",
        "PO(ST /mcp HTTP/1.1",
    ] {
        let bytes = world.good().line(line).bytes();
        cases.push(Case::new(format!("line {line}"), bytes).is(400).closes());
    }
    let old = world.good().line("POST /mcp HTTP/1.0");
    let hello = [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".as_slice(),
        &[0x11; 500],
    ]
    .concat();
    let preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u{4}\0\0\0\0\0";
    let upgrade = world
        .good()
        .with("Connection", "Upgrade, HTTP2-Settings")
        .with("Upgrade", "h2c")
        .with("HTTP2-Settings", "AAMAAABkAARAAAAAAAIAAAAA");
    cases.extend([
        Case::new("HTTP/1.0", old.bytes()).is(200).closes(),
        Case::new("HTTP/1.0 without Host", old.without("Host").bytes())
            .is(400)
            .closes(),
        Case::new("HTTP/2 from the start", preface).closes(),
        Case::new("HTTP/2 by upgrade", upgrade.bytes()).is(200),
        Case::new("TLS on a plain socket", hello).is(400).closes(),
        Case::new("no HTTP at all", "SSH-2.0-OpenSSH_9.9\r\n\r\n")
            .is(400)
            .closes(),
    ]);
    cases
}
