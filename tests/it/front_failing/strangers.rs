//! Front points at another host: no request ever goes there, with the token or without.

use serde_json::json;

use super::{SHORT, check, probes::PROBES};
use crate::support::{
    front::Front,
    mcp::{Era, Mcp, server},
    scripted::{self, Scripted},
    verdict,
};

#[tokio::test]
async fn redirects_to_a_stranger() {
    let stranger = Scripted::stranger().await;
    let front = Front::start().await;
    let mut mcp = Mcp::serving(&front, Era::Handshake, SHORT).await;
    // A place, the same path elsewhere, and an address that looks like a merged conversation's.
    for path in ["/collect", "/me", "/conversations/cnv_1other"] {
        for probe in PROBES {
            let arguments = probe.prepare(&front, &mut mcp).await;
            let value = format!("{}{path}", stranger.base());
            front
                .fault(json!({ "kind": "redirect", "value": value }))
                .await;
            let result = mcp.call(probe.tool, arguments).await;
            front.heal().await;
            check(probe, &json!(value), &result);
        }
    }
    mcp.close().await;
    assert_eq!(stranger.connections(), 0);
}

#[tokio::test]
async fn every_kind_of_redirect() {
    let stranger = Scripted::stranger().await;
    let base = stranger.base();
    let host = base.strip_prefix("http://").unwrap().to_owned();
    for status in [300, 301, 302, 303, 307, 308] {
        for location in [
            base.clone(),
            format!("//{host}/me"),
            format!("{base}/conversations/cnv_2"),
        ] {
            let front = Scripted::start(move |_| {
                scripted::with_headers(status, &format!("location: {location}\r\n"), "")
            })
            .await;
            let mut mcp = Mcp::start(server(&front.base(), SHORT), Era::PerRequest).await;
            for (tool, arguments) in [
                ("list-inboxes", json!({})),
                ("get-conversation", json!({ "conversation_id": "cnv_1" })),
                (
                    "add-tag",
                    json!({ "conversation_id": "cnv_1", "tags": ["tag_1"] }),
                ),
                (
                    "raw-api-request",
                    json!({ "method": "DELETE", "path": "/conversations/cnv_1/tags", "body": {} }),
                ),
            ] {
                let result = mcp.call(tool, arguments).await;
                verdict::bad(tool, &result);
            }
            mcp.close().await;
        }
    }
    assert_eq!(stranger.connections(), 0);
}

#[tokio::test]
async fn a_next_page_at_a_stranger() {
    let stranger = Scripted::stranger().await;
    let evil = stranger.base();
    let front = Scripted::start(move |request| {
        let id = match request.target.split('?').next().unwrap_or_default() {
            "/contacts" => "crd_1",
            "/inboxes" => "inb_1",
            "/tags" => "tag_1",
            "/teammates" => "tea_1",
            _ => "cnv_1",
        };
        let pagination = json!({ "next": format!("{evil}/steal?page_token=x&limit=1") });
        let page = json!({ "_results": [{ "id": id }], "_pagination": pagination });
        scripted::json(200, &page.to_string())
    })
    .await;
    let mut mcp = Mcp::start(server(&front.base(), SHORT), Era::Handshake).await;
    for tool in [
        "list-inboxes",
        "list-tags",
        "list-teammates",
        "list-contacts",
        "list-conversations",
    ] {
        let result = mcp.call(tool, json!({})).await;
        verdict::well_formed(tool, &result);
        let Some(cursor) = result["structuredContent"]["next_cursor"].as_str() else {
            continue;
        };
        let result = mcp.call(tool, json!({ "cursor": cursor })).await;
        verdict::well_formed(tool, &result);
    }
    mcp.close().await;
    assert_eq!(stranger.connections(), 0);
    // The pages were asked for, at the one host that may see the token.
    let seen = front.seen();
    assert!(
        seen.iter().any(|one| one.target.contains("page_token=x")),
        "{seen:?}"
    );
}
