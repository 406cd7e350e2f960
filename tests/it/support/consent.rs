//! Front's page on which a person lets an application in, answered by the test: with a browser that
//! goes nowhere by itself and takes whatever certificate is there.

use reqwest::{Client, Url, redirect::Policy};

use super::mcp::HANG;

/// What a person chose on Front's page: who they are, and whether it may be.
pub const ALLOW: (&str, &str) = ("alt:email:marin@larkspur-cycles.example", "allow");
pub const DENY: (&str, &str) = ("alt:email:marin@larkspur-cycles.example", "deny");
pub const NO_ADMIN: (&str, &str) = ("alt:email:tove@larkspur-cycles.example", "allow");

pub fn browser() -> Client {
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
    let client = browser();
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
