//! Arguments as agents get them wrong: each is refused by name before Front is asked, or read
//! as what it plainly means.

use front_mcp::sandbox::landmarks;
use serde_json::{Value, json};

use crate::support::{
    front::Front,
    mcp::{Era, Mcp},
    verdict,
};

const CONVERSATION: &str = landmarks::URGENT_CONVERSATION;

async fn serving(front: &Front) -> Mcp {
    Mcp::serving(front, Era::PerRequest, &["--send=confirm"]).await
}

#[tokio::test]
async fn ids_that_are_none() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    for id in [
        "",
        " ",
        ".",
        "..",
        "../me",
        "cnv_1/messages",
        "cnv_1/../../me",
        "/cnv_1",
        "cnv_1%2fmessages",
        "%2e%2e",
        "cnv 1",
        "cnv_1 cnv_2",
        "cnv_1?x=1",
        "cnv_1#x",
        "cnv_1\\x",
        "cnv_1\0",
        "cnv_1\r\nX: y",
        "CNV_1",
        "cnv_",
        "cnv_\u{e9}",
        "msg_1urgenta",
        "https://app.frontapp.com.evil.test/open/cnv_1",
        "https://evil.test/open/cnv_1",
        "https://app.frontapp.com/open/../me",
    ] {
        for (tool, arguments) in [
            ("get-conversation", json!({ "conversation_id": id })),
            (
                "add-tag",
                json!({ "conversation_id": id, "tags": [landmarks::URGENT_TAG] }),
            ),
            (
                "remove-tag",
                json!({ "conversation_id": id, "tags": [landmarks::URGENT_TAG] }),
            ),
            ("list-drafts", json!({ "conversation_id": id })),
            (
                "send-message",
                json!({ "conversation_id": id, "body": "Hello" }),
            ),
        ] {
            let result = mcp.call(tool, arguments).await;
            let text = verdict::refuses(tool, "conversation_id", &result);
            assert!(text.len() < 1000, "{text}");
        }
    }
    assert!(front.requests().await.is_empty());
    mcp.close().await;
}

#[tokio::test]
async fn limits() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    for tool in ["list-conversations", "list-contacts", "get-conversation"] {
        let with = |limit: Value| match tool {
            "get-conversation" => json!({ "conversation_id": CONVERSATION, "limit": limit }),
            _ => json!({ "limit": limit }),
        };
        for (limit, said) in [
            (json!(0), "minimum is 1"),
            (json!(-1), "minimum is 1"),
            (json!(101), "maximum is 100"),
            (json!(1e9), "maximum is 100"),
            (json!("101"), "maximum is 100"),
            (json!(2.5), "integer"),
            (json!("2.5"), "integer"),
            (json!(u64::MAX), ""),
            (json!(1e300), "integer"),
            (json!(""), "integer"),
            (json!("many"), "integer"),
            (json!(true), "integer"),
            (json!([5]), "integer"),
            (json!({}), "integer"),
        ] {
            let result = mcp.call(tool, with(limit.clone())).await;
            let text = verdict::refuses(tool, "limit", &result);
            assert!(text.contains(said), "{limit}: {text}");
        }
        let result = mcp.call(tool, with(json!("2"))).await;
        verdict::good(tool, &result);
        let result = mcp.call(tool, with(json!(2.0))).await;
        verdict::good(tool, &result);
        let result = mcp.call(tool, with(Value::Null)).await;
        verdict::good(tool, &result);
    }
    let result = mcp
        .call("list-conversations", json!({ "limit": "25" }))
        .await;
    let listed = verdict::good("list-conversations", &result);
    assert_eq!(listed["conversations"].as_array().unwrap().len(), 25);
    mcp.close().await;
}

