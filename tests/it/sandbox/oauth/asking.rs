//! Who may ask, what a teammate sees, and what is brought back to the app.

use reqwest::Response;

use super::{ADMIN, CALLBACK, OAuth, TEAMMATE, asking, brought_back, challenge, with};

#[tokio::test]
async fn a_page_says_who_asks_for_what() {
    let oauth = OAuth::start().await;
    let challenge = challenge("v");
    let fields = with(&asking(&challenge), "state", Some("\"><script>x</script>"));
    let page = oauth.page(&fields).await;
    assert_eq!(page.status(), 200);
    assert_eq!(page.headers()["cache-control"], "no-store");
    let policy = page.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'"));
    let text = page.text().await.unwrap();
    for wanted in [
        "Larkspur Cycles",
        "front-mcp",
        "http://127.0.0.1:9876",
        "Marin Okonkwo",
        "Tove Lindqvist",
        "Administrator",
        ">Allow<",
        ">Deny<",
    ] {
        assert!(text.contains(wanted), "{wanted} is not on the page");
    }
    assert!(text.find("Marin").unwrap() < text.find("Tove").unwrap());
    assert!(
        !text.contains("<script>"),
        "the page holds what it was told"
    );
}

#[tokio::test]
async fn the_page_names_the_company_that_is_played() {
    let oauth = OAuth::start().await;
    oauth
        .set(serde_json::json!({"company": "<Other> Bikes"}))
        .await;
    let challenge = challenge("v");
    let text = oauth.page(&asking(&challenge)).await.text().await.unwrap();
    assert!(text.contains("&lt;Other&gt; Bikes") && !text.contains("Larkspur"));
}

async fn goes_nowhere(response: Response) {
    assert_eq!(response.status(), 400);
    assert!(response.headers().get("location").is_none());
    assert_eq!(
        response.headers()["content-type"],
        "text/html; charset=utf-8"
    );
}

#[tokio::test]
async fn an_unknown_client_or_address_is_sent_nowhere() {
    let oauth = OAuth::start().await;
    let challenge = challenge("v");
    let good = asking(&challenge);
    let mut wrong = vec![
        with(&good, "client_id", Some("stranger")),
        with(&good, "client_id", None),
        with(&good, "redirect_uri", None),
    ];
    for address in [
        "https://evil.example/cb",
        "http://127.0.0.1@evil.example/cb",
        "http://127.0.0.1:9876",
        "myapp://callback",
    ] {
        wrong.push(with(&good, "redirect_uri", Some(address)));
    }
    let mut twice = good.clone();
    twice.push(("redirect_uri", CALLBACK));
    wrong.push(twice);
    for fields in wrong {
        goes_nowhere(oauth.page(&fields).await).await;
        let mut answer = fields.clone();
        answer.extend([("teammate", ADMIN), ("decision", "allow")]);
        goes_nowhere(oauth.post("/oauth/authorize", None, &answer).await).await;
    }
    for (name, value) in [("teammate", "tea_nobody"), ("decision", "perhaps")] {
        let mut answer = good.clone();
        answer.extend([("teammate", ADMIN), ("decision", "allow")]);
        let answer = with(&answer, name, Some(value));
        goes_nowhere(oauth.post("/oauth/authorize", None, &answer).await).await;
    }
    assert_eq!(oauth.count("authorizations").await, 0);
}

#[tokio::test]
async fn a_wrong_request_is_told_to_the_app() {
    let oauth = OAuth::start().await;
    let challenge = challenge("v");
    let good = asking(&challenge);
    for (name, value, error) in [
        ("response_type", Some("token"), "unsupported_response_type"),
        ("response_type", None, "invalid_request"),
        ("code_challenge_method", Some("plain"), "invalid_request"),
        ("code_challenge_method", None, "invalid_request"),
        ("code_challenge", Some("short"), "invalid_request"),
        ("code_challenge", None, "invalid_request"),
        ("scope", Some("conversations:read"), "invalid_scope"),
    ] {
        let response = oauth.page(&with(&good, name, value)).await;
        assert_eq!(response.status(), 303);
        let back = brought_back(&response);
        assert_eq!(
            (back["error"].as_str(), back["state"].as_str()),
            (error, "st&te 1")
        );
        assert!(back.contains_key("error_description"));
    }
}

#[tokio::test]
async fn only_an_administrator_can_allow_and_anybody_can_deny() {
    let oauth = OAuth::start().await;
    let challenge = challenge("v");
    let back = oauth.decide(asking(&challenge), ADMIN, "deny").await;
    assert_eq!(
        (back["error"].as_str(), back["state"].as_str()),
        ("access_denied", "st&te 1")
    );
    assert!(!back.contains_key("code"));
    let back = oauth.decide(asking(&challenge), TEAMMATE, "allow").await;
    assert_eq!(back["error"], "access_denied");
    assert!(back["error_description"].contains("administrator of the Front instance"));
    assert_eq!(oauth.count("authorizations").await, 0);
    let back = oauth.decide(asking(&challenge), ADMIN, "allow").await;
    assert_eq!(back["state"], "st&te 1");
    assert_eq!(oauth.count("authorizations").await, 1);
}

#[tokio::test]
async fn an_address_may_have_a_query_already() {
    let oauth = OAuth::start().await;
    let challenge = challenge("v");
    let address = "https://localhost:9876/cb?keep=1";
    let mut fields = with(&asking(&challenge), "redirect_uri", Some(address));
    fields.extend([("teammate", ADMIN), ("decision", "deny")]);
    let response = oauth.post("/oauth/authorize", None, &fields).await;
    let location = response.headers()["location"].to_str().unwrap();
    let more = location.strip_prefix(address).unwrap();
    assert!(more.starts_with("&error=access_denied&"), "{location}");
}
