//! Front's error answers: a status and the `_error` object.

use http::StatusCode;
use serde_json::json;

use super::answer::Answer;

/// Why an operation was not done.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// An `_error` answer.
    Error {
        status: StatusCode,
        title: &'static str,
        message: String,
        details: Vec<String>,
    },
    /// The conversation was merged into another one: 301 to the same path on it.
    Moved(String),
}

impl Refusal {
    fn error(status: StatusCode, title: &'static str, message: impl Into<String>) -> Self {
        Self::Error {
            status,
            title,
            message: message.into(),
            details: Vec::new(),
        }
    }

    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self::error(StatusCode::BAD_REQUEST, "Bad request", message)
    }

    /// A body that fails validation; `details` look like `body.to: missing`.
    pub(crate) fn bad_body(details: Vec<String>) -> Self {
        Self::Error {
            status: StatusCode::BAD_REQUEST,
            title: "Bad request",
            message: "Body did not satisfy requirements".to_owned(),
            details,
        }
    }

    pub(crate) fn unauthenticated() -> Self {
        Self::error(
            StatusCode::UNAUTHORIZED,
            "Unauthenticated",
            "JSON Web Token error: invalid token",
        )
    }

    pub(crate) fn no_such_route() -> Self {
        Self::error(StatusCode::NOT_FOUND, "Not found", "No such route.")
    }

    pub(crate) fn not_found(what: &str, id: &str) -> Self {
        Self::error(
            StatusCode::NOT_FOUND,
            "Not found",
            format!("Unknown {what} {id}"),
        )
    }

    pub(crate) fn forbidden(message: impl Into<String>) -> Self {
        Self::error(StatusCode::FORBIDDEN, "Forbidden", message)
    }

    pub(crate) fn conflict(message: impl Into<String>) -> Self {
        Self::error(StatusCode::CONFLICT, "Conflict", message)
    }

    pub(crate) fn too_large(message: &str) -> Self {
        Self::error(StatusCode::PAYLOAD_TOO_LARGE, "Payload too large", message)
    }

    pub(crate) fn not_simulated(method: &str, template: &str) -> Self {
        Self::error(
            StatusCode::NOT_IMPLEMENTED,
            "Not implemented",
            format!("The sandbox does not simulate {method} {template}"),
        )
    }

    pub(crate) fn files_not_simulated() -> Self {
        Self::error(
            StatusCode::NOT_IMPLEMENTED,
            "Not implemented",
            "The sandbox takes files with messages and drafts only",
        )
    }

    pub(crate) fn with_status(status: StatusCode, message: impl Into<String>) -> Self {
        Self::error(
            status,
            status.canonical_reason().unwrap_or("Error"),
            message,
        )
    }

    pub(crate) fn into_answer(self) -> Answer {
        match self {
            Self::Error {
                status,
                title,
                message,
                details,
            } => {
                let mut error =
                    json!({"status": status.as_u16(), "title": title, "message": message});
                if !details.is_empty()
                    && let Some(object) = error.as_object_mut()
                {
                    object.insert("details".to_owned(), details.into());
                }
                Answer::json(status, &json!({"_error": error}))
            }
            Self::Moved(location) => {
                Answer::empty(StatusCode::MOVED_PERMANENTLY).with_header("location", &location)
            }
        }
    }
}
