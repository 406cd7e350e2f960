//! `bulk-update`, where people go on working between the dry run and its handle.

use front_mcp::sandbox::landmarks::DRAFTED_CONVERSATION;
use reqwest::Method;
use serde_json::{Value, json};

use super::{CONVERSATION, conversation, serving, written};
use crate::support::{front::Front, mcp::Mcp, verdict};

const TOOL: &str = "bulk-update";

/// A dry run over two conversations, of which people touch the first.
async fn planned(mcp: &mut Mcp, change: &str, to: Option<&str>) -> Value {
    let both = [CONVERSATION, DRAFTED_CONVERSATION];
    let mut arguments = json!({ "change": change, "conversation_ids": both });
    if let Some(to) = to {
        arguments["to"] = to.into();
    }
    let result = mcp.call(TOOL, arguments).await;
    let plan = verdict::good(TOOL, &result).clone();
    let would = plan["dry_run"]["would_change"].as_array().unwrap();
    assert_eq!(would.len(), 2, "{plan}");
    plan
}

async fn made(mcp: &mut Mcp, plan: &Value) -> Value {
    mcp.call(TOOL, json!({ "handle": plan["handle"] })).await
}

/// What a person does, past the program.
async fn person(front: &Front, method: Method, more: &str, body: Value) {
    let path = format!("/conversations/{CONVERSATION}{more}");
    front.ask(method, &path, Some(body)).await;
}

/// The first is told as moved so, and as the person left it; the other is changed.
async fn leaves_alone(
    (change, to): (&str, Option<&str>),
    (method, more, body): (Method, &str, Value),
    moved: &str,
) {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let plan = planned(&mut mcp, change, to).await;
    person(&front, method, more, body).await;
    let left = conversation(&front, CONVERSATION).await;
    let since = front.requests().await.len();
    let result = made(&mut mcp, &plan).await;
    let output = verdict::good(TOOL, &result);
    let skipped = json!([
        { "why": "changed_since", "changed": moved, "conversation_ids": [CONVERSATION] },
    ]);
    assert_eq!(output["progress"]["skipped"], skipped, "{change}: {output}");
    assert_eq!(output["progress"]["done"], 1);
    assert_eq!(output.get("handle"), None);
    let text = verdict::text(&result);
    assert!(text.contains("changed since the dry run"), "{text}");
    assert!(text.contains("new dry run"), "{text}");
    let written = written(&front, since).await;
    assert_eq!(written.len(), 1, "{written:?}");
    assert_eq!(conversation(&front, CONVERSATION).await, left);
    mcp.close().await;
}

#[tokio::test]
async fn trashed_meanwhile_stays_in_the_trash() {
    for change in [
        ("archive", None),
        ("tag", Some("VIP")),
        ("assign", Some("camille")),
    ] {
        let trashing = (Method::PATCH, "", json!({ "status": "deleted" }));
        leaves_alone(change, trashing, "trashed").await;
    }
}

#[tokio::test]
async fn assigned_meanwhile_stays_with_whom_it_was_given() {
    for change in [("archive", None), ("assign", Some("camille"))] {
        let giving = json!({ "assignee_id": "tea_7e0nx" });
        leaves_alone(change, (Method::PATCH, "", giving), "assignee").await;
    }
}

#[tokio::test]
async fn a_new_message_meanwhile_is_not_archived_unread() {
    let sending = json!({ "body": "One thing more", "options": { "archive": false } });
    let sent = (Method::POST, "/messages", sending);
    leaves_alone(("archive", None), sent, "new_message").await;
}

#[tokio::test]
async fn what_does_not_matter_for_a_change_does_not_stop_it() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let plan = planned(&mut mcp, "tag", Some("VIP")).await;
    let moving = json!({ "assignee_id": "tea_7e0nx" });
    person(&front, Method::PATCH, "", moving).await;
    let result = made(&mut mcp, &plan).await;
    assert_eq!(verdict::good(TOOL, &result)["progress"]["done"], 2);
    // What a person made so already is done, and not asked for again.
    let plan = planned(&mut mcp, "archive", None).await;
    person(&front, Method::PATCH, "", json!({ "status": "archived" })).await;
    let since = front.requests().await.len();
    let result = made(&mut mcp, &plan).await;
    assert_eq!(verdict::good(TOOL, &result)["progress"]["done"], 2);
    let other = format!("PATCH /conversations/{DRAFTED_CONVERSATION}");
    assert_eq!(written(&front, since).await, [other]);
    mcp.close().await;
}

/// A change that Front makes without an answer, what a person does then, and what is told of it.
async fn unanswered(then: Option<Value>) -> (Value, Vec<String>) {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let plan = planned(&mut mcp, "archive", None).await;
    let path = format!("/conversations/{CONVERSATION}");
    let at = json!({ "method": "PATCH", "path_prefix": path });
    front
        .fault(json!({ "kind": "reset_after", "match": at }))
        .await;
    let result = made(&mut mcp, &plan).await;
    let output = verdict::good(TOOL, &result);
    let unknown = json!([CONVERSATION]);
    assert_eq!(output["progress"]["unknown"], unknown, "{output}");
    front.heal().await;
    if let Some(body) = then {
        person(&front, Method::PATCH, "", body).await;
    }
    let since = front.requests().await.len();
    let result = made(&mut mcp, &plan).await;
    let output = verdict::good(TOOL, &result).clone();
    let written = written(&front, since).await;
    mcp.close().await;
    (output, written)
}

#[tokio::test]
async fn an_unknown_outcome_is_looked_at_and_not_repeated_over_a_person() {
    let (output, written) = unanswered(None).await;
    assert_eq!(output["progress"]["done"], 2, "{output}");
    assert_eq!(written, Vec::<String>::new());
    for then in ["open", "deleted"] {
        let (output, written) = unanswered(Some(json!({ "status": then }))).await;
        let skipped = &output["progress"]["skipped"][0];
        assert_eq!(skipped["why"], "changed_since", "{then}: {output}");
        assert_eq!(skipped["conversation_ids"], json!([CONVERSATION]));
        assert_eq!(output.get("handle"), None);
        assert_eq!(written, Vec::<String>::new());
    }
}
