//! A code is good once, for a while, and for whom it was given to.

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::json;

use super::{ADMIN, OAuth, Tokens, VERIFIER, asking, basic, body, challenge, exchanging, with};

#[tokio::test]
async fn a_code_becomes_tokens_that_the_api_takes() {
    let oauth = OAuth::start().await;
    let response = oauth
        .post(
            "/oauth/token",
            Some(&basic()),
            &exchanging(&oauth.code().await),
        )
        .await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["cache-control"], "no-store");
    let value = body(response).await;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let left = value["expires_at"].as_u64().unwrap() - now.as_secs();
    assert!((3595..=3600).contains(&left), "{left}");
    assert!(value.get("expires_in").is_none());
    let tokens = Tokens::of(&value);
    assert_ne!(tokens.access, tokens.refresh);
    let me = body(oauth.api(&tokens.access, "/me").await).await;
    assert_eq!(me["name"], "Larkspur Cycles");
    assert_eq!(oauth.api(&tokens.refresh, "/me").await.status(), 401);
    assert_eq!(oauth.check(&tokens.access).await, (true, false));
    assert_eq!(oauth.check(&tokens.refresh).await, (false, true));
    assert_eq!(oauth.count("codes_exchanged").await, 1);
}

#[tokio::test]
async fn a_code_that_comes_twice_takes_back_what_it_gave() {
    let oauth = OAuth::start().await;
    let other = oauth.tokens().await;
    let code = oauth.code().await;
    let tokens = Tokens::of(&oauth.exchange(&code).await.1);
    let refreshed = oauth.refreshed(&tokens.refresh).await;
    let (status, value) = oauth.exchange(&code).await;
    assert_eq!(
        (status.as_u16(), value["error"].as_str()),
        (400, Some("invalid_grant"))
    );
    for dead in [&tokens.access, &tokens.refresh, &refreshed.access] {
        assert_eq!(oauth.check(dead).await, (false, false));
    }
    assert_eq!(oauth.api(&other.access, "/me").await.status(), 200);
}

#[tokio::test]
async fn a_code_is_bound_to_address_and_verifier() {
    let oauth = OAuth::start().await;
    let code = oauth.code().await;
    let good = exchanging(&code);
    let other = VERIFIER.replace('d', "e");
    for (name, value, error) in [
        ("code", Some("guessed"), "invalid_grant"),
        ("code", None, "invalid_request"),
        (
            "redirect_uri",
            Some("http://127.0.0.1:9877/callback"),
            "invalid_grant",
        ),
        ("redirect_uri", None, "invalid_request"),
        ("code_verifier", Some(other.as_str()), "invalid_grant"),
        ("code_verifier", None, "invalid_grant"),
        ("grant_type", Some("password"), "unsupported_grant_type"),
        (
            "grant_type",
            Some("client_credentials"),
            "unauthorized_client",
        ),
        ("grant_type", None, "invalid_request"),
    ] {
        let response = oauth
            .post("/oauth/token", Some(&basic()), &with(&good, name, value))
            .await;
        assert_eq!(response.status(), 400);
        assert_eq!(response.headers()["cache-control"], "no-store");
        let answer = body(response).await;
        assert_eq!(answer["error"], error, "{name} {value:?}");
        assert!(answer["error_description"].is_string());
    }
    // None of these used it up.
    assert_eq!(oauth.exchange(&code).await.0, 200);
}

#[tokio::test]
async fn a_verifier_without_a_challenge_is_refused() {
    let oauth = OAuth::start().await;
    let challenge = challenge(VERIFIER);
    let asked = with(&asking(&challenge), "code_challenge", None);
    let asked = with(&asked, "code_challenge_method", None);
    let code = oauth.decide(asked, ADMIN, "allow").await["code"].clone();
    assert_eq!(oauth.exchange(&code).await.1["error"], "invalid_grant");
    let fields = with(&exchanging(&code), "code_verifier", None);
    let response = oauth.post("/oauth/token", Some(&basic()), &fields).await;
    assert_eq!(response.status(), 200);
}

#[tokio::test]
async fn a_code_expires() {
    let oauth = OAuth::start().await;
    oauth.set(json!({"code_seconds": 0})).await;
    let (status, value) = oauth.exchange(&oauth.code().await).await;
    assert_eq!(
        (status.as_u16(), value["error"].as_str()),
        (400, Some("invalid_grant"))
    );
    assert_eq!(value["error_description"], "The code has expired.");
}
