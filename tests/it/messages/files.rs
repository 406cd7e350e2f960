//! `get-attachment`: the text of a file, and a plain word about every other.

use front_mcp::sandbox::landmarks::{ATTACHMENT, ATTACHMENT_MESSAGE, TABLE, URGENT_MESSAGE};
use serde_json::json;

use super::serving;
use crate::support::{
    front::Front,
    mcp::{self, Era, Mcp},
    scripted::Scripted,
    verdict,
};

const TOOL: &str = "get-attachment";

#[tokio::test]
async fn a_table_is_read_with_its_message_or_without() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let wanted = json!({ "attachment_id": TABLE, "message_id": ATTACHMENT_MESSAGE });
    let result = mcp.call(TOOL, wanted).await;
    let with = verdict::good(TOOL, &result);
    assert_eq!(with["file"]["name"], "saddles.csv");
    assert!(with["text"].as_str().unwrap().starts_with("saddle,state\n"));
    let result = mcp.call(TOOL, json!({ "attachment_id": TABLE })).await;
    let without = verdict::good(TOOL, &result);
    assert_eq!(without["text"], with["text"]);
    assert_eq!(without["file"]["media_type"], "text/csv");
    mcp.close().await;
}

#[tokio::test]
async fn what_is_no_text_is_told_by_type_and_size_before_it_is_downloaded() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let wanted = json!({ "attachment_id": ATTACHMENT, "message_id": ATTACHMENT_MESSAGE });
    let result = mcp.call(TOOL, wanted).await;
    let text = verdict::refuses(TOOL, "attachment_id", &result);
    for word in [
        "is no text",
        "application/pdf",
        "631 bytes",
        "open it in Front",
    ] {
        assert!(text.contains(word), "{text}");
    }
    let downloads = front.requests().await;
    assert!(
        !downloads.iter().any(|one| one.contains("download")),
        "{downloads:?}"
    );
    for (arguments, field, code) in [
        (
            json!({ "attachment_id": "msg_1" }),
            "attachment_id",
            "invalid_argument",
        ),
        (
            json!({ "attachment_id": "../me" }),
            "attachment_id",
            "invalid_argument",
        ),
        (
            json!({ "attachment_id": "fil_1nothing" }),
            "attachment_id",
            "not_found",
        ),
        (
            json!({ "attachment_id": TABLE, "message_id": "x" }),
            "message_id",
            "invalid_argument",
        ),
        (
            json!({ "attachment_id": TABLE, "message_id": URGENT_MESSAGE }),
            "attachment_id",
            "not_found",
        ),
    ] {
        let result = mcp.call(TOOL, arguments).await;
        verdict::refuses(TOOL, field, &result);
        assert_eq!(result["_meta"]["code"], code);
    }
    mcp.close().await;
}

/// What Front says of a file is not what the file is.
#[tokio::test]
async fn bytes_that_are_no_text_are_none_whatever_their_type() {
    for (kind, body, text) in [
        ("text/plain", b"a\0b".to_vec(), None),
        ("text/plain", vec![0xff, 0xfe, b'a', 0], None),
        ("image/png", b"plain words".to_vec(), None),
        (
            "text/plain",
            "hidden\u{200b}\u{202e} words\n».".into(),
            Some("hidden words\n»."),
        ),
        ("application/octet-stream", b"notes".to_vec(), Some("notes")),
        ("text/plain", b"x".repeat(50_000), Some("x")),
    ] {
        let front = Scripted::start(move |_| {
            let mut answer = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            )
            .into_bytes();
            answer.extend_from_slice(&body);
            answer
        })
        .await;
        let mut mcp = Mcp::start(mcp::server(&front.base(), &[]), Era::PerRequest).await;
        let result = mcp.call(TOOL, json!({ "attachment_id": "fil_1" })).await;
        match text {
            None => {
                verdict::refuses(TOOL, "attachment_id", &result);
            }
            Some("x") => {
                let found = verdict::good(TOOL, &result);
                assert_eq!(found["cut"], true);
                let length = found["text"].as_str().unwrap().len();
                assert!((5_000..=40_000).contains(&length), "{length}");
            }
            Some(text) => assert_eq!(verdict::good(TOOL, &result)["text"], text),
        }
        mcp.close().await;
    }
}
