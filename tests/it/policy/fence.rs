//! `allow_inboxes`: what lies in other inboxes is invisible, whatever asks for it.

use std::collections::BTreeSet;

use front_mcp::{front::Operation, sandbox::landmarks};
use reqwest::Method;
use serde_json::{Value, json};

use super::{raw, serving, writes};
use crate::support::{front::Front, mcp::Mcp, verdict};

const INSIDE: &str = "inb_1wor";
const POLICY: &str = "allow_inboxes = [\"inb_1wor\"]";

/// The ids of an inbox's conversations.
async fn conversations(front: &Front, inbox: &str) -> BTreeSet<String> {
    let path = format!("/inboxes/{inbox}/conversations?limit=100");
    let page = front.ask(Method::GET, &path, None).await;
    let rows = page["_results"].as_array().unwrap();
    rows.iter()
        .map(|row| row["id"].as_str().unwrap().to_owned())
        .collect()
}

/// Ids of conversations in a result, whatever else it says.
fn conversation_ids(result: &Value) -> BTreeSet<String> {
    let text = result.to_string();
    text.match_indices("cnv_")
        .map(|(at, _)| {
            let rest = &text[at + 4..];
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric());
            text[at..at + 4 + end.unwrap_or(rest.len())].to_owned()
        })
        .collect()
}

/// A result that shows nothing but what is inside.
fn shows_only(result: &Value, inside: &BTreeSet<String>, asked: &str) {
    let foreign: Vec<_> = conversation_ids(result)
        .into_iter()
        .filter(|id| !inside.contains(id) && id != asked)
        .collect();
    assert!(foreign.is_empty(), "{foreign:?} in {result}");
    for name in [
        "Wholesale",
        "Service client",
        "Orders & Returns",
        "inb_1sup",
        "inb_1ord",
    ] {
        assert!(!result.to_string().contains(name), "{name} in {result}");
    }
}

fn not_found(tool: &str, result: &Value) {
    let code = verdict::bad(tool, result)["code"].clone();
    assert!(code == "not_found" || code == "refused", "{tool}: {result}");
}

#[tokio::test]
async fn typed_tools_see_one_inbox() {
    let front = Front::start().await;
    let inside = conversations(&front, INSIDE).await;
    let mut mcp = serving(&front, "fence-tools", POLICY).await;
    let hidden = landmarks::URGENT_CONVERSATION;
    assert!(!inside.contains(hidden));

    let result = mcp.call("list-inboxes", json!({})).await;
    let rows = verdict::good("list-inboxes", &result)["inboxes"].clone();
    assert_eq!(rows.as_array().unwrap().len(), 1, "{rows}");
    assert_eq!(rows[0]["id"], INSIDE);

    for arguments in [
        json!({}),
        json!({ "limit": 100 }),
        json!({ "assignee": "unassigned" }),
        json!({ "statuses": ["open"], "include": ["preview"], "limit": 5 }),
        json!({ "query": "the", "limit": 10 }),
        json!({ "query": "the \"inbox:inb_1sup\"", "limit": 10 }),
        json!({ "tag": "tag_1urgent", "limit": 10 }),
        json!({ "assignee": "marin", "limit": 10 }),
        json!({ "inboxes": ["Workshop"] }),
    ] {
        let result = mcp.call("list-conversations", arguments).await;
        verdict::good("list-conversations", &result);
        shows_only(&result, &inside, "");
    }
    for arguments in [
        json!({ "inboxes": ["inb_1sup"] }),
        json!({ "inboxes": ["Support"] }),
        json!({ "inboxes": [INSIDE, "inb_1sup"] }),
        json!({ "query": "inbox:inb_1sup" }),
    ] {
        let result = mcp.call("list-conversations", arguments).await;
        not_found("list-conversations", &result);
    }
    for id in [
        hidden,
        landmarks::MERGED_CONVERSATION,
        landmarks::DISCUSSION,
    ] {
        for (tool, arguments) in [
            (
                "get-conversation",
                json!({ "conversation_id": id, "detail": "full", "include": ["drafts"] }),
            ),
            (
                "add-tag",
                json!({ "conversation_id": id, "tags": [landmarks::URGENT_TAG] }),
            ),
            (
                "send-message",
                json!({ "conversation_id": id, "body": "Hello" }),
            ),
        ] {
            let result = mcp.call(tool, arguments).await;
            not_found(tool, &result);
            shows_only(&result, &inside, id);
        }
    }
    let starting =
        json!({ "channel_id": "cha_1sup", "to": ["a@b.example"], "subject": "x", "body": "x" });
    let result = mcp.call("send-message", starting).await;
    not_found("send-message", &result);
    for (tool, arguments) in [
        ("list-contacts", json!({})),
        ("get-contact", json!({ "contact": "a@b.example" })),
    ] {
        let result = mcp.call(tool, arguments).await;
        verdict::bad(tool, &result);
    }
    // What is inside can be read and answered.
    let open = inside.iter().next().unwrap();
    let result = mcp
        .call(
            "get-conversation",
            json!({ "conversation_id": open, "detail": "full" }),
        )
        .await;
    verdict::good("get-conversation", &result);
    let starting =
        json!({ "channel_id": "cha_1wor", "to": ["a@b.example"], "subject": "x", "body": "x" });
    let result = mcp.call("send-message", starting).await;
    assert_eq!(verdict::good("send-message", &result)["state"], "sealed");
    // Out through a channel of another inbox it cannot be answered.
    let across = json!({ "conversation_id": open, "channel_id": "cha_1sup", "to": ["a@b.example"], "body": "x" });
    not_found("send-message", &mcp.call("send-message", across).await);
    assert!(
        writes(&front).await.is_empty(),
        "{:?}",
        writes(&front).await
    );
    mcp.close().await;
}

