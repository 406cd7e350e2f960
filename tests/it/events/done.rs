//! What tools do to conversations shows as events: each once, with what and by whom.

use front_mcp::sandbox::landmarks::{
    DRAFTED_CONVERSATION, SUPPORT_INBOX, SUPPORT_TEAMMATE, URGENT_CONVERSATION,
};
use reqwest::Method;
use serde_json::{Value, json};

use super::{ids, list, serving};
use crate::support::{front::Front, mcp::Mcp, verdict};

/// A second behind everything in the seed: the sandbox's day starts at nine.
const SINCE: &str = "2026-03-18T08:59:59Z";

async fn make(mcp: &mut Mcp, tool: &str, arguments: Value) -> Value {
    let result = mcp.call(tool, arguments).await;
    verdict::good(tool, &result).clone()
}

/// Type, by what or whom, and with what or for whom, newest first.
fn said(events: &Value) -> Vec<(String, String, String)> {
    let end = |end: &Value| {
        let name = &end["teammate"]["name"];
        let words = [name, &end["text"], &end["kind"]];
        let word = words.iter().find_map(|word| word.as_str());
        word.unwrap_or_default().to_owned()
    };
    let events = events.as_array().unwrap().iter();
    events
        .map(|one| {
            let kind = one["type"].as_str().unwrap().to_owned();
            (kind, end(&one["by"]), end(&one["target"]))
        })
        .collect()
}

/// Opens the urgent conversation and its neighbour, so that what follows changes something.
async fn prepared() -> (Front, Mcp) {
    let front = Front::start().await;
    for conversation in [URGENT_CONVERSATION, DRAFTED_CONVERSATION] {
        let path = format!("/conversations/{conversation}");
        let body = json!({ "status": "open", "assignee_id": null, "tag_ids": [], "inbox_id": SUPPORT_INBOX });
        front.ask(Method::PATCH, &path, Some(body)).await;
    }
    let mcp = serving(&front).await;
    (front, mcp)
}

/// The newest events, which the changes of the test come after.
async fn newest(front: &Front) -> Vec<String> {
    let page = front.ask(Method::GET, "/events", None).await;
    ids(&page["_results"])
}

/// The events that were not there before.
async fn new(mcp: &mut Mcp, old: &[String], mut arguments: Value) -> Value {
    arguments["since"] = json!(SINCE);
    let mut found = list(mcp, arguments).await["events"].clone();
    let rows = found.as_array_mut().unwrap();
    rows.retain(|one| !old.iter().any(|id| one["id"] == *id));
    found
}

#[tokio::test]
async fn what_the_tools_did_shows_once_with_what_and_who() {
    let (front, mut mcp) = prepared().await;
    let old = newest(&front).await;
    let urgent = URGENT_CONVERSATION;
    let change = json!({
        "conversation_id": urgent,
        "assignee": "tove",
        "inbox": "Workshop",
        "custom_fields": { "Order number": "LC-70112" },
    });
    make(&mut mcp, "update-conversation", change.clone()).await;
    // A second time changes nothing, and is no event.
    make(&mut mcp, "update-conversation", change).await;
    let tags = json!({ "conversation_id": urgent, "tags": ["VIP"] });
    for tool in ["add-tag", "add-tag", "remove-tag"] {
        make(&mut mcp, tool, tags.clone()).await;
    }
    let snooze = json!({ "conversation_id": urgent, "until": "2d" });
    make(&mut mcp, "snooze-conversation", snooze).await;
    let cancel = json!({ "conversation_id": urgent, "cancel": true });
    make(&mut mcp, "snooze-conversation", cancel).await;
    let bulk = json!({ "change": "archive", "conversation_ids": [urgent, DRAFTED_CONVERSATION] });
    let shown = make(&mut mcp, "bulk-update", bulk).await;
    make(
        &mut mcp,
        "bulk-update",
        json!({ "handle": shown["handle"] }),
    )
    .await;
    let comment = json!({ "conversation_id": urgent, "body": "Could you look?", "mentions": ["marin"], "author": "tove" });
    make(&mut mcp, "add-comment", comment).await;
    let found = new(&mut mcp, &old, json!({})).await;
    let said = said(&found);
    let tove = "Tove Lindqvist";
    let wanted = [
        ("mention", tove, "look?"),
        ("comment", tove, "look?"),
        ("archive", "api", ""),
        ("archive", "api", ""),
        ("reopen", "api", ""),
        ("archive", "reminder", ""),
        ("untag", "api", "VIP"),
        ("tag", "api", "VIP"),
        ("custom_field_updated", "api", "Order number"),
        ("assign", "api", tove),
        ("move", "api", "Workshop"),
    ];
    assert_eq!(said.len(), wanted.len(), "{said:#?}");
    for ((kind, by, target), wanted) in said.iter().zip(wanted) {
        let is_so = target == wanted.2 || (wanted.2 == "look?" && target.contains(wanted.2));
        assert!(
            kind == wanted.0 && by.starts_with(wanted.1) && is_so,
            "{wanted:?}: {said:#?}"
        );
    }
    // Each is also one of its conversation's, and found again by its id.
    let there = list(&mut mcp, json!({ "conversation_id": urgent, "limit": 100 })).await;
    let (there, every) = (ids(&there["events"]), ids(&found));
    assert_eq!(every.iter().filter(|id| there.contains(id)).count(), 10);
    for row in found.as_array().unwrap() {
        let one = make(&mut mcp, "get-event", json!({ "event_id": row["id"] })).await;
        assert_eq!(one["event"]["type"], row["type"]);
        assert_eq!(one["event"]["by"], row["by"]);
    }
    mcp.close().await;
}

