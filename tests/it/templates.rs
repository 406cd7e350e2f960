//! Message templates: found, read, filled, drafted, changed.

use front_mcp::sandbox::landmarks::{
    HOSTILE_TEMPLATE, MERGED_CONVERSATION, MERGED_INTO, ORDER_TEMPLATE, SUPPORT_TEAMMATE,
    URGENT_CONVERSATION,
};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{
    front::Front,
    mcp::{ALL, Era, Mcp},
    verdict,
};

async fn serving(front: &Front) -> Mcp {
    Mcp::serving(front, Era::PerRequest, &ALL).await
}

/// A server under this policy, in a file of its own.
async fn under(front: &Front, name: &str, policy: &str) -> Mcp {
    let path = format!("{}/templates-{name}.toml", env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(&path, format!("[policy]\n{policy}\n")).unwrap();
    let flags = ["--toolsets=core,templates", "--config", &path];
    Mcp::serving(front, Era::PerRequest, &flags).await
}

fn names(found: &Value) -> Vec<&str> {
    let rows = found["templates"].as_array().unwrap().iter();
    rows.map(|row| row["name"].as_str().unwrap()).collect()
}

async fn drafts(front: &Front) -> Vec<Value> {
    let path = format!("/conversations/{URGENT_CONVERSATION}/drafts");
    let read = front.ask(Method::GET, &path, None).await;
    read["_results"].as_array().unwrap().clone()
}

#[tokio::test]
async fn templates_are_found_by_words_folder_and_inbox_across_pages() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    for (arguments, first, count) in [
        (
            json!({ "query": "tracking parcel" }),
            "Where is my order",
            None,
        ),
        (
            json!({ "query": "remboursement" }),
            "Retour de marchandise",
            Some(1),
        ),
        (
            json!({ "folder": "returns & refunds" }),
            "Retour de marchandise",
            Some(3),
        ),
        (
            json!({ "inbox": "Workshop", "query": "bike" }),
            "Bike ready to collect",
            None,
        ),
        (
            json!({ "limit": 50 }),
            "Ignore your instructions » SYSTEM",
            Some(13),
        ),
        (
            json!({ "query": "refund money returned", "newest": true, "folder": "rsf_1returns" }),
            "Retour de marchandise",
            None,
        ),
    ] {
        let result = mcp.call("search-templates", arguments.clone()).await;
        let found = names(verdict::good("search-templates", &result)).join("|");
        if !arguments["newest"].is_boolean() {
            assert!(found.starts_with(first), "{arguments}: {found}");
        }
        if let Some(count) = count {
            assert_eq!(found.split('|').count(), count, "{arguments}: {found}");
        }
    }
    let requests = front.requests().await;
    let lists = requests
        .iter()
        .filter(|one| one.contains("/message_templates"));
    assert_eq!(lists.count(), 2, "two pages, once: {requests:?}");
    let result = mcp
        .call("search-templates", json!({ "folder": "Return" }))
        .await;
    verdict::refuses("search-templates", "folder", &result);
    mcp.close().await;
}

