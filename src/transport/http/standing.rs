//! Whether the server takes requests: from its start until it is told to end.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{StatusCode, header};
use tokio_util::sync::CancellationToken;

use super::{answer::Refused, site::Site};

/// Whether requests are taken.
#[derive(Debug, Default)]
pub struct Standing {
    is_closing: AtomicBool,
    /// Ends what is still under way when there is no more time for it.
    over: CancellationToken,
}

impl Standing {
    /// No further request is taken: what is under way goes on.
    pub fn close(&self) {
        self.is_closing.store(true, Ordering::SeqCst);
    }

    /// Whether it was told to end.
    pub fn is_closing(&self) -> bool {
        self.is_closing.load(Ordering::SeqCst)
    }

    /// Cancelled when time is up.
    pub fn over(&self) -> &CancellationToken {
        &self.over
    }
}

/// Turns requests away while the server ends, to be made again elsewhere or later.
pub async fn still_open(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    if !site.standing.is_closing() {
        return next.run(request).await;
    }
    Refused::for_now(
        StatusCode::SERVICE_UNAVAILABLE,
        1,
        "this server is about to end; nothing was done, and the request can be made again",
    )
    .with(header::CONNECTION, "close")
    .into_response()
}
