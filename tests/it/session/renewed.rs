//! A server whose sign-in ends, comes back, or cannot be renewed, as its host sees it.

use std::time::Duration;

use serde_json::{Value, json};

use super::crowd::signed_in;
use crate::support::{
    front::Front,
    mcp::{Era, Mcp},
    sign_in::{counts, kept, sign_in, tell},
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
