//! What can be set, what is counted, and what is kept of a request.

use reqwest::Method;
use serde_json::{Value, json};

use super::{OAuth, asking, body, challenge};
use crate::sandbox::Front;

#[tokio::test]
async fn what_is_not_a_change_changes_nothing() {
    let oauth = OAuth::start().await;
    let long = json!({"access_seconds": 1e12});
    for wrong in [
        json!({"acces_seconds": 1}),
        json!({"rotation": "never"}),
        json!({"rotation": "strict", "denied_scopes": ["contact"]}),
        json!({"rotation": "strict", "access_seconds": -1}),
        json!({"company": ""}),
        json!([]),
        long,
    ] {
        let response = oauth.control("oauth", wrong).await;
        assert_eq!(response.status(), 400);
    }
    let first = oauth.tokens().await;
    let second = oauth.refreshed(&first.refresh).await;
    assert_eq!(second.refresh, first.refresh);
    let question = oauth.control("oauth/check", json!({"tokn": "x"})).await;
    assert_eq!(question.status(), 400);
}

#[tokio::test]
async fn a_token_can_be_of_another_company() {
    let oauth = OAuth::start().await;
    let token = oauth.tokens().await.access;
    let mine = body(oauth.api(&token, "/me").await).await;
    assert_eq!(mine["id"], "cmp_1lrk");
    oauth.set(json!({"company": "Other Bikes"})).await;
    let other = body(oauth.api(&token, "/me").await).await;
    assert_eq!(other["name"], "Other Bikes");
    assert_ne!(other["id"], mine["id"]);
    oauth.set(json!({"company": "Larkspur Cycles"})).await;
    assert_eq!(body(oauth.api(&token, "/me").await).await, mine);
}

#[tokio::test]
async fn a_denied_scope_is_answered_403() {
    let oauth = OAuth::start().await;
    let token = oauth.tokens().await.access;
    oauth
        .set(json!({"denied_scopes": ["contacts", "analytics"]}))
        .await;
    for bearer in [token.as_str(), "sandbox"] {
        let response = oauth.api(bearer, "/contacts").await;
        assert_eq!(response.status(), 403);
        let error = body(response).await;
        let message = error["_error"]["message"].as_str().unwrap();
        assert!(message.contains("contacts:read"), "{message}");
        // By the operation's own scope, not by what its path begins with.
        let fields = oauth.api(bearer, "/contacts/custom_fields").await;
        assert_eq!(fields.status(), 200);
        assert_eq!(oauth.api(bearer, "/me").await.status(), 200);
    }
    // One that the sandbox does not simulate is refused as well.
    let path = "/analytics/exports";
    assert_eq!(oauth.front.refused(Method::POST, path, None).await.0, 403);
    oauth.set(json!({"denied_scopes": []})).await;
    assert_eq!(oauth.api(&token, "/contacts").await.status(), 200);
}

#[tokio::test]
async fn the_clock_of_front_can_be_off() {
    let oauth = OAuth::start().await;
    let token = oauth.tokens().await.refresh;
    let date = async |path: &str| {
        let response = oauth.api("sandbox", path).await;
        let text = response.headers()["date"].to_str().unwrap().to_owned();
        let zoned = jiff::fmt::rfc2822::parse(&text).unwrap();
        zoned.timestamp().as_second()
    };
    let now = || jiff::Timestamp::now().as_second();
    assert!((date("/me").await - now()).abs() <= 2);
    oauth.set(json!({"clock_skew_seconds": -7200})).await;
    for path in [
        "/me",
        "/no/such/thing",
        "/oauth/authorize",
        "/_sandbox/oauth",
    ] {
        let off = date(path).await - now();
        assert!((off + 7200).abs() <= 2, "{path}: {off}");
    }
    let (_, value) = oauth.refresh(&token).await;
    let off = value["expires_at"].as_i64().unwrap() - now() - 3600;
    assert!(
        (off + 7200).abs() <= 2,
        "tokens end by Front's clock: {off}"
    );
    let access = value["access_token"].as_str().unwrap();
    assert_eq!(oauth.api(access, "/me").await.status(), 200);
}

#[tokio::test]
async fn the_journal_keeps_no_secret() {
    let oauth = OAuth::start().await;
    let tokens = oauth.tokens().await;
    let challenge = challenge("v");
    oauth.page(&asking(&challenge)).await;
    oauth.api(&tokens.access, "/inboxes?limit=3").await;
    oauth.api("stranger", "/inboxes").await;
    let report = oauth.front.get("/_sandbox/requests").await;
    let seen: Vec<_> = report["requests"].as_array().unwrap().iter().collect();
    let shown = |entry: &Value| {
        let text = |name: &str| entry[name].as_str().unwrap_or("-").to_owned();
        format!("{} {} {}", text("path"), text("query"), text("token"))
    };
    let shown: Vec<_> = seen.into_iter().map(shown).collect();
    assert_eq!(
        shown,
        [
            "/oauth/authorize - -",
            "/oauth/token - -",
            "/oauth/authorize - -",
            "/inboxes limit=3 oauth",
            "/inboxes - -",
        ]
    );
}

#[tokio::test]
async fn oauth_takes_nothing_from_the_allowance() {
    let oauth = OAuth {
        front: Front::with(front_mcp::sandbox::RateLimit::PerMinute(2)).await,
    };
    let first = oauth.tokens().await;
    for _ in 0..5 {
        oauth.refreshed(&first.refresh).await;
    }
    let me = oauth.api(&first.access, "/me").await;
    assert_eq!(me.headers()["x-ratelimit-remaining"], "1");
}

#[tokio::test]
async fn a_reset_forgets_everything() {
    let oauth = OAuth::start().await;
    let tokens = oauth.tokens().await;
    let change = json!({
        "rotation": "strict",
        "company": "Other Bikes",
        "denied_scopes": ["tags"],
        "clock_skew_seconds": 900,
    });
    oauth.set(change).await;
    assert_eq!(oauth.check("sandbox").await, (true, false));
    assert_eq!(oauth.control("reset", json!({})).await.status(), 204);
    let counts = oauth.front.get("/_sandbox/oauth").await;
    assert_eq!(
        counts,
        json!({
            "authorizations": 0,
            "codes_exchanged": 0,
            "refreshes_granted": 0,
            "refreshes_refused": 0,
            "revocations": 0,
        })
    );
    assert_eq!(oauth.api(&tokens.access, "/me").await.status(), 401);
    oauth.refuses(&tokens.refresh).await;
    let fresh = oauth.tokens().await;
    assert_eq!(oauth.api(&fresh.access, "/tags").await.status(), 200);
    let me = body(oauth.api(&fresh.access, "/me").await).await;
    assert_eq!(me["name"], "Larkspur Cycles");
}

#[tokio::test]
async fn it_says_what_front_says_of_itself() {
    let oauth = OAuth::start().await;
    let url = oauth.url("/.well-known/oauth-authorization-server");
    let response = oauth.front.client.get(url).send().await.unwrap();
    let origin = oauth.front.sandbox.base_url();
    assert_eq!(
        body(response).await,
        json!({
            "issuer": origin,
            "authorization_endpoint": format!("{origin}/oauth/authorize"),
            "token_endpoint": format!("{origin}/oauth/token"),
            "revocation_endpoint": format!("{origin}/oauth/revoke"),
            "scopes_supported": ["feature:mcp"],
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials"],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
            "code_challenge_methods_supported": ["S256"],
        })
    );
}
