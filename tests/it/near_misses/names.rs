//! Arguments under other names.

use front_mcp::sandbox::landmarks::{
    SUPPORT_INBOX, SUPPORT_TEAMMATE, TABLE, URGENT_MESSAGE, URGENT_TAG,
};
use serde_json::json;

use super::{CONVERSATION, corrected, judge};

#[tokio::test]
async fn of_what_is_read() {
    let conversation = || json!({ "conversation_id": CONVERSATION });
    let mut rows = Vec::new();
    for name in [
        "conversationId",
        "id",
        "conversation",
        "conversation-id",
        "thread_id",
        "Conversation_ID",
    ] {
        rows.push(corrected(
            "get-conversation",
            json!({ name: CONVERSATION }),
            conversation(),
        ));
    }
    rows.push(corrected(
        "list-drafts",
        json!({ "convId": CONVERSATION }),
        conversation(),
    ));
    let message = json!({ "message_id": URGENT_MESSAGE });
    rows.push(corrected(
        "get-message",
        json!({ "id": URGENT_MESSAGE }),
        message,
    ));
    let file = json!({ "attachment_id": TABLE });
    rows.push(corrected(
        "get-attachment",
        json!({ "file_id": TABLE }),
        file,
    ));
    for name in ["email", "contact_id", "id", "emailAddress"] {
        let right = json!({ "contact": super::CUSTOMER });
        rows.push(corrected(
            "get-contact",
            json!({ name: super::CUSTOMER }),
            right,
        ));
    }
    judge(rows).await;
}

#[tokio::test]
async fn of_lists() {
    let list = |given, right| corrected("list-conversations", given, right);
    let mut rows = vec![
        list(
            json!({ "inbox": "Support" }),
            json!({ "inboxes": ["Support"] }),
        ),
        list(
            json!({ "inbox_id": SUPPORT_INBOX }),
            json!({ "inboxes": [SUPPORT_INBOX] }),
        ),
        list(
            json!({ "inboxIds": [SUPPORT_INBOX] }),
            json!({ "inboxes": [SUPPORT_INBOX] }),
        ),
        list(
            json!({ "mailbox": "Support" }),
            json!({ "inboxes": ["Support"] }),
        ),
        list(json!({ "tags": ["VIP"] }), json!({ "tag": "VIP" })),
        list(json!({ "tag_name": "VIP" }), json!({ "tag": "VIP" })),
        list(json!({ "label": "VIP" }), json!({ "tag": "VIP" })),
        list(
            json!({ "assignee_id": SUPPORT_TEAMMATE }),
            json!({ "assignee": SUPPORT_TEAMMATE }),
        ),
        list(
            json!({ "assignedTo": "Marin Okonkwo" }),
            json!({ "assignee": "Marin Okonkwo" }),
        ),
        list(json!({ "status": "open" }), json!({ "statuses": ["open"] })),
        list(
            json!({ "state": "archived" }),
            json!({ "statuses": ["archived"] }),
        ),
        list(json!({ "since": "7d" }), json!({ "after": "7d" })),
        list(
            json!({ "until": "2026-03-01" }),
            json!({ "before": "2026-03-01" }),
        ),
        list(json!({ "q": "refund" }), json!({ "query": "refund" })),
        list(json!({ "search": "refund" }), json!({ "query": "refund" })),
        list(json!({ "limt": 5 }), json!({ "limit": 5 })),
        list(json!({ "verbose": true }), json!({ "detail": "full" })),
        list(
            json!({ "inbox": "Support", "status": "closed", "pageSize": 500 }),
            json!({ "inboxes": ["Support"], "statuses": ["archived"], "limit": 100 }),
        ),
        corrected(
            "search-conversations",
            json!({ "query": "refund" }),
            json!({ "text": "refund" }),
        ),
        corrected(
            "search-conversations",
            json!({ "email": "jo@acme.example" }),
            json!({ "participants": ["jo@acme.example"] }),
        ),
        corrected(
            "search-conversations",
            json!({ "statuses": ["open"], "text": "refund" }),
            json!({ "is": ["open"], "text": "refund" }),
        ),
        corrected(
            "list-contacts",
            json!({ "since": "7d" }),
            json!({ "updated_after": "7d" }),
        ),
        corrected(
            "list-channels",
            json!({ "inboxId": SUPPORT_INBOX }),
            json!({ "inbox": SUPPORT_INBOX }),
        ),
        corrected(
            "search-api",
            json!({ "q": "snooze" }),
            json!({ "query": "snooze" }),
        ),
        corrected(
            "list-tags",
            json!({ "name": "vip" }),
            json!({ "query": "vip" }),
        ),
    ];
    for name in ["page_size", "max_results", "perPage", "count"] {
        rows.push(list(json!({ name: 5 }), json!({ "limit": 5 })));
    }
    judge(rows).await;
}

#[tokio::test]
async fn of_what_is_changed() {
    let tagged = |tag: &str| json!({ "conversation_id": CONVERSATION, "tags": [tag] });
    judge(vec![
        corrected(
            "add-tag",
            json!({ "conversation_id": CONVERSATION, "tag_ids": [URGENT_TAG] }),
            tagged(URGENT_TAG),
        ),
        corrected(
            "add-tag",
            json!({ "conversation": CONVERSATION, "tag_names": "Urgent" }),
            tagged("Urgent"),
        ),
        corrected(
            "add-tag",
            json!({ "conversationId": CONVERSATION, "tag": "Urgent" }),
            tagged("Urgent"),
        ),
        corrected(
            "create-contact",
            json!({ "email": "new@acme.example", "full_name": "New One" }),
            json!({ "handles": [{ "source": "email", "handle": "new@acme.example" }], "name": "New One" }),
        ),
        corrected(
            "create-contact",
            json!({ "handles": ["new@acme.example", "+14155550123"] }),
            json!({ "handles": [
                { "source": "email", "handle": "new@acme.example" },
                { "source": "phone", "handle": "+14155550123" },
            ] }),
        ),
        corrected(
            "create-contact",
            json!({ "handles": "new@acme.example" }),
            json!({ "handles": [{ "source": "email", "handle": "new@acme.example" }] }),
        ),
        corrected(
            "bulk-update",
            json!({ "change": "assign", "assignee": "tove", "ids": [CONVERSATION] }),
            json!({ "change": "assign", "to": "tove", "conversation_ids": [CONVERSATION] }),
        ),
        corrected(
            "bulk-update",
            json!({ "change": "archive", "search": { "statuses": ["open"], "inboxes": ["Support"] } }),
            json!({ "change": "archive", "search": { "is": ["open"], "inboxes": ["Support"] } }),
        ),
        corrected(
            "update-conversation",
            json!({ "conversation_id": CONVERSATION, "assignee": "none" }),
            json!({ "conversation_id": CONVERSATION, "assignee": "unassigned" }),
        ),
        corrected(
            "update-conversation",
            json!({ "conversation_id": CONVERSATION, "assignee": "Nobody" }),
            json!({ "conversation_id": CONVERSATION, "assignee": "unassigned" }),
        ),
    ])
    .await;
}
