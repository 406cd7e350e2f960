//! What is told of requests: a line each, numbers to each caller of its own alone, and health to anybody.

use serde_json::json;

use crate::support::{
    front::Front,
    hosted::{
        Hosted, Operator,
        client::Client,
        wire::{Answer, Wire},
    },
    mcp::Era,
};

async fn get(server: &Hosted, path: &str, headers: &str) -> Answer {
    let mut wire = Wire::open(server.address).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\n{headers}\r\n");
    wire.ask(request).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_sees_its_own_numbers_alone() {
    let (front, operator) = (Front::start().await, Operator::new());
    // One name within the other.
    let one = operator.create("one", &[]).await;
    let other = operator.create("one-more", &[]).await;
    let address = "--metrics=127.0.0.1:0";
    let server = Hosted::serving(&operator, &front.base(), &[address]).await;
    for token in [&one, &other, &other] {
        let mut client = Client::new(server.address, token, Era::PerRequest);
        client.call("list-tags", json!({})).await;
    }
    let wrong = "Host: localhost\r\nAuthorization: Bearer fmcp_x\r\n";
    assert_eq!(get(&server, "/metrics", wrong).await.status, 401);
    for (token, name, stranger, calls) in [
        (&one, "one", "\"one-more\"", 1),
        (&other, "one-more", "\"one\"", 2),
    ] {
        let head = format!("Host: localhost\r\nAuthorization: Bearer {token}\r\n");
        let answer = get(&server, "/metrics", &head).await;
        let text = answer.text();
        assert_eq!(answer.status, 200, "{text}");
        let line = format!("caller=\"{name}\",path=\"/mcp\",status=\"200\"}} {calls}");
        assert!(text.contains(&line), "{text}");
        assert!(
            !text.contains(stranger) && !text.contains("caller=\"\""),
            "{text}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_watches_asks_by_any_name_and_without_a_token() {
    let (front, operator) = (Front::start().await, Operator::new());
    operator.create("bot", &[]).await;
    let server = Hosted::serving(&operator, &front.base(), &[]).await;
    for headers in [
        "Host: 10.1.2.3:8080\r\n",
        "Host: anything.test\r\n",
        "Host:\r\n",
        "",
    ] {
        for path in ["/healthz", "/readyz"] {
            let answer = get(&server, path, headers).await;
            assert_eq!(answer.status, 200, "{path} {headers}");
            assert_eq!(answer.header("cache-control"), Some("no-store"));
        }
        assert_ne!(get(&server, "/metrics", headers).await.status, 200);
    }
    let metadata = "/.well-known/oauth-protected-resource/mcp";
    let answer = get(&server, metadata, "Host: localhost\r\n").await;
    assert_eq!(
        answer.message()["resource"],
        format!("http://{}/mcp", server.host())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_trusted_proxy_says_where_a_request_comes_from() {
    let (front, operator) = (Front::start().await, Operator::new());
    let token = operator.create("bot", &[]).await;
    let forwarded = "203.0.113.9, 198.51.100.7";
    for (proxies, from) in [
        (&[][..], "127.0.0.1"),
        (&["--trusted-proxy=127.0.0.0/8"][..], "198.51.100.7"),
        (
            &["--trusted-proxy=127.0.0.1,198.51.100.7"][..],
            "203.0.113.9",
        ),
    ] {
        let arguments = [&["--log=info"], proxies].concat();
        let server = Hosted::serving(&operator, &front.base(), &arguments).await;
        let mut client = Client::new(server.address, &token, Era::PerRequest);
        let post = client
            .post_call("list-tags", json!({}))
            .with("X-Forwarded-For", forwarded)
            .with("X-Request-Id", "chosen-by-the-peer");
        let answer = client.send(&post).await.unwrap();
        let id = answer.header("x-request-id").unwrap();
        server.has_told("answered").await;
        let log = server.log();
        let line = log.lines().find(|line| line.contains("answered")).unwrap();
        for part in [id, "bot", from, "/mcp", "200"] {
            assert!(line.contains(part), "{part}: {line}");
        }
        for part in ["chosen-by-the-peer", &token["fmcp_".len()..]] {
            assert!(!log.contains(part), "{part}: {log}");
        }
    }
}
