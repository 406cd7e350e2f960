//! What every connection that carries a credential is held to.

use http::{HeaderMap, header};
use jiff::Timestamp;
use reqwest::{Client, ClientBuilder, redirect};

use super::base::ApiBase;

/// A client for the server at `base`: no redirect is followed, which could carry a token or a body
/// where nobody looked, nothing is repeated, and nobody is told where a request came from. `limits`
/// adds what differs from one server to the next.
pub fn client(
    base: &ApiBase,
    limits: impl FnOnce(ClientBuilder) -> ClientBuilder,
) -> Option<Client> {
    let mut builder = Client::builder()
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .user_agent(concat!("front-mcp/", env!("CARGO_PKG_VERSION")));
    // A company proxy named in the environment cannot reach this machine's loopback.
    if base.is_loopback() {
        builder = builder.no_proxy();
    }
    limits(builder)
        .build()
        .inspect_err(|error| tracing::error!(%error, "the HTTP client cannot be built"))
        .ok()
}

/// When the server says that it answered (`Date`, to the second).
pub fn date(headers: &HeaderMap) -> Option<Timestamp> {
    let text = headers.get(header::DATE)?.to_str().ok()?;
    Some(jiff::fmt::rfc2822::parse(text).ok()?.timestamp())
}
