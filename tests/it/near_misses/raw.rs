//! Requests that name an operation of Front's in another way.

use serde_json::{Value, json};

use super::{CONVERSATION, corrected, instead, judge, understood};

fn get(path: &str) -> Value {
    json!({ "method": "GET", "path": path })
}

#[tokio::test]
async fn paths() {
    let better = |given, right| corrected("raw-api-request", given, right);
    let of_it = format!("/conversations/{CONVERSATION}");
    judge(vec![
        better(get("https://api2.frontapp.com/inboxes"), get("/inboxes")),
        better(get("https://acme.api.frontapp.com/inboxes/"), get("/inboxes")),
        better(get("inboxes"), get("/inboxes")),
        better(get("/inboxes/"), get("/inboxes")),
        better(get("/v1/inboxes"), get("/inboxes")),
        better(get("/api/inboxes"), get("/inboxes")),
        better(json!({ "path": "/inboxes" }), get("/inboxes")),
        better(json!({ "path": "GET /inboxes" }), get("/inboxes")),
        better(json!({ "operation": "GET /inboxes" }), get("/inboxes")),
        better(json!({ "http_method": "get", "url": "/inboxes" }), get("/inboxes")),
        better(
            get("/conversations?limit=5"),
            json!({ "method": "GET", "path": "/conversations", "query": { "limit": "5" } }),
        ),
        better(
            json!({ "method": "GET", "path": "/conversations/{conversation_id}", "params": { "conversation_id": CONVERSATION } }),
            get(&of_it),
        ),
        better(
            json!({ "method": "GET", "path": "/conversations", "params": { "limit": 5 } }),
            json!({ "method": "GET", "path": "/conversations", "query": { "limit": 5 } }),
        ),
        understood("raw-api-request", json!({ "method": "get", "path": "/inboxes" }), get("/inboxes")),
    ])
    .await;
}

#[tokio::test]
async fn operations_and_bodies() {
    let better = |given, right| corrected("raw-api-request", given, right);
    let limited = json!({ "operation": "list-conversations", "params": { "limit": 5 } });
    let tags = format!("/conversations/{CONVERSATION}/tags");
    let tag = |ids: Value| json!({ "method": "POST", "path": tags, "body": { "tag_ids": ids } });
    judge(vec![
        better(
            json!({ "operation": "listInboxes" }),
            json!({ "operation": "list-inboxes" }),
        ),
        better(
            json!({ "operation": "list_inboxes" }),
            json!({ "operation": "list-inboxes" }),
        ),
        better(
            json!({ "operation": "list-conversations", "query": { "limit": 5 } }),
            limited.clone(),
        ),
        better(
            json!({ "operation": "list-conversations", "params": { "limit": 500 } }),
            json!({ "operation": "list-conversations", "params": { "limit": 100 } }),
        ),
        better(
            json!({ "operation": "list-conversations", "params": { "page_size": 5 } }),
            limited,
        ),
        better(tag(json!("tag_1urgent")), tag(json!(["tag_1urgent"]))),
        understood(
            "raw-api-request",
            json!({ "method": "POST", "path": tags, "body": "{\"tag_ids\": [\"tag_1urgent\"]}" }),
            tag(json!(["tag_1urgent"])),
        ),
    ])
    .await;
}

#[tokio::test]
async fn times_in_seconds() {
    let contacts = |query: Value| json!({ "method": "GET", "path": "/contacts", "query": query });
    let better = |given, right| corrected("raw-api-request", contacts(given), contacts(right));
    judge(vec![
        better(
            json!({ "q[updated_after]": "2026-03-01T00:00:00Z" }),
            json!({ "q[updated_after]": 1_772_323_200 }),
        ),
        better(
            json!({ "q": { "updated_after": "2026-03-01T00:00:00Z" } }),
            json!({ "q": { "updated_after": 1_772_323_200 } }),
        ),
        better(
            json!({ "q[updated_after]": 1_772_323_200_000_i64 }),
            json!({ "q[updated_after]": 1_772_323_200 }),
        ),
    ])
    .await;
}

#[tokio::test]
async fn what_would_send_is_a_message_to_prepare() {
    let reply = |body: Value| json!({ "method": "POST", "path": format!("/conversations/{CONVERSATION}/messages"), "body": body });
    judge(vec![
        instead(
            "raw-api-request",
            reply(json!({ "body": "<p>Hello</p>", "options": { "archive": true } })),
            "send-message",
            json!({ "conversation_id": CONVERSATION, "body": "<p>Hello</p>", "body_format": "html", "archive": true }),
        ),
        instead(
            "raw-api-request",
            json!({ "operation": "create-message", "params": { "channel_id": "cha_1who" }, "body": { "to": ["jo@acme.example"], "subject": "Hello", "body": "Hello" } }),
            "send-message",
            json!({ "channel_id": "cha_1who", "to": ["jo@acme.example"], "subject": "Hello", "body": "Hello", "body_format": "html" }),
        ),
    ])
    .await;
}
