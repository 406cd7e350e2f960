//! A sandbox Front that a test owns, with its fault injection and its records.

use front_mcp::sandbox::{Options, RateLimit, Sandbox, TOKEN};
use reqwest::{Client, Method, redirect::Policy};
use serde_json::{Value, json};

/// A running sandbox on a fixed day without a rate limit.
pub struct Front {
    sandbox: Sandbox,
    client: Client,
}

impl Front {
    pub async fn start() -> Self {
        let options = Options {
            rate_limit: RateLimit::Off,
            today: Some(jiff::civil::date(2026, 3, 18)),
            ..Options::default()
        };
        let front = Self {
            sandbox: Sandbox::start(options).await.unwrap(),
            client: Client::builder()
                .redirect(Policy::none())
                .no_proxy()
                .build()
                .unwrap(),
        };
        // Makes the company now, so that no request of the program waits for it.
        front.ask(Method::POST, "/_sandbox/reset", None).await;
        front
    }

    pub fn base(&self) -> String {
        self.sandbox.base_url()
    }

    /// One request of the test's own, past the program under test.
    pub async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        let url = format!("{}{path}", self.base());
        let mut request = self.client.request(method, &url).bearer_auth(TOKEN);
        if let Some(body) = body {
            request = request
                .header("content-type", "application/json")
                .body(body.to_string());
        }
        let response = request.send().await.unwrap();
        let status = response.status();
        let text = response.text().await.unwrap();
        assert!(status.is_success(), "{url}: {status} {text}");
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }

    /// Makes Front fail from now on, as `POST /_sandbox/faults` takes it.
    pub async fn fault(&self, fault: Value) {
        self.ask(Method::POST, "/_sandbox/faults", Some(fault))
            .await;
    }

    /// The same, for requests of one method.
    pub async fn fault_on(&self, method: &str, mut fault: Value) {
        fault["match"] = json!({ "method": method });
        self.fault(fault).await;
    }

    pub async fn heal(&self) {
        self.ask(Method::DELETE, "/_sandbox/faults", None).await;
    }

    /// What was sent to customers.
    pub async fn outbox(&self) -> Vec<Value> {
        let outbox = self.ask(Method::GET, "/_sandbox/outbox", None).await;
        outbox["messages"].as_array().unwrap().clone()
    }

    /// Every request that reached Front's API, as `METHOD /path`.
    pub async fn requests(&self) -> Vec<String> {
        let journal = self.ask(Method::GET, "/_sandbox/requests", None).await;
        journal["requests"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| {
                format!(
                    "{} {}",
                    one["method"].as_str().unwrap(),
                    one["path"].as_str().unwrap()
                )
            })
            .collect()
    }

    /// How many attempts to send reached Front, whatever became of them.
    pub async fn send_posts(&self) -> usize {
        let requests = self.requests().await;
        requests
            .iter()
            .filter(|one| one.starts_with("POST ") && one.ends_with("/messages"))
            .count()
    }
}
