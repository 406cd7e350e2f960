//! The endpoint: a message in, its answer out.

use std::sync::Arc;

use axum::{
    Extension,
    body::Body,
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use http::{HeaderValue, Method, StatusCode, header};
use http_body_util::Full;

use super::{answer::Refused, body, caller::Admitted, head, site::Site};

/// Where it is.
pub const PATH: &str = "/mcp";

/// Hands the message to its caller's own handler. What answers is for that caller alone, and kept by
/// nobody between.
pub async fn answer(
    State(site): State<Arc<Site>>,
    Extension(Admitted(caller)): Extension<Admitted>,
    request: Request,
) -> Response {
    if request.method() != Method::POST {
        return Refused::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "messages are posted: there are no sessions here, and no stream beside an answer",
        )
        .with(header::ALLOW, "POST")
        .into_response();
    }
    let (parts, body) = request.into_parts();
    if let Err(refused) = head::judge(&parts.headers) {
        return refused.into_response();
    }
    let message = match body::message(&parts.headers, body, &site.limits).await {
        Ok(message) => message,
        Err(refused) => return refused.into_response(),
    };
    let request = http::Request::from_parts(parts, Full::new(message));
    let mut response = caller.handle(request).await.map(Body::new);
    // rmcp says this of JSON that is no message; the kind was right.
    if response.status() == StatusCode::UNSUPPORTED_MEDIA_TYPE {
        return Refused::malformed(
            head::INVALID_REQUEST,
            "the body is no JSON-RPC message: one object with `jsonrpc`, `id` and `method`; nothing was done",
        )
        .into_response();
    }
    response
        .headers_mut()
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}
