//! Where the fault that a request meets strikes: in place of its answer, before it, or on it.

use std::time::Duration;

use axum::response::Response;
use http::Method;
use serde_json::Value;

use super::{Server, spoil};
use crate::sandbox::{
    connection::Scissors,
    fault::{Fault, FaultKind},
};

/// What is left to be done to the real answer, if there is to be one; else the response in its place.
pub(super) async fn strike(
    server: &Server,
    scissors: &Scissors,
    method: &Method,
    path: &str,
) -> Result<Option<FaultKind>, Box<Response>> {
    let Some(fault) = server.faults().strike(method, path) else {
        return Ok(None);
    };
    if let Some(response) = spoil::instead(&fault, path, scissors) {
        return Err(Box::new(response));
    }
    if fault.kind == FaultKind::Hang {
        tokio::time::sleep(hang(&fault)).await;
    }
    Ok(Some(fault.kind))
}

fn hang(fault: &Fault) -> Duration {
    let seconds = fault.value.as_ref().and_then(Value::as_f64);
    Duration::try_from_secs_f64(seconds.unwrap_or(30.0)).unwrap_or(Duration::from_secs(30))
}