/// Ids of things in another inbox, for each parameter of a path.
fn hidden(parameter: &str) -> Option<&'static str> {
    Some(match parameter {
        "inbox_id" => landmarks::SUPPORT_INBOX,
        "channel_id" => landmarks::SUPPORT_CHANNEL,
        "conversation_id" => landmarks::URGENT_CONVERSATION,
        "message_id" => landmarks::URGENT_MESSAGE,
        "draft_id" => landmarks::SHARED_DRAFT,
        "attachment_link_id" => landmarks::ATTACHMENT,
        "tag_id" => landmarks::URGENT_TAG,
        "teammate_id" => landmarks::SUPPORT_TEAMMATE,
        "comment_id" => "com_hidden",
        "query" => "inbox:inb_1sup",
        _ => return None,
    })
}

/// The least body that an operation takes, pointing outside where it points anywhere.
fn body(operation: &Operation) -> Value {
    let facts = front_mcp::front::facts::of(operation).unwrap();
    facts.body.as_ref().map_or_else(|| json!({}), least)
}

fn least(schema: &Value) -> Value {
    if let Some(first) = schema["enum"].get(0) {
        return first.clone();
    }
    for combined in ["oneOf", "anyOf", "allOf"] {
        if let Some(first) = schema[combined].get(0) {
            return least(first);
        }
    }
    match schema["type"].as_str() {
        Some("string") => json!("x"),
        Some("integer" | "number") => json!(1),
        Some("boolean") => json!(true),
        Some("array") => json!([least(&schema["items"])]),
        _ => {
            let required = schema["required"].as_array().cloned().unwrap_or_default();
            let fields = required.iter().map(|name| {
                let name = name.as_str().unwrap();
                let value = match hidden(name) {
                    Some(id) => json!(id),
                    None => least(&schema["properties"][name]),
                };
                (name.to_owned(), value)
            });
            Value::Object(fields.collect())
        }
    }
}

/// Parameters that name what lies in an inbox.
const ENCLOSED: [&str; 8] = [
    "inbox_id",
    "channel_id",
    "conversation_id",
    "message_id",
    "draft_id",
    "comment_id",
    "attachment_link_id",
    "query",
];