#[tokio::test]
async fn cursors_from_elsewhere() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let result = mcp.call("list-conversations", json!({ "limit": 2 })).await;
    let ours = verdict::good("list-conversations", &result)["next_cursor"]
        .as_str()
        .unwrap()
        .to_owned();
    let result = mcp.call("list-contacts", json!({ "limit": 2 })).await;
    let of_contacts = verdict::good("list-contacts", &result)["next_cursor"]
        .as_str()
        .unwrap()
        .to_owned();
    let asked = front.requests().await.len();
    let cut = &ours[..ours.len() - 3];
    for cursor in [
        "",
        "x",
        "../../me",
        "eyJhIjoxfQ",
        "https://evil.test/?page_token=x",
        cut,
        &of_contacts,
    ] {
        let result = mcp
            .call("list-conversations", json!({ "cursor": cursor }))
            .await;
        verdict::refuses("list-conversations", "cursor", &result);
    }
    for other in [
        json!({ "cursor": ours, "statuses": ["archived"] }),
        json!({ "cursor": ours, "inboxes": [landmarks::SUPPORT_INBOX] }),
        json!({ "cursor": ours, "include": ["preview"] }),
    ] {
        let result = mcp.call("list-conversations", other.clone()).await;
        verdict::refuses("list-conversations", "cursor", &result);
    }
    for (tool, arguments) in [
        ("list-contacts", json!({ "cursor": ours })),
        (
            "get-conversation",
            json!({ "conversation_id": CONVERSATION, "cursor": ours }),
        ),
    ] {
        let result = mcp.call(tool, arguments).await;
        verdict::refuses(tool, "cursor", &result);
    }
    assert_eq!(front.requests().await.len(), asked);
    let result = mcp
        .call("list-conversations", json!({ "cursor": ours, "limit": 3 }))
        .await;
    verdict::good("list-conversations", &result);
    mcp.close().await;
}

#[tokio::test]
async fn dates() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    for (tool, field) in [
        ("list-conversations", "after"),
        ("list-conversations", "before"),
        ("list-contacts", "updated_after"),
        ("list-contacts", "updated_before"),
    ] {
        for date in [
            json!("1999-12-31"),
            json!("2099-12-31T23:59:59+02:00"),
            json!("7d"),
            json!("24h"),
            json!(1_700_000_000),
        ] {
            let result = mcp.call(tool, json!({ field: date })).await;
            assert!(
                verdict::well_formed(tool, &result),
                "{field} {date}: {result}"
            );
        }
        for date in [
            json!("1970-01-01"),
            json!("9999-12-31T23:59:59Z"),
            json!(0),
            json!(-1),
            json!("yesterday-ish"),
            json!("2026-13-01"),
            json!("2026-02-30"),
            json!("99999-01-01"),
            json!("-9999999999999999999"),
            json!("1e400"),
            json!("NaN"),
            json!("7 lightyears"),
            json!("99999999999999999999d"),
            json!("2026-01-01T25:00:00Z"),
            json!([2026, 1, 1]),
            json!({}),
            json!(true),
        ] {
            let result = mcp.call(tool, json!({ field: date })).await;
            verdict::refuses(tool, field, &result);
        }
    }
    mcp.close().await;
}

#[tokio::test]
async fn a_megabyte_of_body() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    for text in ["x".repeat(1_000_000), "\u{1f6b2}".repeat(250_000)] {
        let arguments = json!({ "conversation_id": CONVERSATION, "body": text });
        let result = mcp.call("send-message", arguments).await;
        let said = verdict::refuses("send-message", "body", &result);
        assert!(said.contains("maximum") && said.len() < 1000, "{said}");
        assert!(front.requests().await.is_empty());
        let arguments = json!({ "query": text });
        let result = mcp.call("list-conversations", arguments.clone()).await;
        let said = verdict::refuses("list-conversations", "query", &result);
        assert!(said.len() < 1000, "{said}");
        let result = mcp.call("get-contact", json!({ "contact": text })).await;
        let said = verdict::refuses("get-contact", "contact", &result);
        assert!(said.len() < 1000, "{said}");
        // Where the words are compared here, they may be any: nothing is like them.
        for tool in [
            "list-contacts",
            "list-tags",
            "list-inboxes",
            "list-teammates",
        ] {
            let result = mcp.call(tool, arguments.clone()).await;
            verdict::well_formed(tool, &result);
            assert!(verdict::text(&result).len() < 1000, "{result}");
        }
        front
            .ask(reqwest::Method::POST, "/_sandbox/reset", None)
            .await;
    }
    mcp.close().await;
}
