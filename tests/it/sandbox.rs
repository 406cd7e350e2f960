//! The embedded Front behaves like Front, is the same every time, and fails on request.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "the helpers of tests may fail as tests do"
)]

mod changes;
mod faults;
mod oauth;
mod reading;
mod schemas;
mod searching;
mod sending;
mod wire;

use front_mcp::sandbox::{Options, RateLimit, Sandbox, TOKEN};
use reqwest::{Client, Method, Response, StatusCode, redirect::Policy};
use serde_json::Value;

/// A sandbox on a fixed day without a limit, and a client that follows no redirects.
struct Front {
    sandbox: Sandbox,
    client: Client,
}

impl Front {
    async fn start() -> Self {
        Self::with(RateLimit::Off).await
    }

    async fn with(rate_limit: RateLimit) -> Self {
        let options = Options {
            rate_limit,
            today: Some(jiff::civil::date(2026, 3, 18)),
            ..Options::default()
        };
        Self {
            sandbox: Sandbox::start(options).await.unwrap(),
            client: Client::builder()
                .redirect(Policy::none())
                .no_proxy()
                .build()
                .unwrap(),
        }
    }

    async fn call(&self, method: Method, path: &str, body: Option<Value>) -> Response {
        self.try_call(method, path, body).await.unwrap()
    }

    async fn try_call(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> reqwest::Result<Response> {
        let url = format!("{}{path}", self.sandbox.base_url());
        let mut request = self.client.request(method, url).bearer_auth(TOKEN);
        if let Some(body) = body {
            request = request
                .header("content-type", "application/json")
                .body(body.to_string());
        }
        request.send().await
    }

    async fn get(&self, path: &str) -> Value {
        let response = self.call(Method::GET, path, None).await;
        let status = response.status();
        let text = response.text().await.unwrap();
        assert!(status.is_success(), "GET {path}: {status} {text}");
        serde_json::from_str(&text).unwrap()
    }

    async fn results(&self, path: &str) -> Vec<Value> {
        self.get(path).await["_results"].as_array().unwrap().clone()
    }

    /// Every item of a paged list, re-issuing each `next` here as a careful client does.
    async fn walk(&self, path: &str) -> Vec<Value> {
        let mut items = Vec::new();
        let mut path = path.to_owned();
        loop {
            let page = self.get(&path).await;
            items.extend(page["_results"].as_array().unwrap().iter().cloned());
            let Some(next) = page["_pagination"]["next"].as_str() else {
                return items;
            };
            let host = "https://larkspur-cycles.api.frontapp.com";
            path = next
                .strip_prefix(host)
                .expect("next is on another host")
                .to_owned();
        }
    }

    async fn refused(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> (StatusCode, Value) {
        let response = self.call(method, path, body).await;
        let status = response.status();
        let value: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
        assert_eq!(value["_error"]["status"], status.as_u16(), "{value}");
        assert!(value["_error"]["title"].is_string() && value["_error"]["message"].is_string());
        (status, value["_error"].clone())
    }

    async fn outbox(&self) -> Vec<Value> {
        let outbox = self.get("/_sandbox/outbox").await;
        let messages = outbox["messages"].as_array().unwrap().clone();
        assert_eq!(outbox["count"], messages.len());
        messages
    }
}

/// Percent-encodes one path segment.
fn segment(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

fn ids(items: &[Value]) -> Vec<&str> {
    items
        .iter()
        .map(|item| item["id"].as_str().unwrap())
        .collect()
}
