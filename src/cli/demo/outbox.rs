//! What really left, asked of the sandbox over HTTP and not of the server under test.

use anyhow::Context as _;
use serde::Deserialize;

use crate::sandbox::Sandbox;

/// The way to the sandbox's outbox.
pub(super) struct Outbox {
    client: reqwest::Client,
    url: String,
}

/// What it holds.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Sent {
    pub(super) count: usize,
    pub(super) messages: Vec<Letter>,
}

/// One message that left.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Letter {
    pub(super) message_uid: String,
    pub(super) conversation_id: String,
    pub(super) to: Vec<String>,
    pub(super) body: String,
}

impl Outbox {
    pub(super) fn of(sandbox: &Sandbox) -> anyhow::Result<Self> {
        Ok(Self {
            client: reqwest::Client::builder().no_proxy().build()?,
            url: format!("{}/_sandbox/outbox", sandbox.base_url()),
        })
    }

    pub(super) async fn read(&self) -> anyhow::Result<Sent> {
        let body = async {
            let response = self.client.get(&self.url).send().await?;
            response.error_for_status()?.bytes().await
        }
        .await
        .context("the sandbox's outbox could not be read")?;
        serde_json::from_slice(&body).context("the sandbox's outbox is not what was expected")
    }
}
