//! The sandbox's authorization server, as a client, a browser and a judge see it.

mod asking;
mod clients;
mod codes;
mod controls;
mod faults;
mod rotation;

use std::collections::BTreeMap;

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use front_mcp::sandbox::{OAUTH_CLIENT_ID, OAUTH_CLIENT_SECRET};
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::Front;

const CALLBACK: &str = "http://127.0.0.1:9876/callback";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const ADMIN: &str = "alt:email:marin@larkspur-cycles.example";
const TEAMMATE: &str = "alt:email:tove@larkspur-cycles.example";

type Fields<'a> = Vec<(&'a str, &'a str)>;

/// A sandbox, and what a client of its authorization server does.
struct OAuth {
    front: Front,
}

impl OAuth {
    async fn start() -> Self {
        Self {
            front: Front::start().await,
        }
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.front.sandbox.base_url())
    }

    async fn control(&self, path: &str, body: Value) -> Response {
        self.front
            .call(Method::POST, &format!("/_sandbox/{path}"), Some(body))
            .await
    }

    async fn set(&self, change: Value) {
        assert_eq!(self.control("oauth", change).await.status(), 204);
    }

    async fn count(&self, name: &str) -> u64 {
        self.front.get("/_sandbox/oauth").await[name]
            .as_u64()
            .unwrap()
    }

    /// Whether a token would be accepted now: as access token, and as refresh token.
    async fn check(&self, token: &str) -> (bool, bool) {
        let response = self.control("oauth/check", json!({"token": token})).await;
        let verdict = body(response).await;
        (
            verdict["access"].as_bool().unwrap(),
            verdict["refresh"].as_bool().unwrap(),
        )
    }

    async fn post(&self, path: &str, authorization: Option<&str>, fields: &Fields<'_>) -> Response {
        let mut request = self
            .front
            .client
            .post(self.url(path))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(encoded(fields));
        if let Some(value) = authorization {
            request = request.header("authorization", value);
        }
        request.send().await.unwrap()
    }

    async fn page(&self, fields: &Fields<'_>) -> Response {
        let url = self.url(&format!("/oauth/authorize?{}", encoded(fields)));
        self.front.client.get(url).send().await.unwrap()
    }

    /// What the browser brings back to the app after a teammate decided.
    async fn decide(
        &self,
        mut fields: Fields<'_>,
        teammate: &str,
        decision: &str,
    ) -> BTreeMap<String, String> {
        fields.extend([("teammate", teammate), ("decision", decision)]);
        let response = self.post("/oauth/authorize", None, &fields).await;
        assert_eq!(response.status(), 303);
        brought_back(&response)
    }

    async fn code(&self) -> String {
        let challenge = challenge(VERIFIER);
        let back = self.decide(asking(&challenge), ADMIN, "allow").await;
        back["code"].clone()
    }

    async fn exchange(&self, code: &str) -> (StatusCode, Value) {
        let response = self
            .post("/oauth/token", Some(&basic()), &exchanging(code))
            .await;
        (response.status(), body(response).await)
    }

    /// A grant's first tokens.
    async fn tokens(&self) -> Tokens {
        let (status, value) = self.exchange(&self.code().await).await;
        assert_eq!(status, 200, "{value}");
        Tokens::of(&value)
    }

    async fn refresh(&self, token: &str) -> (StatusCode, Value) {
        let fields = vec![("grant_type", "refresh_token"), ("refresh_token", token)];
        let response = self.post("/oauth/token", Some(&basic()), &fields).await;
        (response.status(), body(response).await)
    }

    async fn refreshed(&self, token: &str) -> Tokens {
        let (status, value) = self.refresh(token).await;
        assert_eq!(status, 200, "{value}");
        Tokens::of(&value)
    }

    async fn refuses(&self, token: &str) {
        let (status, value) = self.refresh(token).await;
        assert_eq!(
            (status.as_u16(), value["error"].as_str()),
            (400, Some("invalid_grant"))
        );
    }

    async fn revoke(&self, token: &str) {
        let response = self
            .post("/oauth/revoke", Some(&basic()), &vec![("token", token)])
            .await;
        assert_eq!(response.status(), 200);
    }

    async fn api(&self, token: &str, path: &str) -> Response {
        let request = self.front.client.get(self.url(path)).bearer_auth(token);
        request.send().await.unwrap()
    }
}

struct Tokens {
    access: String,
    refresh: String,
}

impl Tokens {
    fn of(value: &Value) -> Self {
        assert_eq!(value["token_type"], "Bearer");
        let text = |name: &str| value[name].as_str().unwrap().to_owned();
        Self {
            access: text("access_token"),
            refresh: text("refresh_token"),
        }
    }
}

/// What an app asks for, as it should.
fn asking(challenge: &str) -> Fields<'_> {
    vec![
        ("response_type", "code"),
        ("client_id", OAUTH_CLIENT_ID),
        ("redirect_uri", CALLBACK),
        ("state", "st&te 1"),
        ("code_challenge", challenge),
        ("code_challenge_method", "S256"),
    ]
}

fn exchanging(code: &str) -> Fields<'_> {
    vec![
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
    ]
}

/// The fields with one changed, or left out.
fn with<'a>(fields: &Fields<'a>, name: &'a str, value: Option<&'a str>) -> Fields<'a> {
    fields
        .iter()
        .copied()
        .filter(|(other, _)| *other != name)
        .chain(value.map(|value| (name, value)))
        .collect()
}

fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()))
}

fn basic() -> String {
    basic_of(&format!("{OAUTH_CLIENT_ID}:{OAUTH_CLIENT_SECRET}"))
}

fn basic_of(credentials: &str) -> String {
    format!("Basic {}", STANDARD.encode(credentials))
}

fn encoded(fields: &Fields<'_>) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}

fn brought_back(response: &Response) -> BTreeMap<String, String> {
    let location = response.headers()["location"].to_str().unwrap();
    let (address, query) = location.split_once('?').unwrap();
    assert_eq!(address, CALLBACK);
    form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect()
}

async fn body(response: Response) -> Value {
    serde_json::from_str(&response.text().await.unwrap()).unwrap()
}
