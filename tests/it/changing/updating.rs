//! `update-conversation`.

use front_mcp::sandbox::landmarks::{MERGED_CONVERSATION, MERGED_INTO};
use reqwest::Method;
use serde_json::{Value, json};

use super::{CONVERSATION, conversation, serving, written};
use crate::support::{front::Front, verdict};

const TOOL: &str = "update-conversation";

fn on(mut changes: Value) -> Value {
    changes["conversation_id"] = CONVERSATION.into();
    changes
}

#[tokio::test]
async fn everything_is_set_in_one_request_and_told_before_and_after() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let path = format!("/conversations/{CONVERSATION}");
    let known = json!({ "custom_fields": { "Order number": "LC-1" }, "assignee_id": null });
    front.ask(Method::PATCH, &path, Some(known)).await;
    let since = front.requests().await.len();
    let result = mcp
        .call(
            TOOL,
            on(json!({
                "assignee": "tove@larkspur-cycles.example",
                "status": "archived",
                "inbox": "workshop",
                "custom_fields": { "root cause": "Carrier" },
            })),
        )
        .await;
    let changed = verdict::good(TOOL, &result);
    assert_eq!(changed["assignee"]["after"]["name"], "Tove Lindqvist");
    assert_eq!(changed["assignee"].get("before"), None);
    assert_eq!(
        changed["status"],
        json!({ "before": "unassigned", "after": "archived" })
    );
    assert_eq!(changed["inbox"]["before"][0]["name"], "Support");
    assert_eq!(changed["inbox"]["after"]["name"], "Workshop");
    assert_eq!(
        changed["custom_fields"],
        json!([{ "name": "Root cause", "after": "Carrier" }])
    );
    assert_eq!(written(&front, since).await, [format!("PATCH {path}")]);
    let now = conversation(&front, CONVERSATION).await;
    assert_eq!(now["assignee"]["username"], "tove");
    assert_eq!(now["status"], "archived");
    // What was there stays there.
    assert_eq!(
        now["custom_fields"],
        json!({ "Order number": "LC-1", "Root cause": "Carrier" })
    );
    let inboxes = front
        .ask(Method::GET, &format!("{path}/inboxes"), None)
        .await;
    assert_eq!(inboxes["_results"][0]["name"], "Workshop");
    mcp.close().await;
}

#[tokio::test]
async fn what_is_so_already_is_not_written() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let wanted = on(json!({
        "assignee": "tove",
        "status": "open",
        "inbox": "Support",
        "custom_fields": { "Refund amount": 12.5, "Order number": null },
    }));
    verdict::good(TOOL, &mcp.call(TOOL, wanted.clone()).await);
    let since = front.requests().await.len();
    let again = mcp.call(TOOL, wanted).await;
    let output = verdict::good(TOOL, &again);
    assert_eq!(
        output,
        &json!({
            "conversation_id": CONVERSATION,
            "already": ["assignee", "status", "inbox", "custom_fields"],
        })
    );
    assert!(verdict::text(&again).contains("Nothing to change"));
    assert!(written(&front, since).await.is_empty());
    // One of several: the rest is not sent again.
    let result = mcp
        .call(
            TOOL,
            on(json!({ "assignee": "unassigned", "status": "open" })),
        )
        .await;
    let output = verdict::good(TOOL, &result);
    assert_eq!(output["already"], json!(["status"]));
    assert_eq!(output["assignee"]["before"]["name"], "Tove Lindqvist");
    let result = mcp
        .call(
            TOOL,
            on(json!({ "custom_fields": { "Refund amount": null } })),
        )
        .await;
    assert_eq!(
        verdict::good(TOOL, &result)["custom_fields"],
        json!([{ "name": "Refund amount", "before": 12.5 }])
    );
    let now = conversation(&front, CONVERSATION).await;
    assert_eq!(now["assignee"], Value::Null);
    assert_eq!(now["custom_fields"].get("Refund amount"), None);
    mcp.close().await;
}

