//! A list that never ends must not keep a call for ever.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;

use super::SHORT;
use crate::support::{
    mcp::{Era, Mcp, server},
    scripted::{self, Scripted},
    verdict,
};

#[tokio::test]
async fn every_page_has_another() {
    let pages = AtomicUsize::new(0);
    let front = Scripted::start(move |request| {
        let page = pages.fetch_add(1, Ordering::Relaxed);
        let path = request.target.split('?').next().unwrap_or_default();
        let next = format!("http://127.0.0.1:9{path}?page_token=p{page}");
        scripted::json(
            200,
            &json!({ "_results": [], "_pagination": { "next": next } }).to_string(),
        )
    })
    .await;
    let mut mcp = Mcp::start(server(&front.base(), SHORT), Era::Handshake).await;
    for tool in [
        "list-tags",
        "list-inboxes",
        "list-teammates",
        "list-conversations",
        "list-contacts",
    ] {
        let before = front.connections();
        let result = mcp.call(tool, json!({})).await;
        verdict::well_formed(tool, &result);
        let asked = front.connections() - before;
        assert!(asked <= 200, "{tool} asked {asked} times");
    }
    mcp.close().await;
}
