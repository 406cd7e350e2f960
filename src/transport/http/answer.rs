//! What is said to whoever is turned away: a JSON-RPC error for a client to show, with the HTTP status
//! that says the same, and whether it is worth trying again.

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::{HeaderName, HeaderValue, StatusCode, header};
use serde_json::json;

/// An answer that refuses. Its words are ours alone.
#[derive(Debug)]
pub struct Refused {
    status: StatusCode,
    code: i32,
    message: String,
    headers: Vec<(HeaderName, HeaderValue)>,
}

/// JSON-RPC's code for what is none of its own errors.
const SERVER_ERROR: i32 = -32_000;

impl Refused {
    /// A refusal with this status.
    pub fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self {
            status,
            code: SERVER_ERROR,
            message: message.into(),
            headers: Vec::new(),
        }
    }

    /// A message that is none, by JSON-RPC's own code.
    pub fn malformed(code: i32, message: impl Into<String>) -> Self {
        Self {
            code,
            ..Self::new(StatusCode::BAD_REQUEST, message)
        }
    }

    /// To be tried again after so many seconds. Nothing was done.
    pub fn for_now(status: StatusCode, seconds: u32, message: impl Into<String>) -> Self {
        Self::new(status, message).with(header::RETRY_AFTER, &seconds.to_string())
    }

    /// With this header.
    #[must_use]
    pub fn with(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.push((name, value));
        }
        self
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let body = json!({
            "jsonrpc": "2.0",
            "id": null,
            "error": { "code": self.code, "message": self.message },
        });
        let mut response = Response::new(Body::from(body.to_string()));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        );
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.extend(self.headers);
        response
    }
}

/// A path that is none.
pub async fn nowhere() -> Refused {
    Refused::new(
        StatusCode::NOT_FOUND,
        "nothing is here: the endpoint is `/mcp`",
    )
}
