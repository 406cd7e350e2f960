//! A browser that answers Front's page and goes where it is sent, whatever certificate is there.

use reqwest::{Client, Url, header::HeaderMap, redirect::Policy};

use crate::support::mcp::HANG;

/// What a person chose on Front's page: who they are, and whether it may be.
pub const ALLOW: (&str, &str) = ("alt:email:marin@larkspur-cycles.example", "allow");
pub const DENY: (&str, &str) = ("alt:email:marin@larkspur-cycles.example", "deny");
pub const NO_ADMIN: (&str, &str) = ("alt:email:tove@larkspur-cycles.example", "allow");

pub struct Page {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

fn client() -> Client {
    Client::builder()
        .redirect(Policy::none())
        .tls_danger_accept_invalid_certs(true)
        .no_proxy()
        .timeout(HANG)
        .build()
        .unwrap()
}

/// Answers Front's page at an address; where the browser is then sent.
pub async fn answered(address: &str, (teammate, decision): (&str, &str)) -> String {
    let client = client();
    let page = client.get(address).send().await.unwrap();
    assert_eq!(page.status(), 200, "{}", page.text().await.unwrap());
    let address = Url::parse(address).unwrap();
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(address.query_pairs())
        .append_pair("teammate", teammate)
        .append_pair("decision", decision);
    let mut action = address.clone();
    action.set_query(None);
    let answer = client
        .post(action)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form.finish())
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 303);
    answer.headers()["location"].to_str().unwrap().to_owned()
}

/// Opens a page of ours.
pub async fn open(address: &str) -> Page {
    let response = client().get(address).send().await.unwrap();
    let headers = response.headers().clone();
    for (name, value) in [
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert_eq!(headers[name], value, "{headers:?}");
    }
    let policy = headers["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    assert!(!policy.contains("script-src") && !policy.contains("unsafe"));
    Page {
        status: response.status().as_u16(),
        headers,
        body: response.text().await.unwrap(),
    }
}

/// From Front's page to ours.
pub async fn answer(address: &str, choice: (&str, &str)) -> Page {
    open(&answered(address, choice).await).await
}

/// A parameter of an address.
pub fn parameter(address: &str, name: &str) -> String {
    let address = Url::parse(address).unwrap();
    let mut all = address.query_pairs().filter(|(given, _)| given == name);
    let (_, value) = all.next().unwrap();
    assert!(all.next().is_none(), "{name} stands twice");
    value.into_owned()
}

/// A callback of our own making.
pub fn callback(address: &str, query: &str) -> String {
    format!("{}?{query}", parameter(address, "redirect_uri"))
}
