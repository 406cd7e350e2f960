//! Recipients, authors, tags, scopes and the kill switch, where a message or a tag passes.

use front_mcp::sandbox::landmarks;
use serde_json::{Value, json};

use super::{listed, names, raw, serving, writes};
use crate::support::{front::Front, mcp::Mcp, verdict};

async fn refused(mcp: &mut Mcp, tool: &str, arguments: Value, line: &str) {
    let result = mcp.call(tool, arguments).await;
    assert_eq!(verdict::bad(tool, &result)["code"], "refused", "{result}");
    assert!(
        verdict::text(&result).contains(line),
        "no {line:?} in {result}"
    );
}

fn message(more: Value) -> Value {
    let mut arguments = json!({
        "channel_id": landmarks::SUPPORT_CHANNEL,
        "to": ["jo@acme.example"],
        "subject": "Hello",
        "body": "Hello",
    });
    for (name, value) in more.as_object().unwrap() {
        arguments[name] = value.clone();
    }
    arguments
}

#[tokio::test]
async fn a_message_is_not_even_sealed_against_the_policy() {
    let front = Front::start().await;
    let policy = "recipient_domains_allow = [\"acme.example\"]\nmax_recipients = 2\nallow_bcc = false\nauthors_allow = [\"tove@larkspur-cycles.example\"]\ntags_deny = [\"tag_1urgent\"]";
    let mut mcp = serving(&front, "limits", policy).await;
    for (more, line) in [
        (
            json!({ "to": ["jo@acme.example.evil.test"] }),
            "policy.recipient_domains_allow",
        ),
        (
            json!({ "to": ["jo@evilacme.example"] }),
            "policy.recipient_domains_allow",
        ),
        (
            json!({ "cc": ["jo@sub.acme.example"] }),
            "policy.recipient_domains_allow",
        ),
        (
            json!({ "bcc": ["jane@acme.example"] }),
            "policy.allow_bcc = false",
        ),
        (
            json!({ "cc": ["a@acme.example", "b@acme.example"] }),
            "policy.max_recipients = 2",
        ),
        (json!({ "author": "marin" }), "policy.authors_allow"),
        (
            json!({ "tags": [landmarks::URGENT_TAG] }),
            "policy.tags_deny = \"tag_1urgent\"",
        ),
        (
            json!({ "channel_id": landmarks::SMS_CHANNEL, "to": ["+442079460000"] }),
            "no e-mail address",
        ),
    ] {
        refused(&mut mcp, "send-message", message(more), line).await;
    }
    let result = mcp
        .call("send-message", message(json!({ "author": "tove" })))
        .await;
    assert_eq!(verdict::good("send-message", &result)["state"], "sealed");
    assert!(writes(&front).await.is_empty());
    mcp.close().await;
}

#[tokio::test]
async fn denied_tags_are_applied_on_no_path() {
    let front = Front::start().await;
    let tag = front
        .ask(
            reqwest::Method::GET,
            &format!("/tags/{}", landmarks::URGENT_TAG),
            None,
        )
        .await;
    let name = tag["name"].as_str().unwrap().to_uppercase();
    for (case, entry) in [
        ("tag-id", landmarks::URGENT_TAG),
        ("tag-name", name.as_str()),
    ] {
        let mut mcp = serving(
            &front,
            case,
            &format!("tags_deny = [\"{entry}\"]\nallow_operations = [\"delete-tag\"]"),
        )
        .await;
        let conversation = landmarks::URGENT_CONVERSATION;
        for named in [landmarks::URGENT_TAG, tag["name"].as_str().unwrap()] {
            let arguments = json!({ "conversation_id": conversation, "tags": [named] });
            refused(&mut mcp, "add-tag", arguments, "policy.tags_deny").await;
        }
        let tags = json!({ "tag_ids": [landmarks::URGENT_TAG] });
        let zeros = json!({ "tag_ids": ["tag_01urgent"] });
        let path = format!("/tags/{}", landmarks::URGENT_TAG);
        let of = |end: &str| format!("/conversations/{conversation}{end}");
        for (method, path, body) in [
            ("POST", of("/tags"), tags.clone()),
            ("POST", of("/tags"), zeros),
            ("PATCH", of(""), tags),
            ("PATCH", path.clone(), json!({ "name": "harmless" })),
            ("DELETE", path, json!({})),
        ] {
            let arguments = json!({ "method": method, "path": path, "body": body });
            refused(&mut mcp, "raw-api-request", arguments, "policy.tags_deny").await;
        }
        assert!(writes(&front).await.is_empty());
        mcp.close().await;
    }
    // Others are.
    let mut mcp = serving(&front, "tag-other", "tags_deny = [\"nothing of the kind\"]").await;
    let arguments = json!({ "conversation_id": landmarks::URGENT_CONVERSATION, "tags": [landmarks::URGENT_TAG] });
    let result = mcp.call("add-tag", arguments).await;
    verdict::good("add-tag", &result);
    mcp.close().await;
}

