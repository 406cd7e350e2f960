//! A server whose sign-in ends, comes back, or cannot be renewed, as its host sees it.

use std::time::Duration;

use front_mcp::{
    account::{AccountName, Vault as _},
    front::credential::Renewing as _,
};
use serde_json::{Value, json};

use super::crowd::signed_in;
use crate::support::{
    front::Front,
    mcp::{Era, Mcp},
    sign_in::{accepts, counts, kept, session, sign_in, tell, vault},
};

async fn me(server: &mut Mcp) -> Value {
    let arguments = json!({ "method": "GET", "path": "/me" });
    server.call("raw-api-request", arguments).await
}

fn code(result: &Value) -> &str {
    result["_meta"]["code"].as_str().unwrap_or("fine")
}

#[tokio::test]
async fn nobody_signed_in_is_told_how_and_then_served() {
    let front = Front::start().await;
    let folder = tempfile::tempdir().unwrap();
    let mut server = Mcp::start(signed_in(&front, folder.path()), Era::Handshake).await;
    server.still_serves().await;
    let refused = me(&mut server).await;
    assert_eq!(code(&refused), "no_token");
    let text = refused["content"][0]["text"].as_str().unwrap();
    assert!(text.contains("front-mcp login"), "{text}");
    // Without a restart.
    sign_in(&front, folder.path()).await;
    assert_eq!(code(&me(&mut server).await), "fine");
    server.close().await;
}

#[tokio::test]
async fn a_refused_token_is_renewed_once_and_the_call_goes_on() {
    let front = Front::start().await;
    let folder = tempfile::tempdir().unwrap();
    sign_in(&front, folder.path()).await;
    let mut server = Mcp::start(signed_in(&front, folder.path()), Era::PerRequest).await;
    assert_eq!(code(&me(&mut server).await), "fine");
    // A write as well: what Front refused it did not do.
    tell(&front, json!({ "expire_now": true })).await;
    let arguments = json!({ "handles": [{ "source": "email", "handle": "new@example.com" }] });
    let created = server.call("create-contact", arguments).await;
    assert_eq!(code(&created), "fine", "{created}");
    assert_eq!(counts(&front).await["refreshes_granted"], 1);
    server.close().await;
}

#[tokio::test]
async fn a_sign_in_that_ended_is_said_once_and_not_asked_for_again() {
    let front = Front::start().await;
    let folder = tempfile::tempdir().unwrap();
    sign_in(&front, folder.path()).await;
    tell(&front, json!({ "expire_now": true, "revoke_now": true })).await;
    let mut server = Mcp::start(signed_in(&front, folder.path()), Era::Handshake).await;
    for _ in 0..5 {
        assert_eq!(code(&me(&mut server).await), "signed_out");
    }
    assert_eq!(counts(&front).await["refreshes_refused"], 1);
    assert!(kept(folder.path()).ended.is_some());
    // Another process does not ask either.
    let mut other = Mcp::start(signed_in(&front, folder.path()), Era::Handshake).await;
    assert_eq!(code(&me(&mut other).await), "signed_out");
    assert_eq!(counts(&front).await["refreshes_refused"], 1);
    sign_in(&front, folder.path()).await;
    assert_eq!(code(&me(&mut server).await), "fine");
    assert_eq!(code(&me(&mut other).await), "fine");
    let log = server.close().await;
    assert_eq!(log.matches("sign in again").count(), 1, "{log}");
    other.close().await;
}

#[tokio::test]
async fn a_token_is_used_until_its_end_when_it_cannot_be_renewed() {
    let front = Front::start().await;
    let folder = tempfile::tempdir().unwrap();
    tell(&front, json!({ "access_seconds": 4.0 })).await;
    sign_in(&front, folder.path()).await;
    let broken =
        json!({ "kind": "status", "value": 500, "match": { "path_prefix": "/oauth/token" } });
    front.fault(broken).await;
    let mut server = Mcp::start(signed_in(&front, folder.path()), Era::Handshake).await;
    // Stale from the third second on, over after the fourth.
    tokio::time::sleep(Duration::from_millis(3200)).await;
    assert_eq!(code(&me(&mut server).await), "fine");
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(code(&me(&mut server).await), "not_renewed");
    front.heal().await;
    tokio::time::sleep(Duration::from_millis(2100)).await;
    assert_eq!(code(&me(&mut server).await), "fine");
    server.close().await;
}

