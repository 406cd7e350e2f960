//! A call that its host cancels asks Front nothing more, and is not answered.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::sleep;

use super::{asked, serving};
use crate::support::{
    front::Front,
    mcp::{Era, Mcp},
};

async fn cancel(mcp: &mut Mcp, id: i64) {
    mcp.send(&json!({
        "jsonrpc": "2.0",
        "method": "notifications/cancelled",
        "params": { "requestId": id, "reason": "the user pressed Escape" },
    }))
    .await;
}

async fn reached(front: &Front, count: usize) {
    for _ in 0..400 {
        if front.requests().await.len() >= count {
            return;
        }
        sleep(Duration::from_millis(10)).await;
    }
    panic!("{:?}", front.requests().await);
}

#[tokio::test]
async fn nothing_more_is_asked_and_nothing_answered() {
    for era in Era::BOTH {
        let front = Front::start().await;
        let mut mcp = serving(&front, era).await;
        // Every answer takes a second: the call is cancelled in its first request of many.
        front.fault(json!({ "kind": "hang", "value": 1 })).await;
        let arguments =
            json!({ "inboxes": ["Support", "Orders & Returns"], "include": ["preview"] });
        let id = mcp.post_call("list-conversations", arguments).await;
        reached(&front, 1).await;
        cancel(&mut mcp, id).await;
        let read = json!({ "uri": "front://tags" });
        let read = mcp.post("resources/read", read).await;
        reached(&front, 2).await;
        cancel(&mut mcp, read).await;
        sleep(Duration::from_millis(100)).await;
        let asked_of_front = front.requests().await;
        sleep(Duration::from_millis(1500)).await;
        assert_eq!(front.requests().await, asked_of_front);
        front.heal().await;
        mcp.still_serves().await;
        let result = mcp.call("list-tags", json!({})).await;
        assert_eq!(result["isError"], false, "{result}");
        assert_eq!(mcp.unasked(), Vec::<Value>::new());
        mcp.close().await;
    }
}

#[tokio::test]
async fn a_call_that_waits_for_the_budget_leaves_the_queue() {
    for era in Era::BOTH {
        let front = Front::start().await;
        let mut mcp = serving(&front, era).await;
        let fault = json!({ "kind": "status", "value": 429, "retry_after": 4, "times": 1 });
        front.fault(fault).await;
        let raw = |path: &str| json!({ "method": "GET", "path": path });
        let first = mcp.post_call("raw-api-request", raw("/me")).await;
        reached(&front, 1).await;
        sleep(Duration::from_millis(200)).await;
        // Both wait until Front takes requests again; one of them is cancelled.
        let waiting = mcp.post_call("raw-api-request", raw("/tags")).await;
        let patient = mcp.post_call("raw-api-request", raw("/teams")).await;
        sleep(Duration::from_millis(200)).await;
        assert_eq!(front.requests().await.len(), 1, "they do not wait");
        cancel(&mut mcp, waiting).await;
        assert_eq!(mcp.result(patient).await["isError"], false);
        mcp.answer(first).await;
        sleep(Duration::from_millis(500)).await;
        let requests = front.requests().await;
        assert!(requests.contains(&"GET /teams".to_owned()), "{requests:?}");
        assert!(!requests.contains(&"GET /tags".to_owned()), "{requests:?}");
        assert_eq!(mcp.unasked(), Vec::<Value>::new());
        mcp.close().await;
    }
}

#[tokio::test]
async fn what_cannot_be_cancelled_is_ignored() {
    let front = Front::start().await;
    for era in Era::BOTH {
        let mut mcp = serving(&front, era).await;
        let id = mcp.post("tools/list", json!({})).await;
        mcp.answer(id).await;
        cancel(&mut mcp, id).await;
        cancel(&mut mcp, 4711).await;
        mcp.send(&json!({ "jsonrpc": "2.0", "method": "notifications/cancelled", "params": {} }))
            .await;
        asked(&mut mcp, "prompts/list", json!({})).await;
        assert_eq!(mcp.unasked(), Vec::<Value>::new());
        mcp.close().await;
    }
}
