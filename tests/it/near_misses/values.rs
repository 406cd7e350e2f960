//! Values in other forms: lists, numbers, choices, times.

use front_mcp::sandbox::landmarks::URGENT_MESSAGE;
use serde_json::json;

use super::{CONVERSATION, corrected, judge, understood};

#[tokio::test]
async fn lists_and_objects() {
    let list = |given, as_if| understood("list-conversations", given, as_if);
    judge(vec![
        list(
            json!({ "inboxes": "Support" }),
            json!({ "inboxes": ["Support"] }),
        ),
        list(
            json!({ "statuses": "open, archived" }),
            json!({ "statuses": ["open", "archived"] }),
        ),
        list(
            json!({ "statuses": "[\"open\"]" }),
            json!({ "statuses": ["open"] }),
        ),
        list(json!({ "tag": ["VIP"] }), json!({ "tag": "VIP" })),
        corrected(
            "list-conversations",
            json!({ "inboxes": "Support, Workshop" }),
            json!({ "inboxes": ["Support", "Workshop"] }),
        ),
        corrected(
            "add-tag",
            json!({ "conversation_id": CONVERSATION, "tags": "Urgent, VIP" }),
            json!({ "conversation_id": CONVERSATION, "tags": ["Urgent", "VIP"] }),
        ),
        corrected(
            "create-contact",
            json!({ "handle": "new@acme.example" }),
            json!({ "handles": [{ "source": "email", "handle": "new@acme.example" }] }),
        ),
    ])
    .await;
}

#[tokio::test]
async fn numbers_switches_and_choices() {
    let list = |given, as_if| understood("list-conversations", given, as_if);
    let better = |given, right| corrected("list-conversations", given, right);
    let message = |source| json!({ "message_id": URGENT_MESSAGE, "source": source });
    judge(vec![
        list(json!({ "limit": "5" }), json!({ "limit": 5 })),
        list(
            json!({ "statuses": ["Open"] }),
            json!({ "statuses": ["open"] }),
        ),
        list(
            json!({ "assignee": "UNASSIGNED" }),
            json!({ "assignee": "unassigned" }),
        ),
        list(json!({ "detail": "FULL" }), json!({ "detail": "full" })),
        understood("get-message", message(json!("yes")), message(json!(true))),
        understood("get-message", message(json!("1")), message(json!(true))),
        understood(
            "get-message",
            message(json!("False")),
            message(json!(false)),
        ),
        better(json!({ "limit": 500 }), json!({ "limit": 100 })),
        better(json!({ "limit": "1000" }), json!({ "limit": 100 })),
        better(
            json!({ "statuses": "closed" }),
            json!({ "statuses": ["archived"] }),
        ),
        better(
            json!({ "statuses": ["open", "deleted"] }),
            json!({ "statuses": ["open", "trashed"] }),
        ),
        better(json!({ "detail": "verbose" }), json!({ "detail": "full" })),
        corrected(
            "get-conversation",
            json!({ "conversation_id": CONVERSATION, "include": "drafts, comment" }),
            json!({ "conversation_id": CONVERSATION, "include": ["drafts", "comments"] }),
        ),
    ])
    .await;
}

#[tokio::test]
async fn times() {
    let list = |given, as_if| {
        understood(
            "list-contacts",
            json!({ "updated_after": given }),
            json!({ "updated_after": as_if }),
        )
    };
    let better = |given, right: &str| {
        corrected(
            "list-contacts",
            json!({ "updated_after": given }),
            json!({ "updated_after": right }),
        )
    };
    judge(vec![
        list(json!("2026/03/01"), json!("2026-03-01")),
        list(json!("March 1, 2026"), json!("2026-03-01")),
        list(json!("1 March 2026"), json!("2026-03-01")),
        list(json!("300 days ago"), json!("300d")),
        list(json!("40 weeks"), json!("40w")),
        list(json!("last 7000 hours"), json!("7000h")),
        list(json!("400000 minutes"), json!("400000m")),
        better(json!("last week"), "7d"),
        better(json!("a month ago"), "30d"),
        better(json!(1_772_323_200_000_i64), "1772323200"),
        better(json!("1772323200000"), "1772323200"),
        understood(
            "list-contacts",
            json!({ "updated_before": "yesterday" }),
            json!({ "updated_before": "1d" }),
        ),
        corrected(
            "list-conversations",
            json!({ "statuses": "closed, open" }),
            json!({ "statuses": ["archived", "open"] }),
        ),
    ])
    .await;
}
