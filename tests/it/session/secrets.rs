//! No secret is printed: not by a server that logs everything it can, not in a result, not by
//! `Debug`, and in no spelling.

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD},
};
use front_mcp::{
    account::Account,
    app::App,
    front::credential::Renewing as _,
    gate::mode::SendMode,
    oauth::{Challenge, RedirectUri},
    sandbox::OAUTH_CLIENT_SECRET,
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;

use super::crowd::signed_in;
use crate::support::{
    front::Front,
    in_process::config_in,
    mcp::{Era, Mcp},
    sign_in::{account, app, authority, kept, session, sign_in, tell},
};

/// The ways in which a secret could be written.
fn spellings(secret: &str) -> Vec<String> {
    let mut spellings = vec![
        secret.to_owned(),
        utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string(),
        secret.escape_default().to_string(),
        secret.chars().rev().collect(),
    ];
    // Inside other base64 it begins at any of three places.
    for before in ["", "a", "ab"] {
        for encoded in [
            STANDARD_NO_PAD.encode(format!("{before}{secret}")),
            URL_SAFE_NO_PAD.encode(format!("{before}{secret}")),
        ] {
            // The ends depend on the neighbours.
            let inner = encoded.get(4..encoded.len() - 4).unwrap();
            spellings.push(inner.to_owned());
        }
    }
    spellings
}

fn secrets(account: &Account) -> Vec<String> {
    let mut secrets = vec![
        account.access.expose_secret().to_owned(),
        account.app.secret.expose_secret().to_owned(),
    ];
    secrets.extend(
        account
            .refresh
            .as_ref()
            .map(|refresh| refresh.expose_secret().to_owned()),
    );
    secrets
}

/// Fails where one of the secrets stands in the text.
fn assert_silent(what: &str, text: &str, secrets: &[String]) {
    for (number, secret) in secrets.iter().enumerate() {
        assert!(
            secret.len() >= 12,
            "a secret that could stand there by chance"
        );
        for (spelling, word) in spellings(secret).iter().enumerate() {
            assert!(
                !text.contains(word),
                "{what}: secret {number}, spelling {spelling}, is there"
            );
        }
    }
}

#[test]
fn a_spelled_secret_is_found() {
    let secret = "s3cret/with+signs=".to_owned();
    let basic = STANDARD_NO_PAD.encode(format!("client:{secret}"));
    for text in [
        format!("x {secret} y"),
        format!("Basic {basic}"),
        "a=s3cret%2Fwith%2Bsigns%3D&b".to_owned(),
    ] {
        let found = spellings(&secret).iter().any(|word| text.contains(word));
        assert!(found, "{text}");
    }
}

#[tokio::test]
async fn a_server_that_logs_everything_logs_no_token() {
    let front = Front::start().await;
    let folder = tempfile::tempdir().unwrap();
    tell(&front, json!({ "rotation": "grace" })).await;
    sign_in(&front, folder.path()).await;
    let mut known = secrets(&kept(folder.path()));
    let mut command = signed_in(&front, folder.path());
    command.env("FRONT_MCP_LOG", "trace");
    let mut server = Mcp::start(command, Era::Handshake).await;
    let mut said = String::new();
    let faults = [
        None,
        Some("html"),
        Some("truncated"),
        Some("wrong_types"),
        Some("reset_after"),
        Some("status"),
    ];
    for fault in faults {
        tell(&front, json!({ "expire_now": true })).await;
        if let Some(kind) = fault {
            let path = json!({ "path_prefix": "/oauth/token" });
            let value = (kind == "status").then_some(401);
            let fault = json!({ "kind": kind, "times": 1, "match": path, "value": value });
            front.fault(fault).await;
        }
        for path in ["/me", "/inboxes"] {
            let arguments = json!({ "method": "GET", "path": path });
            let result = server.call("raw-api-request", arguments).await;
            said.push_str(&result.to_string());
            known.extend(secrets(&kept(folder.path())));
            if fault.is_some() {
                // Until it asks again, and is answered.
                tokio::time::sleep(std::time::Duration::from_millis(2100)).await;
            }
        }
    }
    tell(&front, json!({ "expire_now": true, "revoke_now": true })).await;
    let arguments = json!({ "method": "GET", "path": "/me" });
    said.push_str(&server.call("raw-api-request", arguments).await.to_string());
    let log = server.close().await;
    assert!(log.contains("TRACE"), "it logs everything");
    known.sort();
    known.dedup();
    assert!(
        known.len() > 6,
        "there was something to hide: {}",
        known.len()
    );
    assert_silent("the log", &log, &known);
    assert_silent("the results", &said, &known);
}

#[tokio::test]
async fn nothing_that_holds_a_secret_prints_it() {
    let front = Front::start().await;
    let folder = tempfile::tempdir().unwrap();
    sign_in(&front, folder.path()).await;
    let account = account(&front).await;
    let known = secrets(&account);
    let session = session(&front, folder.path());
    let token = session.token().await.unwrap();
    let mut settings = config_in(folder.path(), &front.base(), SendMode::Approve);
    settings.oauth.client_secret = Some(SecretString::from(OAUTH_CLIENT_SECRET));
    settings.api.token = None;
    let (challenge, verifier) = Challenge::draw();
    let redirect = RedirectUri::parse("https://localhost:1/callback").unwrap();
    let refused = authority(&front)
        .exchange(
            &app(),
            &redirect,
            &SecretString::from("a-code-of-nobody"),
            verifier,
        )
        .await
        .unwrap_err();
    let printed = format!(
        "{account:?} {account:#?} {:?} {session:#?} {token:?} {settings:#?} {:#?} {refused:?} {refused} {challenge:?} {:?}",
        kept(folder.path()),
        App::new(&settings).unwrap(),
        authority(&front),
    );
    let mut known = [known, secrets(&kept(folder.path()))].concat();
    known.push("a-code-of-nobody".to_owned());
    assert_silent("Debug", &printed, &known);
}