#[tokio::test]
async fn the_words_for_the_trash_and_for_spam_are_fronts() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    for (status, at_front) in [
        ("trashed", "deleted"),
        ("open", "unassigned"),
        ("spam", "deleted"),
    ] {
        let wanted = on(json!({ "status": status, "assignee": "unassigned" }));
        verdict::good(TOOL, &mcp.call(TOOL, wanted).await);
        let now = conversation(&front, CONVERSATION).await;
        assert_eq!(now["status"], at_front, "{status}");
    }
    mcp.close().await;
}

#[tokio::test]
async fn ticket_statuses_are_named_where_ticketing_is_on() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let waiting = on(json!({ "ticket_status": "waiting for parts" }));
    let off = mcp.call(TOOL, waiting.clone()).await;
    let text = verdict::refuses(TOOL, "ticket_status", &off);
    assert!(text.contains("not enabled"), "{text}");
    front
        .ask(Method::POST, "/_sandbox/ticketing", Some(json!({})))
        .await;
    let result = mcp.call(TOOL, waiting.clone()).await;
    let changed = verdict::good(TOOL, &result);
    assert_eq!(changed["ticket_status"]["before"]["name"], "Open");
    assert_eq!(
        changed["ticket_status"]["after"]["name"],
        "Waiting for parts"
    );
    let now = conversation(&front, CONVERSATION).await;
    assert_eq!(now["status_id"], changed["ticket_status"]["after"]["id"]);
    assert_eq!(now["status_category"], "waiting");
    let again = mcp.call(TOOL, waiting).await;
    assert_eq!(
        verdict::good(TOOL, &again)["already"],
        json!(["ticket_status"])
    );
    for (changes, says) in [
        (json!({ "ticket_status": "Waitng" }), "Waiting"),
        (
            json!({ "ticket_status": "Resolved", "status": "open" }),
            "one of the two",
        ),
    ] {
        let result = mcp.call(TOOL, on(changes)).await;
        let text = verdict::refuses(TOOL, "ticket_status", &result);
        assert!(text.contains(says), "{text}");
    }
    mcp.close().await;
}

#[tokio::test]
async fn what_is_not_there_or_not_acceptable_changes_nothing() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let before = conversation(&front, CONVERSATION).await;
    let since = front.requests().await.len();
    for (changes, field, says) in [
        (json!({ "assignee": "Tovee" }), "assignee", "Tove Lindqvist"),
        (json!({ "inbox": "Suport" }), "inbox", "Support"),
        (
            json!({ "custom_fields": { "Root case": "x" } }),
            "custom_fields",
            "Root cause",
        ),
        (json!({ "status": "snoozed" }), "status", "archived"),
    ] {
        let result = mcp.call(TOOL, on(changes)).await;
        let text = verdict::refuses(TOOL, field, &result);
        assert!(text.contains(says), "{text}");
    }
    let nothing = mcp.call(TOOL, on(json!({}))).await;
    assert!(verdict::text(&nothing).contains("nothing to change is named"));
    assert!(written(&front, since).await.is_empty());
    // Front's own judgement is quoted.
    let wrong = on(json!({ "custom_fields": { "Root cause": "Weather" } }));
    let result = mcp.call(TOOL, wrong).await;
    assert_eq!(verdict::bad(TOOL, &result)["code"], "rejected");
    assert!(verdict::text(&result).contains("Picking"), "{result}");
    assert_eq!(conversation(&front, CONVERSATION).await, before);
    mcp.close().await;
}

#[tokio::test]
async fn a_merged_conversation_is_left_alone_and_named() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    for (tool, arguments) in [
        (
            TOOL,
            json!({ "conversation_id": MERGED_CONVERSATION, "status": "archived" }),
        ),
        (
            "add-comment",
            json!({ "conversation_id": MERGED_CONVERSATION, "body": "x" }),
        ),
        (
            "snooze-conversation",
            json!({ "conversation_id": MERGED_CONVERSATION, "until": "2d", "teammate": "tove" }),
        ),
    ] {
        let before = conversation(&front, MERGED_INTO).await;
        let result = mcp.call(tool, arguments).await;
        assert_eq!(verdict::bad(tool, &result)["code"], "merged");
        let text = verdict::text(&result);
        assert!(
            text.contains(MERGED_INTO) && text.contains("nothing was changed"),
            "{text}"
        );
        assert_eq!(conversation(&front, MERGED_INTO).await, before);
    }
    mcp.close().await;
}
