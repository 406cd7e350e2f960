//! API tokens: one that is well, none, refused ones, those of two companies, those that may little.

use reqwest::Method;
use serde_json::json;

use super::{SECRET, examine, run, with_token, without_token};
use crate::support::{
    front::Front,
    mcp::binary,
    scripted::{self, Scripted},
};

#[tokio::test]
async fn all_is_well() {
    let front = Front::start().await;
    let seen = examine(&front, || with_token(&front)).await;
    seen.compare("well", None);
    assert_eq!(seen.json["worst"], "ok");
}

#[tokio::test]
async fn there_is_no_token() {
    let front = Front::start().await;
    let seen = examine(&front, || without_token(&front)).await;
    seen.compare("no_token", None);
    assert_eq!(seen.json["requests"], 0);
    seen.has("credential", "error", "neither");
}

#[tokio::test]
async fn front_refuses_the_token() {
    let front = Front::start().await;
    let seen = examine(&front, || {
        let mut command = without_token(&front);
        command.env("FRONT_API_TOKEN", format!("{SECRET}-expired"));
        command
    })
    .await;
    seen.compare("refused", None);
    seen.has("front", "ok", "answers");
    seen.has("token", "error", "does not accept FRONT_API_TOKEN");
    assert_eq!(seen.json["requests"], 1, "nothing else was worth asking");
}

#[tokio::test]
async fn scopes_are_missing() {
    let front = Front::start().await;
    let denied = json!({ "denied_scopes": ["tags", "channels", "contacts"] });
    front
        .ask(Method::POST, "/_sandbox/oauth", Some(denied))
        .await;
    let seen = examine(&front, || with_token(&front)).await;
    seen.compare("scopes", None);
    seen.has("scopes", "warning", "channels:read");
    seen.has("tools", "warning", "add-tag (tags:read)");
    seen.has("tools", "warning", "send-message (channels:read)");
    seen.has("tools", "note", "list-conversations");
    assert_eq!(seen.code, 0, "a narrow token is no error");
}

#[tokio::test]
async fn a_send_token_that_may_not_say_whose_it_is() {
    let front = Front::start().await;
    let seen = examine_with_sender(&front).await;
    seen.has("token", "ok", "FRONT_SEND_TOKEN may not say");
    assert_eq!(seen.code, 0);
}

async fn examine_with_sender(front: &Front) -> super::Seen {
    let command = || {
        let mut command = with_token(front);
        command.env("FRONT_SEND_TOKEN", front_mcp::sandbox::SEND_TOKEN);
        command.arg("--json");
        command
    };
    let (json, code) = run(command()).await;
    super::Seen {
        table: String::new(),
        json: serde_json::from_str(&json).unwrap(),
        code,
    }
}

#[tokio::test]
async fn the_send_token_is_of_another_company() {
    let front = Scripted::start(|seen| {
        let company = match seen.head.contains(&format!("{SECRET}-sends")) {
            true => r#"{"id": "cmp_2", "name": "Elsewhere Ltd"}"#,
            false => r#"{"id": "cmp_1", "name": "Here Ltd"}"#,
        };
        match seen.target.as_str() {
            "/me" => scripted::json(200, company),
            _ => scripted::json(200, r#"{"_results": []}"#),
        }
    })
    .await;
    let mut command = binary();
    command
        .arg("doctor")
        .env("FRONT_API_BASE_URL", front.base())
        .env("FRONT_API_TOKEN", format!("{SECRET}-reads"))
        .env("FRONT_SEND_TOKEN", format!("{SECRET}-sends"));
    let (table, code) = run(command).await;
    assert_eq!(code, 1, "{table}");
    assert!(
        table.contains("FRONT_SEND_TOKEN is for «Elsewhere Ltd "),
        "{table}"
    );
    assert!(
        table.contains("everything else goes to «Here Ltd "),
        "{table}"
    );
    assert!(front.seen().len() <= 20);
}