async fn each_operation(mcp: &mut Mcp, front: &Front, inside: &BTreeSet<String>) {
    let comments = format!(
        "/conversations/{}/comments",
        landmarks::DRAFTED_CONVERSATION
    );
    let comment = front.ask(Method::GET, &comments, None).await["_results"][0]["id"].clone();
    for operation in Operation::all() {
        let path: Vec<_> = operation
            .segments()
            .map(
                |segment| match front_mcp::front::operation::parameter_name(segment) {
                    Some("comment_id") => comment.as_str().unwrap(),
                    Some("query") => "inb_1sup",
                    Some(name) => hidden(name).unwrap_or("x_1"),
                    None => segment,
                },
            )
            .collect();
        let path = format!("/{}", path.join("/"));
        let method = operation.method.name();
        let more = match method {
            "GET" => json!({}),
            _ => json!({ "body": body(operation) }),
        };
        let result = raw(mcp, method, &path, more).await;
        shows_only(&result, inside, landmarks::URGENT_CONVERSATION);
        let named = operation.parameters().any(|name| ENCLOSED.contains(&name));
        if named {
            not_found("raw-api-request", &result);
        }
    }
}

#[tokio::test]
async fn no_raw_operation_reaches_another_inbox() {
    let front = Front::start().await;
    let inside = conversations(&front, INSIDE).await;
    let every: Vec<_> = Operation::all()
        .iter()
        .filter(|operation| operation.guarded)
        .map(|operation| format!("\"{}\"", operation.id))
        .collect();
    // Guarded ones named too, so that nothing but the fence stands in the way.
    let named = format!("{POLICY}\nallow_operations = [{}]", every.join(", "));
    for (name, policy) in [
        ("fence-raw", named.clone()),
        ("fence-contacts", format!("{named}\nallow_contacts = true")),
    ] {
        let mut mcp = serving(&front, name, &policy).await;
        each_operation(&mut mcp, &front, &inside).await;
        mcp.close().await;
    }
    assert!(
        writes(&front).await.is_empty(),
        "{:?}",
        writes(&front).await
    );
}

#[tokio::test]
async fn a_body_or_a_page_leads_nowhere_either() {
    let front = Front::start().await;
    let inside = conversations(&front, INSIDE).await;
    let mut mcp = serving(&front, "fence-bodies", POLICY).await;
    let open = inside.iter().next().unwrap();
    for (method, path, body) in [
        (
            "PATCH",
            format!("/conversations/{open}"),
            json!({ "inbox_id": "inb_1sup" }),
        ),
        (
            "POST",
            format!("/conversations/{open}/drafts"),
            json!({ "body": "x", "channel_id": "cha_1sup" }),
        ),
        (
            "POST",
            "/conversations".into(),
            json!({ "type": "discussion", "subject": "x", "inbox_id": "inb_1sup" }),
        ),
        (
            "POST",
            "/conversations".into(),
            json!({ "type": "discussion", "subject": "x" }),
        ),
        (
            "POST",
            "/channels/cha_1sup/drafts".into(),
            json!({ "body": "x" }),
        ),
    ] {
        let result = raw(&mut mcp, method, &path, json!({ "body": body })).await;
        let meta = verdict::bad("raw-api-request", &result);
        assert!(
            meta["code"] == "not_found" || meta["code"] == "invalid_argument",
            "{result}"
        );
    }
    // A file of another conversation's message is not on one of this conversation.
    let message = front
        .ask(
            Method::GET,
            &format!("/conversations/{open}/messages"),
            None,
        )
        .await["_results"][0]["id"]
        .clone();
    let path = format!(
        "/messages/{}/download/{}",
        message.as_str().unwrap(),
        landmarks::ATTACHMENT
    );
    not_found(
        "raw-api-request",
        &raw(&mut mcp, "GET", &path, json!({})).await,
    );
    // Pages of a list that holds others: rows elsewhere are left out on every one.
    let pages = json!({ "all_pages": true, "limit": 60, "query": { "limit": 20 } });
    for list in [
        "/tags/tag_1urgent/conversations",
        "/teammates/tea_1marin/conversations",
    ] {
        let result = raw(&mut mcp, "GET", list, pages.clone()).await;
        verdict::good("raw-api-request", &result);
        shows_only(&result, &inside, "");
    }
    // A page's token of another list proves nothing about its rows.
    let first = front.ask(Method::GET, "/conversations?limit=5", None).await;
    let next = first["_pagination"]["next"].as_str().unwrap();
    let token = next.split("page_token=").nth(1).unwrap().to_owned();
    let query = json!({ "query": { "limit": 5, "page_token": token } });
    let path = format!("/inboxes/{INSIDE}/conversations");
    let result = raw(&mut mcp, "GET", &path, query).await;
    shows_only(&result, &inside, "");
    assert!(
        writes(&front).await.is_empty(),
        "{:?}",
        writes(&front).await
    );
    mcp.close().await;
}

