//! What is told of each request: a line in the log with its id, caller, status and duration, and the
//! metrics. Neither holds arguments, bodies, tokens or queries.

use std::{sync::Arc, time::Instant};

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::{HeaderName, HeaderValue};
use tracing::Instrument as _;

use super::{caller::Admitted, peer::Peer, site::Site};
use crate::{digest::hex, random};

const ID: HeaderName = HeaderName::from_static("x-request-id");

/// The paths that are told as they are; what else was asked for is a peer's own words.
const PATHS: [&str; 6] = [
    "/mcp",
    "/metrics",
    "/healthz",
    "/readyz",
    super::metadata::AT_ROOT,
    super::metadata::OF_ENDPOINT,
];

/// Tells of a request once it is answered.
pub async fn told(State(site): State<Arc<Site>>, mut request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let id = id();
    let path = known(request.uri().path());
    let method = match request.method().as_str() {
        known @ ("GET" | "POST" | "DELETE" | "HEAD" | "OPTIONS" | "PUT" | "PATCH") => known,
        _ => "other",
    }
    .to_owned();
    let from = request
        .extensions()
        .get::<Peer>()
        .map(|peer| site.peers.origin(peer.0.ip(), request.headers()));
    if let Ok(value) = HeaderValue::from_str(&id) {
        // Whatever the peer called it: ids of ours are unique, and hold no words.
        request.headers_mut().insert(ID, value);
    }
    let span = tracing::info_span!("request", id);
    let mut response = next.run(request).instrument(span.clone()).await;
    let elapsed = begun.elapsed();
    let status = response.status().as_u16();
    let caller = response.extensions().get::<Admitted>().cloned();
    let caller = caller.as_ref().map(|admitted| &*admitted.0.name);
    let duration_ms = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
    span.in_scope(|| {
        tracing::info!(
            method,
            path,
            status,
            caller,
            from = from.map(tracing::field::display),
            duration_ms,
            "answered"
        );
    });
    site.metrics.answered(caller, path, status, elapsed);
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(ID, value);
    }
    response
}

/// A path as it is told: links hold what is for nobody else to know.
fn known(path: &str) -> &'static str {
    if path.starts_with(super::approval::PREFIX) {
        return "/approve";
    }
    PATHS
        .into_iter()
        .find(|known| *known == path)
        .unwrap_or("other")
}

fn id() -> String {
    random::bytes::<8>().map_or_else(|_| "unnumbered".to_owned(), |bytes| hex(&bytes))
}
