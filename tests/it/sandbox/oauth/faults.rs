//! Faults strike the authorization server where they are asked to.

use std::time::{Duration, Instant};

use reqwest::Response;
use serde_json::{Value, json};

use super::{Fields, OAuth, basic, body};

async fn inject(oauth: &OAuth, mut fault: Value) {
    fault["match"] = json!({"path_prefix": "/oauth/token"});
    fault["times"] = json!(1);
    assert_eq!(oauth.control("faults", fault).await.status(), 204);
}

/// A refresh, with whatever becomes of it.
async fn try_refresh(oauth: &OAuth, token: &str) -> reqwest::Result<Response> {
    let fields: Fields<'_> = vec![("grant_type", "refresh_token"), ("refresh_token", token)];
    oauth
        .front
        .client
        .post(oauth.url("/oauth/token"))
        .header("content-type", "application/x-www-form-urlencoded")
        .header("authorization", basic())
        .body(super::encoded(&fields))
        .send()
        .await
}

#[tokio::test]
async fn a_fault_of_the_api_leaves_oauth_alone() {
    let oauth = OAuth::start().await;
    let fault = json!({"kind": "status", "value": 503});
    oauth.control("faults", fault).await;
    let tokens = oauth.tokens().await;
    assert_eq!(oauth.api(&tokens.access, "/me").await.status(), 503);
}

#[tokio::test]
async fn statuses_are_answered_as_oauth_does() {
    let oauth = OAuth::start().await;
    let token = oauth.tokens().await.refresh;
    for (status, error) in [
        (400, "invalid_request"),
        (401, "invalid_client"),
        (403, "access_denied"),
        (429, "temporarily_unavailable"),
        (500, "server_error"),
        (503, "temporarily_unavailable"),
    ] {
        inject(
            &oauth,
            json!({"kind": "status", "value": status, "retry_after": 3}),
        )
        .await;
        let response = try_refresh(&oauth, &token).await.unwrap();
        assert_eq!(response.status(), status);
        assert_eq!(response.headers()["retry-after"], "3");
        assert_eq!(body(response).await["error"], error);
    }
    assert_eq!(oauth.count("refreshes_refused").await, 0);
    oauth.refreshed(&token).await;
}

#[tokio::test]
async fn bodies_are_wrong_in_every_way() {
    let oauth = OAuth::start().await;
    let token = oauth.tokens().await.refresh;
    inject(&oauth, json!({"kind": "html"})).await;
    let html = try_refresh(&oauth, &token).await.unwrap();
    assert_eq!(html.headers()["content-type"], "text/html; charset=utf-8");
    inject(&oauth, json!({"kind": "wrong_types"})).await;
    let wrong = try_refresh(&oauth, &token).await.unwrap();
    assert_eq!(wrong.status(), 200);
    assert_eq!(body(wrong).await["access_token"], 7);
    inject(&oauth, json!({"kind": "truncated"})).await;
    let cut = try_refresh(&oauth, &token).await.unwrap();
    let cut = cut.text().await.unwrap();
    assert!(!cut.is_empty() && serde_json::from_str::<Value>(&cut).is_err());
    // What was cut off was done.
    assert_eq!(oauth.count("refreshes_granted").await, 1);
}

#[tokio::test]
async fn connections_close_before_or_after_the_deed() {
    let oauth = OAuth::start().await;
    oauth.set(json!({"rotation": "strict"})).await;
    let token = oauth.tokens().await.refresh;
    inject(&oauth, json!({"kind": "reset"})).await;
    assert!(try_refresh(&oauth, &token).await.is_err());
    assert_eq!(oauth.check(&token).await, (false, true));
    inject(&oauth, json!({"kind": "reset_after"})).await;
    assert!(try_refresh(&oauth, &token).await.is_err());
    assert_eq!(oauth.check(&token).await, (false, false));
    assert_eq!(oauth.count("refreshes_granted").await, 1);
}

#[tokio::test]
async fn a_hang_lasts_as_long_as_asked() {
    let oauth = OAuth::start().await;
    let token = oauth.tokens().await.refresh;
    inject(&oauth, json!({"kind": "hang", "value": 0.2})).await;
    let start = Instant::now();
    oauth.refreshed(&token).await;
    assert!(start.elapsed() >= Duration::from_millis(200));
}