#[tokio::test]
async fn scopes_and_denied_operations_hold_for_typed_tools() {
    let front = Front::start().await;
    let policy =
        "allow_scopes = [\"conversations:read\", \"tags:read\"]\ndeny_tools = [\"list-tags\"]";
    let mut mcp = serving(&front, "scopes", policy).await;
    let tools = listed(&mut mcp).await;
    assert_eq!(
        names(&tools),
        [
            "get-conversation",
            "list-conversations",
            "raw-api-request",
            "search-api",
            "search-conversations",
            // Every token may ask whose it is.
            "whoami"
        ]
    );
    refused(
        &mut mcp,
        "list-tags",
        json!({}),
        "policy.deny_tools = \"list-tags\"",
    )
    .await;
    refused(&mut mcp, "list-contacts", json!({}), "policy.allow_scopes").await;
    // The messages beneath it have a scope of their own.
    let arguments = json!({ "conversation_id": landmarks::URGENT_CONVERSATION });
    refused(
        &mut mcp,
        "get-conversation",
        arguments,
        "policy.allow_scopes",
    )
    .await;
    let result = raw(&mut mcp, "GET", "/contacts", json!({})).await;
    verdict::bad("raw-api-request", &result);
    mcp.close().await;

    let mut mcp = serving(
        &front,
        "operations",
        "deny_operations = [\"add-conversation-tag\"]",
    )
    .await;
    assert!(!names(&listed(&mut mcp).await).contains(&"add-tag"));
    mcp.close().await;
    assert!(writes(&front).await.is_empty());
}

#[tokio::test]
async fn while_the_file_is_there_nothing_is_prepared() {
    let front = Front::start().await;
    let folder = tempfile::tempdir().unwrap();
    let stop = folder.path().join("stop");
    let policy = format!("kill_switch_file = '{}'", stop.to_str().unwrap());
    let mut mcp = serving(&front, "kill", &policy).await;
    std::fs::write(&stop, "").unwrap();
    refused(
        &mut mcp,
        "send-message",
        message(json!({})),
        "the kill switch is on",
    )
    .await;
    std::fs::remove_file(&stop).unwrap();
    let result = mcp.call("send-message", message(json!({}))).await;
    assert_eq!(verdict::good("send-message", &result)["state"], "sealed");
    mcp.close().await;
}

async fn sealed(mcp: &mut Mcp, to: &str) -> Value {
    let result = mcp
        .call("send-message", message(json!({ "to": [to] })))
        .await;
    let id = verdict::good("send-message", &result)["envelope_id"].clone();
    json!({ "envelope_id": id })
}

#[tokio::test]
async fn a_switch_that_comes_after_sealing_stops_the_release() {
    let front = Front::start().await;
    let folder = tempfile::tempdir().unwrap();
    let stop = folder.path().join("stop");
    let policy = format!("kill_switch_file = '{}'", stop.to_str().unwrap());
    let mut mcp = serving(&front, "kill-release", &policy).await;
    let envelope = sealed(&mut mcp, "jo@acme.example").await;
    std::fs::write(&stop, "").unwrap();
    refused(
        &mut mcp,
        "confirm-send",
        envelope.clone(),
        "the kill switch is on",
    )
    .await;
    assert!(front.outbox().await.is_empty());
    std::fs::remove_file(&stop).unwrap();
    let result = mcp.call("confirm-send", envelope).await;
    assert_eq!(verdict::good("confirm-send", &result)["state"], "sent");
    mcp.close().await;
}

#[tokio::test]
async fn no_more_leaves_in_an_hour_or_a_day_than_may() {
    for (case, line) in [
        ("hour", "sends_per_hour = 2"),
        ("day", "sends_per_day = 2"),
        ("both", "sends_per_hour = 2\nsends_per_day = 3"),
    ] {
        let front = Front::start().await;
        let mut mcp = serving(&front, case, line).await;
        for to in ["jo@acme.example", "ann@acme.example"] {
            let envelope = sealed(&mut mcp, to).await;
            let result = mcp.call("confirm-send", envelope).await;
            assert_eq!(verdict::good("confirm-send", &result)["state"], "sent");
        }
        let envelope = sealed(&mut mcp, "eve@acme.example").await;
        let result = mcp.call("confirm-send", envelope.clone()).await;
        let code = &verdict::bad("confirm-send", &result)["code"];
        assert_eq!(code, "send_cap", "{case}: {result}");
        assert_eq!(front.outbox().await.len(), 2, "{case}");
        let result = mcp.call("check-send", envelope).await;
        assert_eq!(verdict::good("check-send", &result)["state"], "sealed");
        mcp.close().await;
    }
}
