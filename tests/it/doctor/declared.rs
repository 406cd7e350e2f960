//! What a tool asks of Front is what it declares: the doctor tells by it what will not work.

use std::collections::{BTreeMap, BTreeSet};

use front_mcp::{
    front::{Method, Operation, path::RoutePath},
    sandbox::landmarks::{ATTACHMENT_MESSAGE, DRAFTED_CONVERSATION, TABLE, URGENT_CONVERSATION},
    tools::catalog::CATALOG,
};
use serde_json::{Value, json};

use crate::support::{
    front::Front,
    mcp::{ALL, Era, Mcp},
};

/// Each tool by several of its ways. The tool of raw requests declares nothing: it asks what it is
/// told.
pub fn calls() -> Vec<(&'static str, Value)> {
    let urgent = URGENT_CONVERSATION;
    vec![
        ("list-inboxes", json!({})),
        ("list-tags", json!({})),
        ("list-teammates", json!({})),
        ("list-teams", json!({})),
        ("list-channels", json!({})),
        ("whoami", json!({})),
        (
            "list-drafts",
            json!({ "conversation_id": DRAFTED_CONVERSATION }),
        ),
        ("search-api", json!({ "query": "snooze" })),
        (
            "list-conversations",
            json!({ "limit": 2, "include": ["preview"] }),
        ),
        (
            "list-conversations",
            json!({ "inboxes": ["Support", "Orders & Returns"] }),
        ),
        ("list-conversations", json!({ "tag": "Urgent" })),
        (
            "list-conversations",
            json!({ "assignee": "marin", "limit": 2 }),
        ),
        (
            "list-conversations",
            json!({ "query": "refund", "after": "7d" }),
        ),
        (
            "get-conversation",
            json!({ "conversation_id": urgent, "detail": "full" }),
        ),
        (
            "get-conversation",
            json!({
                "conversation_id": DRAFTED_CONVERSATION,
                "include": ["messages", "comments", "drafts"],
            }),
        ),
        (
            "search-conversations",
            json!({ "inboxes": ["Support", "inb_1ord"], "tags": ["Urgent"], "participants": ["marin"] }),
        ),
        (
            "get-message",
            json!({ "message_id": ATTACHMENT_MESSAGE, "include": ["headers"], "source": true }),
        ),
        ("get-attachment", json!({ "attachment_id": TABLE })),
        (
            "get-attachment",
            json!({ "attachment_id": TABLE, "message_id": ATTACHMENT_MESSAGE }),
        ),
        ("list-contacts", json!({ "limit": 2 })),
        (
            "get-contact",
            json!({ "contact": "beatrix.dunmore@postbox.example" }),
        ),
        (
            "create-contact",
            json!({ "handles": [{ "source": "email", "handle": "jo@inkwell.example" }] }),
        ),
        (
            "add-tag",
            json!({ "conversation_id": urgent, "tags": ["Urgent"] }),
        ),
        (
            "remove-tag",
            json!({ "conversation_id": urgent, "tags": ["Urgent"] }),
        ),
        (
            "send-message",
            json!({ "conversation_id": urgent, "body": "Soon.", "tags": ["Urgent"] }),
        ),
    ]
}

/// The operations that were asked for since so many requests.
async fn asked(front: &Front, since: usize) -> BTreeSet<&'static str> {
    let requests = front.requests().await;
    let operation = |request: &String| {
        let (method, path) = request.split_once(' ').unwrap();
        // A search stands in its path as it is written in an address.
        let path = RoutePath::parse(&path.replace('%', "-")).unwrap();
        Operation::find(Method::parse(method).unwrap(), &path)
            .unwrap()
            .id
    };
    requests.iter().skip(since).map(operation).collect()
}

#[tokio::test]
async fn a_tool_asks_for_nothing_that_it_does_not_declare() {
    let front = Front::start().await;
    let mut all: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (tool, arguments) in calls() {
        // Another server each time: what one has read it does not ask for again.
        let mut mcp = Mcp::serving(&front, Era::PerRequest, &ALL).await;
        let since = front.requests().await.len();
        let result = mcp.call(tool, arguments.clone()).await;
        assert_ne!(result["isError"], true, "{tool} {arguments}: {result}");
        all.entry(tool)
            .or_default()
            .extend(asked(&front, since).await);
        if tool == "send-message" {
            let envelope = json!({ "envelope_id": result["structuredContent"]["envelope_id"] });
            for next in ["confirm-send", "check-send"] {
                let since = front.requests().await.len();
                mcp.call(next, envelope.clone()).await;
                all.entry(next)
                    .or_default()
                    .extend(asked(&front, since).await);
            }
        }
        mcp.close().await;
    }
    for entry in CATALOG {
        let name = entry.spec.name;
        if name == "raw-api-request" {
            continue;
        }
        let asked = all
            .get(name)
            .unwrap_or_else(|| panic!("{name} was not called"));
        for id in asked {
            let is_declared = entry.needs.contains(id) || entry.uses.contains(id);
            assert!(is_declared, "{name} asks for {id} and does not declare it");
        }
        for id in entry.needs {
            assert!(
                asked.contains(id),
                "{name} needs {id} and did not ask for it"
            );
        }
    }
}
