//! The body of a request: whole, in time, no larger than allowed, and JSON with one reading.

use axum::body::Body;
use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode, header};
use http_body_util::BodyExt as _;
use tokio::time::timeout;

use super::answer::Refused;
use crate::{config::http::Limits, strict_json};

/// JSON-RPC's code for what is no JSON.
const PARSE_ERROR: i32 = -32_700;

/// Reads a body that holds a message.
pub async fn message(headers: &HeaderMap, body: Body, limits: &Limits) -> Result<Bytes, Refused> {
    let announced = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > limits.body_bytes as u64) {
        return Err(too_large(limits));
    }
    let bytes = timeout(limits.body, whole(body, limits))
        .await
        .map_err(|_| {
            Refused::new(
                StatusCode::REQUEST_TIMEOUT,
                "the body of the request did not arrive in time; nothing was done",
            )
            .with(header::CONNECTION, "close")
        })??;
    // What the protocol's reader makes of it is the one reading that there is.
    match strict_json::parse(&bytes) {
        Ok(_) => Ok(bytes),
        Err(error) => Err(Refused::malformed(
            PARSE_ERROR,
            format!("the body is no JSON with one reading: {error}; nothing was done"),
        )),
    }
}

async fn whole(mut body: Body, limits: &Limits) -> Result<Bytes, Refused> {
    let mut read = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else {
            return Err(Refused::new(
                StatusCode::BAD_REQUEST,
                "the body of the request broke off; nothing was done",
            )
            .with(header::CONNECTION, "close"));
        };
        let Ok(data) = frame.into_data() else {
            continue;
        };
        if read.len() + data.len() > limits.body_bytes {
            return Err(too_large(limits));
        }
        read.extend_from_slice(&data);
    }
    Ok(read.freeze())
}

fn too_large(limits: &Limits) -> Refused {
    Refused::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        format!(
            "a request may have {} bytes (`[http] max_request_bytes`); nothing was done",
            limits.body_bytes
        ),
    )
    .with(header::CONNECTION, "close")
}
