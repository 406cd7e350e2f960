//! Protected resource metadata (RFC 9728): what this server is to an OAuth client.
//!
//! Tokens are issued by the operator, so no authorization server is named.

use std::sync::Arc;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::header;
use serde_json::json;

use super::{mcp, site::Site};

/// Where clients look first.
pub const OF_ENDPOINT: &str = "/.well-known/oauth-protected-resource/mcp";
/// Where they look then.
pub const AT_ROOT: &str = "/.well-known/oauth-protected-resource";

/// The metadata.
pub async fn answer(State(site): State<Arc<Site>>) -> Response {
    let metadata = json!({
        "resource": format!("{}{}", site.url, mcp::PATH),
        "resource_name": "front-mcp",
        "bearer_methods_supported": ["header"],
    });
    let kind = [(header::CONTENT_TYPE, "application/json")];
    (kind, metadata.to_string()).into_response()
}

/// Its address, for a challenge.
pub fn address(site: &Site) -> String {
    format!("{}{OF_ENDPOINT}", site.url)
}
