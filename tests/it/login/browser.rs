//! A browser that answers Front's page and goes where it is sent, whatever certificate is there.

use reqwest::{Url, header::HeaderMap};

use crate::support::consent::browser;
pub use crate::support::consent::{ALLOW, DENY, NO_ADMIN, answered};

pub struct Page {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

/// Opens a page of ours.
pub async fn open(address: &str) -> Page {
    let response = browser().get(address).send().await.unwrap();
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
