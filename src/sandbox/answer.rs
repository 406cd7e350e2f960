//! What goes back over the wire, before faults and rate-limit headers are put on it.

use std::fmt;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode, header::CONTENT_TYPE};
use serde::Serialize;

use super::refusal::Refusal;

/// What every operation gives.
pub(crate) type Outcome = Result<Answer, Refusal>;

/// A complete answer held in memory.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) body: Bytes,
}

/// Without its words: there may be tokens among them, and a code in the address of a redirect.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status)
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

const LIKELY_SIZE: usize = 16 * 1024;

impl Answer {
    pub(crate) fn empty(status: StatusCode) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Bytes::new(),
        }
    }

    pub(crate) fn bytes(content_type: &str, body: impl Into<Bytes>) -> Self {
        let mut answer = Self::empty(StatusCode::OK);
        answer.body = body.into();
        answer.with_header(CONTENT_TYPE.as_str(), content_type)
    }

    pub(crate) fn json<T: Serialize>(status: StatusCode, value: &T) -> Self {
        let mut body = Vec::with_capacity(LIKELY_SIZE);
        if serde_json::to_writer(&mut body, value).is_err() {
            return Self::empty(StatusCode::INTERNAL_SERVER_ERROR);
        }
        let mut answer = Self::empty(status);
        answer.body = body.into();
        answer.headers.push((
            CONTENT_TYPE,
            HeaderValue::from_static("application/json; charset=utf-8"),
        ));
        answer
    }

    /// Adds a header; one that cannot be a header is left out.
    pub(crate) fn with_header(mut self, name: &str, value: &str) -> Self {
        if let (Ok(name), Ok(value)) = (name.parse(), value.parse()) {
            self.headers.push((name, value));
        }
        self
    }
}

/// 200 with JSON.
pub(crate) fn ok<T: Serialize>(value: &T) -> Outcome {
    Ok(Answer::json(StatusCode::OK, value))
}

/// 201 with the created object.
pub(crate) fn created<T: Serialize>(value: &T) -> Outcome {
    Ok(Answer::json(StatusCode::CREATED, value))
}

/// 204 with nothing.
pub(crate) fn no_content() -> Outcome {
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}
