//! What the operator's policy makes of drafts: every line that denies wins over the exception.

use front_mcp::sandbox::landmarks::{SHARED_DRAFT, SUPPORT_CHANNEL};
use serde_json::{Value, json};

use super::{at_front, changes, draft, in_folder, serving, update};
use crate::support::{front::Front, mcp::Mcp, verdict};

/// A server under this policy.
async fn under(front: &Front, name: &str, policy: &str) -> Mcp {
    let path = format!("{}/drafts-{name}.toml", env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(&path, format!("[policy]\n{policy}\n")).unwrap();
    serving(front, &["--config", &path]).await
}

async fn listed(mcp: &mut Mcp) -> Vec<String> {
    let answer = mcp.request("tools/list", json!({})).await;
    let tools = answer["result"]["tools"].as_array().unwrap().iter();
    tools
        .map(|tool| tool["name"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn whatever_denies_wins() {
    let front = Front::start().await;
    for (number, (policy, gone)) in [
        ("deny_operations = [\"edit-draft\"]", &["update-draft"][..]),
        ("deny_operations = [\"delete-draft\"]", &["delete-draft"]),
        (
            "deny_tools = [\"update-draft\", \"delete-draft\"]",
            &["update-draft", "delete-draft"],
        ),
        (
            "read_only = true",
            &["create-draft", "update-draft", "delete-draft"],
        ),
        (
            "deny_operations = [\"create-draft\", \"create-draft-reply\"]",
            &["create-draft"],
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let mut mcp = under(&front, &format!("wins{number}"), policy).await;
        let listed = listed(&mut mcp).await;
        for tool in gone {
            assert!(
                !listed.contains(&(*tool).to_owned()),
                "{policy}: {listed:?}"
            );
        }
        if !gone.contains(&"create-draft") {
            let id = draft(&mut mcp).await;
            for tool in gone {
                let mut arguments = json!({ "draft_id": id });
                if *tool == "update-draft" {
                    arguments["body"] = "Other.".into();
                }
                let result = mcp.call(tool, arguments).await;
                let meta = verdict::bad(tool, &result);
                assert_eq!(meta["code"], "refused", "{policy}: {result}");
            }
        }
        mcp.close().await;
    }
    assert_eq!(changes(&front).await, 0);
}

#[tokio::test]
async fn limits_of_messages_hold_for_drafts() {
    let front = Front::start().await;
    let policy = "recipient_domains_allow = [\"acme.example\"]\nmax_recipients = 2\nallow_bcc = false\nauthors_allow = [\"tove@larkspur-cycles.example\"]";
    let mut mcp = under(&front, "limits", policy).await;
    let base = json!({
        "channel_id": SUPPORT_CHANNEL, "to": ["jo@acme.example"], "subject": "Hello", "body": "Hello",
    });
    let result = mcp.call("create-draft", base.clone()).await;
    let report = verdict::good("create-draft", &result);
    let id = report["draft_id"].as_str().unwrap().to_owned();
    let writes = front.requests().await.len();
    for (more, line) in [
        (json!({ "to": ["jo@evil.test"] }), "recipient_domains_allow"),
        (
            json!({ "cc": ["jo@acme.example.evil.test"] }),
            "recipient_domains_allow",
        ),
        (json!({ "bcc": ["al@acme.example"] }), "allow_bcc"),
        (
            json!({ "cc": ["a@acme.example", "b@acme.example"] }),
            "max_recipients",
        ),
        (json!({ "author": "marin" }), "authors_allow"),
    ] {
        let mut arguments = base.clone();
        for (name, value) in more.as_object().unwrap() {
            arguments[name] = value.clone();
        }
        refused(
            "create-draft",
            &mcp.call("create-draft", arguments).await,
            line,
        );
        if line != "authors_allow" {
            refused("update-draft", &update(&mut mcp, &id, more).await, line);
        }
    }
    let since = front.requests().await;
    let is_write = |one: &&String| !one.starts_with("GET ");
    assert_eq!(since.iter().skip(writes).filter(is_write).count(), 0);
    mcp.close().await;
}

fn refused(tool: &str, result: &Value, line: &str) {
    assert_eq!(verdict::bad(tool, result)["code"], "refused", "{result}");
    assert!(verdict::text(result).contains(line), "{line}: {result}");
}

#[tokio::test]
async fn a_policy_that_names_the_operation_wants_the_version_that_was_read() {
    let front = Front::start().await;
    let mut mcp = under(
        &front,
        "named",
        "allow_operations = [\"edit-draft\", \"delete-draft\"]",
    )
    .await;
    let version = at_front(&front, SHARED_DRAFT).await["version"].clone();
    let result = update(&mut mcp, SHARED_DRAFT, json!({ "body": "Other." })).await;
    verdict::refuses("update-draft", "version", &result);
    let stale = json!({ "body": "Other.", "version": "stale" });
    let result = update(&mut mcp, SHARED_DRAFT, stale).await;
    assert_eq!(verdict::bad("update-draft", &result)["code"], "conflict");
    assert_eq!(changes(&front).await, 0);
    let author = at_front(&front, SHARED_DRAFT).await["author"]["id"].clone();
    let right = json!({ "body": "Other.", "version": version });
    let result = update(&mut mcp, SHARED_DRAFT, right).await;
    let changed = verdict::good("update-draft", &result).clone();
    assert_eq!(at_front(&front, SHARED_DRAFT).await["author"]["id"], author);
    let arguments = json!({ "draft_id": SHARED_DRAFT, "version": changed["version"] });
    let result = mcp.call("delete-draft", arguments).await;
    verdict::good("delete-draft", &result);
    mcp.close().await;
}

#[tokio::test]
async fn what_lies_in_other_inboxes_is_invisible() {
    let front = Front::start().await;
    let folder = tempfile::tempdir().unwrap();
    let mut mcp = in_folder(&front, &[], folder.path()).await;
    let id = draft(&mut mcp).await;
    mcp.close().await;
    let path = format!("{}/drafts-inboxes.toml", env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(&path, "[policy]\nallow_inboxes = [\"inb_1ord\"]\n").unwrap();
    let mut mcp = in_folder(&front, &["--config", &path], folder.path()).await;
    let result = update(&mut mcp, &id, json!({ "body": "Other." })).await;
    assert_eq!(verdict::bad("update-draft", &result)["code"], "not_found");
    let result = mcp.call("delete-draft", json!({ "draft_id": id })).await;
    assert_eq!(verdict::bad("delete-draft", &result)["code"], "not_found");
    mcp.close().await;
    assert_eq!(changes(&front).await, 0);
}
