//! What everyday jobs cost of the company's request budget, so that a rise is seen.

use front_mcp::sandbox::landmarks;
use serde_json::{Value, json};

use crate::support::{
    front::Front,
    mcp::{Era, Mcp},
    verdict,
};

/// Jobs, the most requests that each may make, and the most when repeated within a minute.
fn jobs() -> Vec<(&'static str, &'static str, Value, usize, usize)> {
    let triage = json!({
        "inboxes": ["Support", "Orders & Returns"], "limit": 25, "include": ["preview"]
    });
    vec![
        (
            "triage two named inboxes with previews",
            "list-conversations",
            triage,
            28,
            27,
        ),
        (
            "unassigned in an inbox",
            "list-conversations",
            json!({ "inboxes": ["Support"], "assignee": "unassigned" }),
            2,
            1,
        ),
        (
            "what Marin has",
            "list-conversations",
            json!({ "assignee": "marin" }),
            2,
            1,
        ),
        (
            "words in a week",
            "list-conversations",
            json!({ "query": "refund", "after": "7d" }),
            1,
            1,
        ),
        (
            "a search by names",
            "search-conversations",
            json!({
                "text": "refund", "inboxes": ["Support"], "tags": ["Urgent"],
                "participants": ["marin", "jo@acme.example"], "after": "7d",
            }),
            4,
            1,
        ),
        (
            "a search in two inboxes",
            "search-conversations",
            json!({ "is": ["waiting"], "inboxes": ["Support", "Orders & Returns"] }),
            3,
            2,
        ),
        (
            "read a conversation",
            "get-conversation",
            json!({ "conversation_id": "cnv_1urgent" }),
            3,
            3,
        ),
        (
            "read a long thread",
            "get-conversation",
            json!({ "conversation_id": "cnv_1thread", "limit": 50 }),
            3,
            3,
        ),
        (
            "read a message with its headers and source",
            "get-message",
            json!({ "message_id": "msg_1urgenta", "include": ["headers"], "source": true }),
            2,
            2,
        ),
        (
            "read a table on a message",
            "get-attachment",
            json!({ "attachment_id": landmarks::TABLE, "message_id": landmarks::ATTACHMENT_MESSAGE }),
            2,
            2,
        ),
        (
            "tag by name",
            "add-tag",
            json!({ "conversation_id": "cnv_1urgent", "tags": ["Urgent"] }),
            2,
            1,
        ),
        (
            "somebody's contact",
            "get-contact",
            json!({ "contact": "beatrix.dunmore@postbox.example" }),
            1,
            1,
        ),
        ("all teammates", "list-teammates", json!({}), 1, 0),
        ("all teams", "list-teams", json!({}), 1, 0),
        (
            "the channels of an inbox",
            "list-channels",
            json!({ "inbox": "Support" }),
            2,
            0,
        ),
        ("whose server this is", "whoami", json!({}), 1, 1),
        (
            "what is drafted",
            "list-drafts",
            json!({ "conversation_id": landmarks::DRAFTED_CONVERSATION }),
            1,
            1,
        ),
        (
            "prepare an answer",
            "send-message",
            json!({ "conversation_id": "cnv_1urgent", "body": "We are on it." }),
            2,
            1,
        ),
    ]
}

#[tokio::test]
async fn jobs_cost_no_more_than_they_did() {
    for (name, tool, arguments, first, repeated) in jobs() {
        let front = Front::start().await;
        let mut mcp = Mcp::serving(&front, Era::PerRequest, &["--send=confirm"]).await;
        let mut costs = Vec::new();
        for _ in 0..2 {
            let before = front.requests().await.len();
            let result = mcp.call(tool, arguments.clone()).await;
            verdict::good(tool, &result);
            costs.push(front.requests().await.len() - before);
        }
        println!("{name}: {} requests, {} when repeated", costs[0], costs[1]);
        assert!(
            costs[0] <= first && costs[1] <= repeated,
            "{name}: {costs:?}"
        );
        mcp.close().await;
    }
}

/// What is on the conversation is read, and nothing else: its tags need not be looked up.
#[tokio::test]
async fn taking_a_tag_off_by_name_is_two_requests() {
    let front = Front::start().await;
    let mut mcp = Mcp::serving(&front, Era::PerRequest, &[]).await;
    let arguments = json!({ "conversation_id": "cnv_1urgent", "tags": ["Urgent"] });
    let added = mcp.call("add-tag", arguments.clone()).await;
    verdict::good("add-tag", &added);
    let before = front.requests().await.len();
    let removed = mcp.call("remove-tag", arguments).await;
    verdict::good("remove-tag", &removed);
    assert_eq!(front.requests().await.len() - before, 2);
    mcp.close().await;
}

/// A triage view has preview, inbox and assignee in each row.
#[tokio::test]
async fn a_triage_view_lacks_nothing() {
    let front = Front::start().await;
    let mut mcp = Mcp::serving(&front, Era::Handshake, &[]).await;
    let (_, tool, arguments, ..) = jobs().remove(0);
    let result = mcp.call(tool, arguments).await;
    let rows = verdict::good(tool, &result)["conversations"]
        .as_array()
        .unwrap();
    assert_eq!(rows.len(), 25);
    for row in rows {
        assert!(row["inbox"]["name"].is_string(), "{row}");
        // A discussion has no message to preview.
        let is_discussion = row["id"] == landmarks::DISCUSSION;
        assert!(is_discussion || row["preview"]["text"].is_string(), "{row}");
        let is_assigned = row["status"] == "assigned";
        assert!(!is_assigned || row["assignee"]["name"].is_string(), "{row}");
    }
    mcp.close().await;
}
