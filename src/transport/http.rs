//! MCP over streamable HTTP, for a team: one endpoint, both eras of the protocol, no sessions, so that
//! any server with the same state may answer any request.
//!
//! [`router`] is the one list of what a request passes. `names` knows by which hosts and from which
//! pages it may come, `bearer` whose it is, `caller` what is kept of each caller, `limits` how much
//! they may ask at once, `head` and `body` what a message is, `mcp` hands it to rmcp. `team` are those
//! with a token of the operator's; `approval` is the page for those who decide on what they prepare.
//! `listener` holds the sockets, `tls` their certificate, `standing` whether the server
//! still takes requests, `trace` and `metrics` what is told of them, `health` and `metadata` what
//! anybody may ask.

pub mod answer;
mod approval;
mod bearer;
mod body;
pub mod caller;
mod descriptors;
mod head;
mod health;
mod limits;
pub mod listener;
mod mcp;
mod metadata;
mod metrics;
mod names;
mod peer;
mod serve;
mod signals;
pub mod site;
mod standing;
mod team;
mod tls;
mod trace;

use std::sync::Arc;

use axum::{
    Router,
    middleware::{from_fn, from_fn_with_state},
    routing::{any, get},
};

pub use self::serve::{Hosted, Unfit, serve};
use self::site::Site;

/// Everything that is answered, and what each request passes before it, outermost last.
pub fn router(site: &Arc<Site>) -> Router {
    let with = || Arc::clone(site);
    let callers_only = Router::new()
        .route(mcp::PATH, any(mcp::answer))
        .route("/metrics", get(metrics::of_caller))
        .layer(from_fn(limits::of_caller))
        .layer(from_fn_with_state(with(), bearer::admit));
    let named = Router::new()
        .merge(callers_only)
        .route(approval::PATH, any(approval::answer))
        .route(metadata::AT_ROOT, get(metadata::answer))
        .route(metadata::OF_ENDPOINT, get(metadata::answer))
        .fallback(answer::nowhere)
        .layer(from_fn_with_state(with(), limits::of_server))
        .layer(from_fn_with_state(with(), standing::still_open))
        .layer(from_fn_with_state(with(), names::known));
    // Whoever watches over the server asks by its bare address.
    Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .fallback_service(named.with_state(with()))
        .layer(from_fn_with_state(with(), trace::told))
        .with_state(with())
}
