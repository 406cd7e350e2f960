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

use super::{answer::Refused, body, caller::Admitted, site::Site};

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
    let message = match body::message(&parts.headers, body, &site.limits).await {
        Ok(message) => message,
        Err(refused) => return refused.into_response(),
    };
    let request = http::Request::from_parts(parts, Full::new(message));
    let mut response = caller.handle(request).await.map(Body::new);
    response
        .headers_mut()
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}