#[tokio::test]
async fn writing_inside_goes_on() {
    let front = Front::start().await;
    let inside = conversations(&front, INSIDE).await;
    let open = inside.iter().next().unwrap();
    let mut mcp = serving(&front, "fence-inside", POLICY).await;
    let arguments = json!({ "conversation_id": open, "tags": [landmarks::URGENT_TAG] });
    let result = mcp.call("add-tag", arguments).await;
    verdict::good("add-tag", &result);
    let path = format!("/conversations/{open}/comments");
    let result = raw(
        &mut mcp,
        "POST",
        &path,
        json!({ "body": { "body": "noted" } }),
    )
    .await;
    let comment = verdict::good("raw-api-request", &result)["body"]["id"].clone();
    // Reads go by what the writes established: the inboxes are not asked for again.
    let before = looks(&front, open).await;
    let path = format!("/comments/{}", comment.as_str().unwrap());
    let result = raw(&mut mcp, "GET", &path, json!({})).await;
    verdict::good("raw-api-request", &result);
    assert_eq!(looks(&front, open).await, before);
    mcp.close().await;
}

/// How often the inboxes of a conversation were asked for.
async fn looks(front: &Front, conversation: &str) -> usize {
    let asked = format!("GET /conversations/{conversation}/inboxes");
    let requests = front.requests().await;
    requests.iter().filter(|one| **one == asked).count()
}

#[tokio::test]
async fn what_was_moved_away_is_not_written_to() {
    let front = Front::start().await;
    let inside = conversations(&front, INSIDE).await;
    let open = inside.iter().next().unwrap();
    let mut mcp = serving(&front, "fence-moved", POLICY).await;
    let named = json!({ "conversation_id": open });
    let result = mcp.call("get-conversation", named).await;
    verdict::good("get-conversation", &result);
    let path = format!("/conversations/{open}");
    let away = json!({ "inbox_id": landmarks::SUPPORT_INBOX });
    front.ask(Method::PATCH, &path, Some(away)).await;
    let since = writes(&front).await;
    let noting = json!({ "conversation_id": open, "body": "noted" });
    not_found("add-comment", &mcp.call("add-comment", noting).await);
    let noting = json!({ "body": { "body": "noted" } });
    let result = raw(&mut mcp, "POST", &format!("{path}/comments"), noting).await;
    not_found("raw-api-request", &result);
    assert_eq!(writes(&front).await, since);
    mcp.close().await;
}

#[tokio::test]
async fn what_is_hidden_is_told_like_what_does_not_exist() {
    let front = Front::start().await;
    let mut mcp = serving(&front, "fence-veil", POLICY).await;
    for (kind, hidden, none) in [
        ("messages", landmarks::URGENT_MESSAGE, "msg_1none"),
        ("conversations", landmarks::URGENT_CONVERSATION, "cnv_1none"),
        ("channels", landmarks::SUPPORT_CHANNEL, "cha_1none"),
        ("inboxes", landmarks::SUPPORT_INBOX, "inb_1none"),
    ] {
        let mut told = Vec::new();
        for id in [hidden, none] {
            let result = raw(&mut mcp, "GET", &format!("/{kind}/{id}"), json!({})).await;
            verdict::bad("raw-api-request", &result);
            told.push(verdict::text(&result));
        }
        assert_eq!(told[0], told[1], "{kind}");
    }
    mcp.close().await;
}