#[tokio::test]
async fn a_token_is_renewed_before_its_end() {
    let front = Front::start().await;
    let folder = tempfile::tempdir().unwrap();
    tell(&front, json!({ "access_seconds": 6.0 })).await;
    sign_in(&front, folder.path()).await;
    let mut server = Mcp::start(signed_in(&front, folder.path()), Era::Handshake).await;
    // Its last quarter begins after four and a half seconds, whoever looks and however often.
    for _ in 0..3 {
        tokio::time::sleep(Duration::from_millis(1300)).await;
        assert_eq!(code(&me(&mut server).await), "fine");
    }
    assert_eq!(counts(&front).await["refreshes_granted"], 0);
    tokio::time::sleep(Duration::from_millis(900)).await;
    let mut other = Mcp::start(signed_in(&front, folder.path()), Era::Handshake).await;
    assert_eq!(code(&me(&mut other).await), "fine");
    assert_eq!(code(&me(&mut server).await), "fine");
    assert_eq!(counts(&front).await["refreshes_granted"], 1);
    server.close().await;
    other.close().await;
}

#[tokio::test]
async fn who_signs_in_or_out_elsewhere_is_noticed_before_the_next_request() {
    let front = Front::start().await;
    let folder = tempfile::tempdir().unwrap();
    sign_in(&front, folder.path()).await;
    let first = kept(folder.path());
    let mut server = Mcp::start(signed_in(&front, folder.path()), Era::Handshake).await;
    assert_eq!(code(&me(&mut server).await), "fine");
    // The first token stays good at Front, and is not used any more.
    sign_in(&front, folder.path()).await;
    tell(&front, json!({ "company": "Other Bikes" })).await;
    let second = kept(folder.path());
    assert_eq!(code(&me(&mut server).await), "fine");
    assert_eq!(accepts(&front, &first).await, (true, true));
    assert_eq!(accepts(&front, &second).await, (true, true));
    vault(folder.path())
        .delete(&AccountName::default())
        .unwrap();
    assert_eq!(code(&me(&mut server).await), "no_token");
    server.close().await;
}

#[tokio::test]
async fn a_token_goes_to_no_other_server() {
    let (front, other) = (Front::start().await, Front::start().await);
    let folder = tempfile::tempdir().unwrap();
    sign_in(&front, folder.path()).await;
    for variable in ["FRONT_API_BASE_URL", "FRONT_OAUTH_BASE_URL"] {
        let mut command = signed_in(&front, folder.path());
        command.env(variable, other.base());
        let mut server = Mcp::start(command, Era::Handshake).await;
        let refused = me(&mut server).await;
        assert_eq!(code(&refused), "signed_out");
        assert!(refused.to_string().contains(variable), "{refused}");
        server.close().await;
    }
    assert!(other.requests().await.is_empty());
    assert_eq!(counts(&other).await["refreshes_refused"], 0);
}

#[tokio::test]
async fn what_a_killed_process_did_not_name_is_taken_up() {
    let front = Front::start().await;
    let folder = tempfile::tempdir().unwrap();
    tell(&front, json!({ "rotation": "strict" })).await;
    sign_in(&front, folder.path()).await;
    let path = folder.path().join("accounts/default.json");
    let old = std::fs::read(&path).unwrap();
    // As a renewal leaves it that is ended between its write and its rename.
    tell(&front, json!({ "expire_now": true })).await;
    let session = session(&front, folder.path());
    let stale = session.token().await.unwrap();
    session.after_refusal(stale).await.unwrap();
    let beside = folder.path().join("accounts/.default.json.00ff");
    std::fs::rename(&path, &beside).unwrap();
    std::fs::write(&path, old).unwrap();
    std::fs::write(folder.path().join("accounts/.default.json.aa"), "{").unwrap();

    tell(&front, json!({ "expire_now": true })).await;
    let mut server = Mcp::start(signed_in(&front, folder.path()), Era::Handshake).await;
    assert_eq!(code(&me(&mut server).await), "fine");
    server.close().await;
    let left = std::fs::read_dir(folder.path().join("accounts")).unwrap();
    let left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}
