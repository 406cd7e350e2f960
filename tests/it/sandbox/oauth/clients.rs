//! How a client shows who it is, and what it may ask to be forgotten.

use front_mcp::sandbox::{OAUTH_CLIENT_ID, OAUTH_CLIENT_SECRET};
use serde_json::json;

use super::{Fields, OAuth, basic, basic_of, body};

/// What the token endpoint says to a client who shows itself so, with a refresh token nobody gave: only
/// `invalid_grant` means that it was let in.
async fn said(oauth: &OAuth, header: Option<&str>, more: &[(&str, &str)]) -> (u16, String) {
    let mut fields: Fields<'_> = vec![("grant_type", "refresh_token"), ("refresh_token", "x")];
    fields.extend(more);
    let response = oauth.post("/oauth/token", header, &fields).await;
    let status = response.status().as_u16();
    assert_eq!(
        response.headers().contains_key("www-authenticate"),
        status == 401
    );
    let error = body(response).await["error"].as_str().unwrap().to_owned();
    (status, error)
}

fn let_in() -> (u16, String) {
    (400, "invalid_grant".to_owned())
}

fn kept_out() -> (u16, String) {
    (401, "invalid_client".to_owned())
}

const IN_BODY: [(&str, &str); 2] = [
    ("client_id", OAUTH_CLIENT_ID),
    ("client_secret", OAUTH_CLIENT_SECRET),
];

#[tokio::test]
async fn a_client_shows_itself_in_one_of_two_ways() {
    let oauth = OAuth::start().await;
    assert_eq!(said(&oauth, Some(&basic()), &[]).await, let_in());
    assert_eq!(said(&oauth, None, &IN_BODY).await, let_in());
    let encoded = basic_of("sandbox%2Dclient:sandbox%2dsecret");
    assert_eq!(said(&oauth, Some(&encoded), &[]).await, let_in());
    let same = [("client_id", OAUTH_CLIENT_ID)];
    assert_eq!(said(&oauth, Some(&basic()), &same).await, let_in());
    let both = (400, "invalid_request".to_owned());
    assert_eq!(said(&oauth, Some(&basic()), &IN_BODY).await, both);
    for header in [
        None,
        Some(basic_of("sandbox-client:wrong")),
        Some(basic_of("stranger:sandbox-secret")),
        Some(basic_of("sandbox-client")),
        Some("Bearer sandbox".to_owned()),
    ] {
        assert_eq!(said(&oauth, header.as_deref(), &[]).await, kept_out());
    }
    let wrong = [("client_id", OAUTH_CLIENT_ID), ("client_secret", "wrong")];
    assert_eq!(said(&oauth, None, &wrong).await, kept_out());
    assert_eq!(oauth.count("refreshes_refused").await, 11);
}

#[tokio::test]
async fn one_way_can_be_the_only_one() {
    let oauth = OAuth::start().await;
    oauth.set(json!({"client_auth": "basic"})).await;
    assert_eq!(said(&oauth, Some(&basic()), &[]).await, let_in());
    assert_eq!(said(&oauth, None, &IN_BODY).await, kept_out());
    oauth.set(json!({"client_auth": "body"})).await;
    assert_eq!(said(&oauth, Some(&basic()), &[]).await, kept_out());
    assert_eq!(said(&oauth, None, &IN_BODY).await, let_in());
    oauth.set(json!({"client_auth": "both"})).await;
    assert_eq!(said(&oauth, Some(&basic()), &[]).await, let_in());
}

#[tokio::test]
async fn a_body_is_a_form_with_each_field_once() {
    let oauth = OAuth::start().await;
    let twice = [("refresh_token", "y")];
    let refused = (400, "invalid_request".to_owned());
    assert_eq!(said(&oauth, Some(&basic()), &twice).await, refused);
    let response = oauth
        .front
        .client
        .post(oauth.url("/oauth/token"))
        .header("authorization", basic())
        .header("content-type", "application/json")
        .body("{}")
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 400);
    assert_eq!(body(response).await["error"], "invalid_request");
    let get = oauth.front.client.get(oauth.url("/oauth/token"));
    let response = get.send().await.unwrap();
    assert_eq!(response.status(), 405);
    assert_eq!(response.headers()["allow"], "POST");
}

#[tokio::test]
async fn what_is_revoked_is_dead() {
    let oauth = OAuth::start().await;
    let tokens = oauth.tokens().await;
    let more = oauth.refreshed(&tokens.refresh).await;
    oauth.revoke(&tokens.access).await;
    assert_eq!(oauth.api(&tokens.access, "/me").await.status(), 401);
    assert_eq!(oauth.api(&more.access, "/me").await.status(), 200);
    oauth.revoke(&tokens.refresh).await;
    assert_eq!(oauth.api(&more.access, "/me").await.status(), 401);
    oauth.refuses(&tokens.refresh).await;
    assert_eq!(oauth.count("revocations").await, 2);
    oauth.revoke("never given").await;
    assert_eq!(oauth.count("revocations").await, 2);
    let fields = vec![("token", tokens.access.as_str())];
    let stranger = oauth.post("/oauth/revoke", None, &fields).await;
    assert_eq!(stranger.status(), 401);
}
