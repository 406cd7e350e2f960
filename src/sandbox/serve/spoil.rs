//! How each fault looks on the wire.

use axum::{body::Body, response::Response};
use bytes::Bytes;
use futures_util::stream;
use http::{StatusCode, header};
use serde_json::{Value, json};

use super::{
    super::{
        answer::Answer,
        connection::Scissors,
        fault::{Fault, FaultKind},
        oauth::{self, OAuthError},
        refusal::Refusal,
    },
    respond,
};

const HUGE: usize = 50 * 1024 * 1024;
const CHUNK: usize = 64 * 1024;

/// The response of faults that answer without doing anything; none for those that spoil the real answer.
pub(super) fn instead(fault: &Fault, path: &str, scissors: &Scissors) -> Option<Response> {
    let answer = match fault.kind {
        FaultKind::Status => status(fault, path),
        FaultKind::Html => Answer::bytes(
            "text/html; charset=utf-8",
            "<!DOCTYPE html><html><head><title>We'll be right back</title></head>\
             <body><h1>We'll be right back</h1><p>Maintenance.</p></body></html>",
        ),
        FaultKind::Huge => return Some(huge()),
        FaultKind::Redirect => {
            let target = fault.value.as_ref().and_then(Value::as_str);
            Answer::empty(StatusCode::FOUND)
                .with_header("location", target.unwrap_or("https://evil.example/collect"))
        }
        FaultKind::Reset => {
            scissors.cut();
            Answer::empty(StatusCode::OK)
        }
        FaultKind::Garbage => Answer::bytes(
            "application/json; charset=utf-8",
            Bytes::from_static(b"{\"_results\": [\"\xff\xfe\xc3\x28\"]}"),
        ),
        FaultKind::Empty => Answer::empty(StatusCode::OK),
        FaultKind::WrongTypes => {
            let wrong = fault.value.clone();
            Answer::json(StatusCode::OK, &wrong.unwrap_or_else(|| wrong_types(path)))
        }
        FaultKind::Truncated | FaultKind::Hang | FaultKind::ForeignNext | FaultKind::ResetAfter => {
            return None;
        }
    };
    Some(respond(answer, None))
}

fn wrong_types(path: &str) -> Value {
    if oauth::owns(path) {
        json!({"access_token": 7, "refresh_token": [], "token_type": {}, "expires_at": "soon"})
    } else {
        json!({"_results": 7})
    }
}

/// What a fault, if there is one, makes of the real answer.
pub(super) fn after(fault: Option<FaultKind>, mut answer: Answer, scissors: &Scissors) -> Answer {
    match fault {
        Some(FaultKind::Truncated) => {
            answer.body.truncate(answer.body.len() / 2);
            answer
        }
        Some(FaultKind::ForeignNext) => foreign_next(answer),
        Some(FaultKind::ResetAfter) => {
            scissors.cut();
            answer
        }
        _ => answer,
    }
}

fn foreign_next(mut answer: Answer) -> Answer {
    if let Ok(mut value) = serde_json::from_slice::<Value>(&answer.body)
        && let Some(next) = value.pointer_mut("/_pagination/next")
    {
        *next = json!("https://evil.example/steal?page_token=x");
        answer.body = value.to_string().into();
    }
    answer
}

fn status(fault: &Fault, path: &str) -> Answer {
    let status = fault
        .value
        .as_ref()
        .and_then(Value::as_u64)
        .and_then(|code| u16::try_from(code).ok())
        .and_then(|code| StatusCode::from_u16(code).ok())
        .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let message = "A fault the sandbox was asked for";
    let mut answer = if oauth::owns(path) {
        OAuthError::with_status(status, message).into_answer()
    } else if status == StatusCode::TOO_MANY_REQUESTS {
        return too_many(fault.retry_after.unwrap_or(1));
    } else {
        Refusal::with_status(status, message).into_answer()
    };
    if let Some(seconds) = fault.retry_after {
        answer = answer.with_header("retry-after", &seconds.to_string());
    }
    answer
}

/// 429, with the seconds to wait.
pub(super) fn too_many(retry_after: u64) -> Answer {
    let message = format!("Rate limit exceeded. Please retry in {retry_after} seconds.");
    Refusal::with_status(StatusCode::TOO_MANY_REQUESTS, message)
        .into_answer()
        .with_header(header::RETRY_AFTER.as_str(), &retry_after.to_string())
}

/// A list that never seems to end, made as it is read.
fn huge() -> Response {
    let filler = Bytes::from(
        [b"\"padding padding\",".as_slice()]
            .concat()
            .repeat(CHUNK / 18),
    );
    let chunks = HUGE / filler.len() + 1;
    let body = std::iter::once(Bytes::from_static(b"{\"_results\":["))
        .chain(std::iter::repeat_n(filler, chunks))
        .chain(std::iter::once(Bytes::from_static(b"\"end\"]}")))
        .map(Ok::<_, std::convert::Infallible>);
    let mut response = Response::new(Body::from_stream(stream::iter(body)));
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        header::HeaderValue::from_static("application/json; charset=utf-8"),
    );
    response
}
