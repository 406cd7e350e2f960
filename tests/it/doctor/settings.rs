//! The settings: what was set is told with its source, a secret as set, a mistake as a finding.

use super::{SECRET, examine, with_token};
use crate::support::front::Front;

#[tokio::test]
async fn each_setting_is_told_with_its_source() {
    let front = Front::start().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("front.toml");
    let text = format!(
        "[send]\nask = [\"page\"]\n[oauth]\nclient_id = \"app\"\nclient_secret = \"{SECRET}\"\n\
         [attachments]\nfolders = ['{}']\n[policy]\nread_only = true\n",
        folder.path().join("gone").display()
    );
    std::fs::write(&file, text).unwrap();
    let seen = examine(&front, || {
        let mut command = with_token(&front);
        command
            .args(["--send=draft", "--config"])
            .arg(&file)
            .env("FRONT_MCP_TIMEZONE", "Europe/Paris");
        command
    })
    .await;
    seen.compare("settings", Some(folder.path()));
    seen.has("config", "ok", "--send = draft, on the command line");
    seen.has(
        "config",
        "ok",
        "FRONT_MCP_TIMEZONE = Europe/Paris, in the environment",
    );
    seen.has("config", "ok", "oauth.client_secret is set, in ");
    seen.has("config", "ok", "FRONT_API_TOKEN is set, in the environment");
    seen.has("config", "warning", "is not there");
}

#[tokio::test]
async fn a_setting_that_cannot_be_used_is_a_finding() {
    let front = Front::start().await;
    let seen = examine(&front, || {
        let mut command = with_token(&front);
        command.env("FRONT_MCP_TIMEZONE", SECRET);
        command
    })
    .await;
    seen.compare("bad_setting", None);
    assert_eq!(seen.code, 2);
    assert_eq!(seen.json["requests"], 0);
    seen.has("config", "error", "FRONT_MCP_TIMEZONE");
}

#[tokio::test]
async fn what_the_policy_forbids_is_not_asked() {
    let front = Front::start().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("front.toml");
    std::fs::write(&file, "[policy]\nallow_scopes = [\"tags:read\"]\n").unwrap();
    let seen = examine(&front, || {
        let mut command = with_token(&front);
        command.arg("--config").arg(&file);
        command
    })
    .await;
    seen.has("scopes", "ok", "may be read: tags;");
    seen.has(
        "scopes",
        "note",
        "as the policy says: conversations, inboxes",
    );
    assert_eq!(seen.json["requests"], 2);
}
