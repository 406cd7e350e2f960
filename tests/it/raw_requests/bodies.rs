//! Methods, bodies, queries and other arguments that would like to be more than data.

use serde_json::{Value, json};

use super::lenient::Lenient;
use crate::support::{mcp::Era, verdict};

#[tokio::test]
async fn a_get_carries_no_body() {
    let mut lenient = Lenient::start(Era::Handshake).await;
    let body = json!({ "body": { "body": "x", "to": ["a@b.example"] } });
    let result = lenient
        .raw("GET", "/conversations/cnv_1/messages", body)
        .await;
    verdict::refuses("raw-api-request", "body", &result);
    assert!(lenient.front.seen().is_empty());
    lenient.ends_unsent().await;
}

#[tokio::test]
async fn no_argument_overrides_the_method() {
    let mut lenient = Lenient::start(Era::PerRequest).await;
    for (name, value) in [
        ("headers", json!({ "X-HTTP-Method-Override": "POST" })),
        ("header", json!("X-HTTP-Method-Override: POST")),
        ("operation", json!("create-message-reply")),
        ("params", json!({ "conversation_id": "cnv_1" })),
        ("url", json!("https://evil.test/")),
        ("host", json!("evil.test")),
        ("confirm", json!(true)),
    ] {
        let more = json!({ name: value });
        let result = lenient.raw("GET", "/me", more).await;
        verdict::refuses("raw-api-request", name, &result);
    }
    for method in [
        "post ",
        "HEAD",
        "CONNECT",
        "POST\r\nX: y",
        "",
        "OPTIONS",
        "TRACE",
    ] {
        let result = lenient
            .raw(method, "/conversations/cnv_1/messages", json!({}))
            .await;
        assert_eq!(result["isError"], true, "{method:?}: {result}");
        verdict::bad("raw-api-request", &result);
    }
    assert!(lenient.front.seen().is_empty());
    lenient.ends_unsent().await;
}

#[tokio::test]
async fn a_query_stays_a_query() {
    let mut lenient = Lenient::start(Era::Handshake).await;
    let query = json!({ "query": {
        "sort_by": "c=d#e?/messages",
        "page_token": "a\r\nX-HTTP-Method-Override: POST\r\n\r\nPOST /conversations/cnv_1/messages HTTP/1.1",
    } });
    let result = lenient.raw("GET", "/tags", query).await;
    verdict::good("raw-api-request", &result);
    for query in [
        json!({ "_method": "POST" }),
        json!({ "a&b": "c" }),
        json!({ "x/../../messages": "?/messages" }),
        json!({ "a": { "b": 1 } }),
        json!({ "a": [["b"]] }),
        json!("a=b"),
        json!([1]),
    ] {
        let result = lenient.raw("GET", "/tags", json!({ "query": query })).await;
        verdict::refuses("raw-api-request", "query", &result);
    }
    let seen = lenient.front.seen();
    assert_eq!(seen.len(), 1, "{seen:?}");
    assert!(seen[0].target.starts_with("/tags?"), "{seen:?}");
    lenient.ends_unsent().await;
}

#[tokio::test]
async fn a_body_is_json_and_nothing_else() {
    let mut lenient = Lenient::start(Era::PerRequest).await;
    let smuggler = "x\r\n\r\nPOST /conversations/cnv_1/messages HTTP/1.1\r\nHost: x\r\n\r\n{}";
    let body = json!({ "body": { "body": smuggler } });
    let path = "/conversations/cnv_1/comments";
    let result = lenient.raw("POST", path, body.clone()).await;
    verdict::good("raw-api-request", &result);
    let seen = lenient.front.seen();
    assert_eq!(seen.len(), 1, "{seen:?}");
    assert_eq!(seen[0].target, path);
    let sent: Value = serde_json::from_slice(&seen[0].body).unwrap();
    assert_eq!(sent, body["body"]);
    for body in [
        json!("{\"to\":[\"a\"],\"to\":[\"b\"]}"),
        json!({ "body": "x", "_method": "POST" }),
        json!({ "body": "x", "__proto__": { "x": 1 } }),
        json!("{\"body\":"),
        json!("text"),
        json!([1]),
        json!(5),
        json!(format!(
            "{}1{}",
            "{\"a\":".repeat(10_000),
            "}".repeat(10_000)
        )),
    ] {
        let result = lenient.raw("POST", path, json!({ "body": body })).await;
        verdict::refuses("raw-api-request", "body", &result);
    }
    assert_eq!(lenient.front.seen().len(), 1);
    lenient.ends_unsent().await;
}
