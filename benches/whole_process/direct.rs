//! The same requests without a server between: one HTTP client that keeps its connections.

use front_mcp::sandbox::TOKEN;
use reqwest::Client;
use tokio::runtime::Runtime;

pub struct Direct {
    client: Client,
    runtime: Runtime,
    base: String,
}

impl Direct {
    pub fn new(base: &str) -> Self {
        Self {
            client: Client::builder()
                .no_proxy()
                .tcp_nodelay(true)
                .build()
                .unwrap(),
            runtime: tokio::runtime::Builder::new_multi_thread()
                .worker_threads(2)
                .enable_all()
                .build()
                .unwrap(),
            base: base.to_owned(),
        }
    }

    /// Makes all of these requests at once and waits for their whole answers.
    pub fn get(&self, paths: &[String]) {
        self.runtime.block_on(self.all(paths));
    }

    /// Makes the same requests `total` times, always `at_once` of them under way.
    pub fn flood(&self, paths: &[String], total: usize, at_once: usize) {
        use futures_util::{StreamExt as _, stream};
        self.runtime.block_on(async {
            stream::iter(0..total)
                .map(|_| self.all(paths))
                .buffer_unordered(at_once)
                .count()
                .await;
        });
    }

    /// The text of one answer.
    pub fn text(&self, path: &str) -> String {
        let text = self.runtime.block_on(self.one(path));
        String::from_utf8(text.to_vec()).unwrap()
    }

    async fn all(&self, paths: &[String]) {
        futures_util::future::join_all(paths.iter().map(|path| self.one(path))).await;
    }

    async fn one(&self, path: &str) -> bytes::Bytes {
        let url = format!("{}{path}", self.base);
        let response = self
            .client
            .get(url)
            .bearer_auth(TOKEN)
            .send()
            .await
            .unwrap();
        assert!(
            response.status().is_success(),
            "{path}: {}",
            response.status()
        );
        response.bytes().await.unwrap()
    }
}
