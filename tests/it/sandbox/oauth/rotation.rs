//! What becomes of a refresh token that was used, and when an access token ends.

use std::time::Duration;

use serde_json::{Value, json};

use super::OAuth;

#[tokio::test]
async fn the_same_refresh_token_comes_back() {
    let oauth = OAuth::start().await;
    let first = oauth.tokens().await;
    let second = oauth.refreshed(&first.refresh).await;
    assert_eq!(second.refresh, first.refresh);
    assert_ne!(second.access, first.access);
    assert_eq!(oauth.api(&first.access, "/me").await.status(), 200);
    oauth.refreshed(&first.refresh).await;
    assert_eq!(oauth.count("refreshes_granted").await, 2);
    assert_eq!(oauth.count("refreshes_refused").await, 0);
}

#[tokio::test]
async fn a_strictly_rotated_token_is_dead_at_once() {
    let oauth = OAuth::start().await;
    oauth.set(json!({"rotation": "strict"})).await;
    let first = oauth.tokens().await;
    let second = oauth.refreshed(&first.refresh).await;
    assert_ne!(second.refresh, first.refresh);
    oauth.refuses(&first.refresh).await;
    let third = oauth.refreshed(&second.refresh).await;
    assert_eq!(oauth.check(&second.refresh).await, (false, false));
    assert_eq!(oauth.check(&third.refresh).await, (false, true));
    assert_eq!(oauth.count("refreshes_refused").await, 1);
}

#[tokio::test]
async fn grace_ends_when_the_new_access_token_is_used() {
    let oauth = OAuth::start().await;
    oauth.set(json!({"rotation": "grace"})).await;
    let first = oauth.tokens().await;
    let lost = oauth.refreshed(&first.refresh).await;
    let second = oauth.refreshed(&first.refresh).await;
    assert_ne!(second.refresh, lost.refresh);
    // A question is no use, and neither is a request that a fault kept from Front.
    assert_eq!(oauth.check(&second.access).await, (true, false));
    let fault = json!({"kind": "status", "value": 503, "times": 1});
    oauth.control("faults", fault).await;
    assert_eq!(oauth.api(&second.access, "/me").await.status(), 503);
    assert_eq!(oauth.check(&first.refresh).await, (false, true));
    assert_eq!(oauth.api(&second.access, "/me").await.status(), 200);
    oauth.refuses(&first.refresh).await;
    oauth.refreshed(&second.refresh).await;
}

#[tokio::test]
async fn grace_ends_when_the_new_refresh_token_is_used() {
    let oauth = OAuth::start().await;
    oauth.set(json!({"rotation": "grace"})).await;
    let first = oauth.tokens().await;
    let second = oauth.refreshed(&first.refresh).await;
    assert_eq!(oauth.check(&first.refresh).await, (false, true));
    let third = oauth.refreshed(&second.refresh).await;
    oauth.refuses(&first.refresh).await;
    assert_eq!(oauth.check(&second.refresh).await, (false, true));
    oauth.revoke(&third.refresh).await;
    assert_eq!(oauth.check(&second.refresh).await, (false, false));
}

#[tokio::test]
async fn an_access_token_ends_when_it_says() {
    let oauth = OAuth::start().await;
    oauth.set(json!({"access_seconds": 0.4})).await;
    let tokens = oauth.tokens().await;
    assert_eq!(oauth.api(&tokens.access, "/me").await.status(), 200);
    tokio::time::sleep(Duration::from_millis(450)).await;
    let response = oauth.api(&tokens.access, "/me").await;
    assert_eq!(response.status(), 401);
    let value: Value = super::body(response).await;
    assert_eq!(value["_error"]["title"], "Unauthenticated");
    oauth.set(json!({"access_seconds": 60})).await;
    let tokens = oauth.refreshed(&tokens.refresh).await;
    oauth.set(json!({"expire_now": true})).await;
    assert_eq!(oauth.api(&tokens.access, "/me").await.status(), 401);
    oauth.refreshed(&tokens.refresh).await;
    oauth.set(json!({"revoke_now": true})).await;
    oauth.refuses(&tokens.refresh).await;
}

#[tokio::test]
async fn the_end_is_said_as_asked() {
    let oauth = OAuth::start().await;
    let token = oauth.tokens().await.refresh;
    for (expiry, name, is_text) in [
        ("expires_at", "expires_at", false),
        ("expires_in", "expires_in", false),
        ("expires_at_text", "expires_at", true),
        ("expires_in_text", "expires_in", true),
    ] {
        oauth.set(json!({"expiry": expiry})).await;
        let (_, value) = oauth.refresh(&token).await;
        assert_eq!(value[name].is_string(), is_text, "{value}");
        assert_eq!(value[name].is_u64(), !is_text, "{value}");
        assert_eq!(value.as_object().unwrap().len(), 4);
    }
    oauth.set(json!({"expiry": "none"})).await;
    let (_, value) = oauth.refresh(&token).await;
    assert_eq!(value.as_object().unwrap().len(), 3);
}
