//! What whoever watches over the server asks: does it live, and should it be given requests.

use std::sync::Arc;

use axum::extract::State;
use http::{StatusCode, header};

use super::site::Site;

type Said = (
    StatusCode,
    [(http::HeaderName, &'static str); 1],
    &'static str,
);

const fn said(status: StatusCode, words: &'static str) -> Said {
    (status, [(header::CACHE_CONTROL, "no-store")], words)
}

/// The process answers.
pub async fn alive() -> Said {
    said(StatusCode::OK, "alive\n")
}

/// It takes requests, and the store of its callers can be read. Front is not asked: where it is down,
/// every replica would be taken away.
pub async fn ready(State(site): State<Arc<Site>>) -> Said {
    const NOT_NOW: StatusCode = StatusCode::SERVICE_UNAVAILABLE;
    if site.standing.is_closing() {
        return said(NOT_NOW, "about to end\n");
    }
    match site.callers.are_readable() {
        true => said(StatusCode::OK, "ready\n"),
        false => said(NOT_NOW, "the store of callers cannot be read\n"),
    }
}
