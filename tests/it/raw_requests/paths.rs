//! Paths that would like to become another path.

use serde_json::json;

use super::lenient::Lenient;
use crate::support::{mcp::Era, scripted::Scripted, verdict};

/// Paths that are refused whatever the method, beside plain sends.
const PATHS: &[&str] = &[
    "/conversations/cnv_1/messages/",
    "/conversations/cnv_1/messages///",
    "//conversations/cnv_1/messages",
    "/conversations//messages",
    "/conversations/cnv_1//messages",
    "/conversations/cnv_1/./messages",
    "/conversations/./cnv_1/messages",
    "/tags/../conversations/cnv_1/messages",
    "/tags/%2e%2e/messages",
    "/conversations/c/tags/%2e%2e/messages",
    "/tags/.%2E/messages",
    "/conversations/cnv_1/messages;v=1",
    "/conversations/cnv_1;x/messages",
    "/conversations/cnv_1%2Fmessages",
    "/conversations/cnv_1%252Fmessages",
    "/conversations/cnv_1/%6dessages",
    "/conversations/cnv_1/%6d%65%73%73%61%67%65%73",
    "/conversations/cnv_1/messages%ff",
    "/conversations/cnv_1\\messages",
    "\\conversations\\cnv_1\\messages",
    "/conversations/cnv_1/mess\nages",
    "/conversations/cnv_1/mess\tages",
    "/conversations/cnv_1/messages\r\nX: y",
    "/conversations/cnv_1/messages%00",
    "/conversations/cnv_1/messages\0",
    "/CONVERSATIONS/cnv_1/MESSAGES",
    "/Conversations/cnv_1/Messages",
    "/conversations/cnv_1/\u{ff4d}essages",
    "/conversations/cnv_1\u{ff0f}messages",
    "/conversations/cnv_1/m\u{435}ssages",
    "/conversations/cnv_1/messag\u{65}\u{301}s",
    "/conversations/cnv_1/messages\u{200b}",
    "/tags?/../messages",
    "/tags#/../messages",
    "/conversations/cnv_1/messages#a",
    "/conversations/cnv_1/messages?a=b",
    " /conversations/cnv_1/messages",
    "/conversations/cnv_1/messages ",
    "/v1/conversations/cnv_1/messages",
    "/api/conversations/cnv_1/messages",
    "/batch",
    "/graphql",
    "conversations/cnv_1/messages",
    "",
    "/",
];

#[tokio::test]
async fn nothing_is_repaired_into_a_send() {
    let mut lenient = Lenient::start(Era::Handshake).await;
    for path in PATHS {
        for method in ["POST", "PUT", "PATCH", "DELETE", "GET"] {
            let body = if method == "GET" {
                json!({})
            } else {
                json!({ "body": { "body": "x" } })
            };
            let result = lenient.raw(method, path, body).await;
            let meta = verdict::bad("raw-api-request", &result);
            assert!(
                meta["field"] == "path" || meta["field"] == "method",
                "{method} {path:?}: {result}"
            );
        }
    }
    assert!(lenient.front.seen().is_empty());
    lenient.ends_unsent().await;
}

#[tokio::test]
async fn plain_sends_are_refused_as_sends() {
    let mut lenient = Lenient::start(Era::PerRequest).await;
    for path in [
        "/conversations/cnv_1/messages",
        "/channels/cha_1/messages",
        "/conversations/alt:ref:x/messages",
        "/channels/alt:address:a@b.example/messages",
        "/conversations/.../messages",
        "/conversations/messages/messages",
    ] {
        let body = json!({ "body": { "body": "x", "to": ["a@b.example"] } });
        let result = lenient.raw("POST", path, body).await;
        verdict::bad("raw-api-request", &result);
        if !path.contains("...") {
            assert_eq!(result["_meta"]["code"], "refused", "{path}: {result}");
            assert!(
                verdict::text(&result).contains("`send-message`"),
                "{result}"
            );
        }
    }
    assert!(lenient.front.seen().is_empty());
    lenient.ends_unsent().await;
}

#[tokio::test]
async fn no_path_is_another_host() {
    let stranger = Scripted::stranger().await;
    let base = stranger.base();
    let host = base.strip_prefix("http://").unwrap();
    let mut lenient = Lenient::start(Era::Handshake).await;
    for path in [
        format!("{base}/me"),
        format!("//{host}/me"),
        format!("@{host}/me"),
        format!("/@{host}/me"),
        format!("http://127.0.0.1@{host}/me"),
        format!(".{host}/me"),
        format!(":80@{host}/me"),
        format!("/\\{host}/me"),
        "https://acme.api.frontapp.com/me".to_owned(),
        "http://api2.frontapp.com/me".to_owned(),
        ".evil.test/x".to_owned(),
    ] {
        let result = lenient.raw("GET", &path, json!({})).await;
        let text = verdict::refuses("raw-api-request", "path", &result);
        assert!(text.len() < 1000, "{text}");
    }
    assert!(lenient.front.seen().is_empty());
    assert_eq!(stranger.connections(), 0);
    lenient.ends_unsent().await;
}

#[tokio::test]
async fn a_redirect_goes_nowhere() {
    let front = Scripted::start(|_| {
        let location = "location: /conversations/cnv_2/messages\r\n";
        crate::support::scripted::with_headers(301, location, "{}")
    })
    .await;
    let server = crate::support::mcp::server(&front.base(), &[]);
    let mut mcp = crate::support::mcp::Mcp::start(server, Era::PerRequest).await;
    for method in ["POST", "DELETE"] {
        let arguments = json!({ "method": method, "path": "/conversations/cnv_1/tags", "body": { "tag_ids": ["tag_1"] } });
        let result = mcp.call("raw-api-request", arguments).await;
        verdict::bad("raw-api-request", &result);
    }
    mcp.close().await;
    let seen = front.seen();
    assert!(
        seen.iter()
            .all(|one| one.target == "/conversations/cnv_1/tags"),
        "{seen:?}"
    );
}