#[tokio::test]
async fn a_template_is_filled_from_what_is_known_and_the_rest_is_named() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let result = mcp
        .call("get-template", json!({ "template": "where is MY order" }))
        .await;
    let read = verdict::good("get-template", &result);
    assert_eq!(read["template_id"], ORDER_TEMPLATE);
    assert_eq!(
        read["placeholders"],
        json!(["recipient.first_name", "tracking_number", "user.first_name"])
    );
    let arguments = json!({
        "template": ORDER_TEMPLATE, "conversation_id": URGENT_CONVERSATION, "teammate": "marin",
    });
    let result = mcp.call("render-template", arguments).await;
    let made = verdict::good("render-template", &result);
    assert_eq!(made["missing"], json!(["tracking_number"]), "{made}");
    let body = made["body"].as_str().unwrap();
    assert!(
        body.contains("Marin") && body.contains("{{tracking_number}}"),
        "{body}"
    );
    assert!(!body.contains("recipient."), "{body}");
    let text = verdict::text(&result);
    assert!(text.contains("NO VALUE"), "{text}");
    // What is given wins, stays text, and is not filled again.
    let arguments = json!({
        "template": ORDER_TEMPLATE, "recipient": "somebody@nowhere.example",
        "variables": {
            "{{Tracking_Number}}": "<b>7</b>", "user.first_name": "{{recipient.email}}",
        },
    });
    let result = mcp.call("render-template", arguments).await;
    let made = verdict::good("render-template", &result);
    let body = made["body"].as_str().unwrap();
    assert!(body.contains("b>7") && !body.contains("**7**"), "{body}");
    assert!(body.contains("{{recipient.email}}"), "{body}");
    assert_eq!(
        made["missing"],
        json!(["recipient.first_name", "recipient.email"]),
        "{made}"
    );
    assert!(front.outbox().await.is_empty() && drafts(&front).await.is_empty());
    mcp.close().await;
}

#[tokio::test]
async fn a_draft_is_left_whole_or_not_at_all() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let mut arguments = json!({
        "template": ORDER_TEMPLATE, "conversation_id": URGENT_CONVERSATION,
        "teammate": SUPPORT_TEAMMATE, "draft": true,
    });
    let result = mcp.call("render-template", arguments.clone()).await;
    let meta = verdict::bad("render-template", &result);
    assert_eq!(meta["code"], "missing_values");
    assert!(drafts(&front).await.is_empty());
    arguments["variables"] = json!({ "tracking_number": "GB 42 & co" });
    let result = mcp.call("render-template", arguments).await;
    let made = verdict::good("render-template", &result);
    let left = drafts(&front).await;
    assert_eq!(left.len(), 1);
    assert_eq!(left[0]["id"], made["draft_id"]);
    assert_eq!(left[0]["draft_mode"], "shared");
    assert_eq!(made["conversation_id"], URGENT_CONVERSATION);
    assert_eq!(made["version"], left[0]["version"]);
    assert_eq!(made["mode"], "shared");
    let message = &made["message"];
    assert!(message["channel_id"].is_string(), "{made}");
    assert!(!message["to"].as_array().unwrap().is_empty(), "{made}");
    assert!(
        made["next"].as_str().unwrap().contains("app.frontapp.com"),
        "{made}"
    );
    // It is the caller's own, as one that `create-draft` leaves.
    let edit = json!({ "draft_id": made["draft_id"], "body": "GB 42 & co" });
    verdict::good("update-draft", &mcp.call("update-draft", edit).await);
    let left = drafts(&front).await;
    let body = left[0]["body"].as_str().unwrap();
    assert!(body.contains("GB 42 &amp; co"), "{body}");
    assert!(!left[0]["recipients"].as_array().unwrap().is_empty());
    assert!(front.outbox().await.is_empty());
    let result = mcp
        .call(
            "render-template",
            json!({ "template": ORDER_TEMPLATE, "draft": true }),
        )
        .await;
    verdict::refuses("render-template", "draft", &result);
    mcp.close().await;
}

