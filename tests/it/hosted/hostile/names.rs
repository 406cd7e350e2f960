//! By names that are not the server's, and from pages that are nobody's: DNS rebinding and its kin.

use super::{Case, World};

const STRANGE: [&str; 12] = [
    "evil.test",
    "evil.test:8080",
    "127.0.0.1.evil.test",
    "localhost.evil.test",
    "localhost.",
    "127.1",
    "0x7f000001",
    "2130706433",
    "[::ffff:127.0.0.1]:80",
    "0.0.0.0",
    "169.254.169.254",
    "localhost@evil.test",
];

const MALFORMED: [&str; 8] = [
    "",
    "127.0.0.1:bad",
    "127.0.0.1:99999",
    "127.0.0.1, evil.test",
    "127.0.0.1 evil.test",
    "localhost/",
    "[::1",
    "l\u{f6}calhost",
];

const PAGES: [&str; 10] = [
    "http://evil.test",
    "null",
    "",
    "file://",
    "http://localhost.evil.test",
    "http://localhost@evil.test",
    "chrome-extension://abcdefgh",
    "localhost",
    "http://localhost:3000/path",
    "http://localhost http://evil.test",
];

pub fn cases(world: &World) -> Vec<Case> {
    let good = || world.good();
    let host = world.server.host();
    let mut cases = Vec::new();
    for name in STRANGE {
        let bytes = good().set("Host", name).bytes();
        cases.push(Case::new(format!("Host: {name}"), bytes).is(403));
    }
    for name in MALFORMED {
        let bytes = good().set("Host", name).bytes();
        cases.push(Case::new(format!("malformed Host: {name}"), bytes).is(400));
    }
    for origin in PAGES {
        let bytes = good().with("Origin", origin).bytes();
        cases.push(Case::new(format!("Origin: {origin}"), bytes).is(403));
    }
    let preflight = good()
        .line("OPTIONS /mcp HTTP/1.1")
        .with("Origin", "http://evil.test")
        .with("Access-Control-Request-Method", "POST");
    let own = "http://localhost:3000";
    let two_origins = good()
        .with("Origin", own)
        .with("Origin", "http://evil.test");
    let forwarded = good()
        .with("X-Forwarded-Host", "evil.test")
        .with("Forwarded", "host=evil.test");
    cases.extend([
        Case::new("no Host", good().without("Host").bytes()).is(400),
        Case::new("two Hosts", good().with("Host", "evil.test").bytes()).is(400),
        Case::new("the same Host twice", good().with("Host", &host).bytes()).is(400),
        Case::new("a preflight of a strange page", preflight.bytes()).is(403),
        Case::new("two Origins", two_origins.bytes()).is(403),
        Case::new("a page of this machine", good().with("Origin", own).bytes()).is(200),
        Case::new("a host of the proxy's", forwarded.bytes()).is(200),
    ]);
    for (target, status) in [
        (format!("http://{host}/mcp"), 200),
        ("http://evil.test/mcp".to_owned(), 403),
        (format!("http://u@{host}/mcp"), 403),
        (format!("ftp://{host}/mcp"), 400),
        (host.clone(), 400),
    ] {
        let line = format!("POST {target} HTTP/1.1");
        // The port is another in each run.
        let name = format!("target {}", target.replace(&host, "HOST"));
        cases.push(Case::new(name, good().line(&line).bytes()).is(status));
    }
    let rebound = good()
        .line(&format!("POST http://{host}/mcp HTTP/1.1"))
        .set("Host", "localhost");
    cases.push(Case::new("a target of another name than Host", rebound.bytes()).is(403));
    cases
}