#[tokio::test]
async fn types_and_inboxes_are_filtered_by_front() {
    let (front, mut mcp) = prepared().await;
    let old = newest(&front).await;
    let drafted = json!({ "conversation_id": DRAFTED_CONVERSATION, "tags": ["VIP"] });
    make(&mut mcp, "add-tag", drafted).await;
    let moved =
        json!({ "conversation_id": URGENT_CONVERSATION, "inbox": "Workshop", "assignee": "marin" });
    make(&mut mcp, "update-conversation", moved).await;
    let asked = json!({ "types": ["assigned", "tagged"], "inboxes": ["Workshop"] });
    let found = new(&mut mcp, &old, asked).await;
    let found = found.as_array().unwrap();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0]["type"], "assign");
    assert_eq!(found[0]["target"]["teammate"]["id"], SUPPORT_TEAMMATE);
    assert_eq!(found[0]["conversation"]["id"], URGENT_CONVERSATION);
    let tagged = new(&mut mcp, &old, json!({ "types": ["tagged"] })).await;
    assert_eq!(said(&tagged).len(), 1, "{tagged:#?}");
    assert_eq!(tagged[0]["conversation"]["id"], DRAFTED_CONVERSATION);
    let journal = front.ask(Method::GET, "/_sandbox/requests", None).await;
    let requests = journal["requests"].as_array().unwrap();
    let queries: Vec<_> = requests
        .iter()
        .filter(|one| one["path"] == "/events")
        .filter_map(|one| one["query"].as_str())
        .map(|query| query.replace("%5B", "[").replace("%5D", "]"))
        .collect();
    let is_asked = |parts: &[&str]| {
        queries
            .iter()
            .any(|query| parts.iter().all(|part| query.contains(part)))
    };
    let parts = [
        "q[types]=assign",
        "q[types]=tag",
        "q[inboxes]=inb_1wor",
        "q[after]=1773824399",
        "limit=15",
    ];
    assert!(is_asked(&parts), "{queries:#?}");
    assert!(
        !queries.iter().any(|query| query.contains("limit=16")),
        "{queries:#?}"
    );
    mcp.close().await;
}

#[tokio::test]
async fn a_sentence_tells_an_event() {
    let (_front, mut mcp) = prepared().await;
    let change = json!({ "conversation_id": URGENT_CONVERSATION, "assignee": "tove" });
    make(&mut mcp, "update-conversation", change).await;
    let asked = json!({ "types": ["assigned"], "limit": 1 });
    let result = mcp.call("list-events", asked).await;
    let text = verdict::text(&result);
    assert!(
        text.contains("assign by api: «Tove Lindqvist") && text.contains("; in cnv_1urgent «"),
        "{text}"
    );
    mcp.close().await;
}