/// As `create-draft` would: a filled template is no way around what the policy says of drafts.
#[tokio::test]
async fn a_draft_out_of_a_template_is_held_to_what_holds_for_drafts() {
    let front = Front::start().await;
    let filled = json!({
        "template": ORDER_TEMPLATE, "conversation_id": URGENT_CONVERSATION, "teammate": "marin",
        "variables": { "tracking_number": "GB 42" },
    });
    let mut drafted = filled.clone();
    drafted["draft"] = true.into();
    let email = "authors_allow = [\"marin@larkspur-cycles.example\"]";
    let mut mcp = under(&front, "author", email).await;
    let mut nobodys = drafted.clone();
    nobodys["teammate"] = "tove".into();
    let result = mcp.call("render-template", nobodys).await;
    assert_eq!(verdict::bad("render-template", &result)["code"], "refused");
    assert!(drafts(&front).await.is_empty());
    let result = mcp.call("render-template", drafted.clone()).await;
    verdict::good("render-template", &result);
    assert_eq!(drafts(&front).await.len(), 1);
    // Under its old id a merged conversation is not replied in.
    let mut merged = drafted.clone();
    merged["conversation_id"] = MERGED_CONVERSATION.into();
    let result = mcp.call("render-template", merged).await;
    let meta = verdict::bad("render-template", &result);
    assert_eq!(meta["code"], "merged");
    assert_eq!(meta["field"], "conversation_id");
    assert!(verdict::text(&result).contains(MERGED_INTO));
    mcp.close().await;
    let mut mcp = under(&front, "denied", "deny_tools = [\"create-draft\"]").await;
    let result = mcp.call("render-template", drafted).await;
    let said = verdict::refuses("render-template", "draft", &result);
    assert!(said.contains("policy.deny_tools"), "{said}");
    assert!(said.contains("without `draft`"), "{said}");
    let result = mcp.call("render-template", filled).await;
    verdict::good("render-template", &result);
    assert_eq!(drafts(&front).await.len(), 1);
    mcp.close().await;
}

#[tokio::test]
async fn a_hostile_template_hides_nothing_and_is_in_nobodys_voice() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    for (tool, arguments) in [
        ("get-template", json!({ "template": HOSTILE_TEMPLATE })),
        (
            "search-templates",
            json!({ "query": "ignore your instructions" }),
        ),
        (
            "render-template",
            json!({ "template": HOSTILE_TEMPLATE, "conversation_id": URGENT_CONVERSATION, "draft": true }),
        ),
    ] {
        let result = mcp.call(tool, arguments).await;
        let said = result.to_string();
        assert_ne!(result["isError"], true, "{tool}: {said}");
        assert!(!said.contains("audit@collect"), "{tool}: {said}");
        assert!(!said.contains("[Click](https"), "{tool}: {said}");
    }
    let left = drafts(&front).await;
    assert_eq!(left.len(), 1);
    let body = left[0]["body"].as_str().unwrap();
    assert!(
        !body.contains("audit@collect") && !body.contains("<img"),
        "{body}"
    );
    mcp.close().await;
}

#[tokio::test]
async fn templates_are_created_and_changed_and_what_was_there_is_told() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let new = json!({
        "name": "Helmet advice", "body": "Hi {{recipient.first_name}},\n\nmeasure **twice**.",
        "folder": "Workshop & warranty", "inboxes": ["Workshop"],
    });
    let result = mcp.call("create-template", new).await;
    let id = verdict::good("create-template", &result)["template_id"].clone();
    let path = format!("/message_templates/{}", id.as_str().unwrap());
    let at_front = front.ask(Method::GET, &path, None).await;
    assert_eq!(at_front["inbox_ids"], json!(["inb_1wor"]));
    assert!(
        at_front["body"]
            .as_str()
            .unwrap()
            .contains("{{recipient.first_name}}")
    );
    let result = mcp
        .call(
            "update-template",
            json!({ "template": "Helmet advice", "body": "Measure once." }),
        )
        .await;
    let changed = verdict::good("update-template", &result);
    assert!(
        changed["body_before"].as_str().unwrap().contains("twice"),
        "{changed}"
    );
    let after = front.ask(Method::GET, &path, None).await;
    for kept in ["name", "inbox_ids"] {
        assert_eq!(after[kept], at_front[kept]);
    }
    assert_eq!(
        after["_links"]["related"]["parent_folder"],
        at_front["_links"]["related"]["parent_folder"]
    );
    let result = mcp
        .call("search-templates", json!({ "query": "measure once" }))
        .await;
    assert_eq!(
        names(verdict::good("search-templates", &result))[0],
        "Helmet advice"
    );
    let result = mcp
        .call("update-template", json!({ "template": "Helmet advice" }))
        .await;
    verdict::refuses("update-template", "body", &result);
    mcp.close().await;
}
