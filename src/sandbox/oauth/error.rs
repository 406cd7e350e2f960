//! OAuth's error answers (RFC 6749, 5.2), which are not Front's.

use http::{StatusCode, header};
use serde_json::json;

use crate::sandbox::answer::Answer;

/// Why no token was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OAuthError {
    pub(crate) status: StatusCode,
    pub(crate) code: &'static str,
    pub(crate) description: &'static str,
}

impl OAuthError {
    fn bad(code: &'static str, description: &'static str) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            code,
            description,
        }
    }

    pub(crate) fn invalid_request(description: &'static str) -> Self {
        Self::bad("invalid_request", description)
    }

    pub(crate) fn invalid_grant(description: &'static str) -> Self {
        Self::bad("invalid_grant", description)
    }

    pub(crate) fn access_denied(description: &'static str) -> Self {
        Self::bad("access_denied", description)
    }

    pub(crate) fn unauthorized_client(description: &'static str) -> Self {
        Self::bad("unauthorized_client", description)
    }

    pub(crate) fn unsupported_grant_type() -> Self {
        Self::bad("unsupported_grant_type", "There is no such grant type.")
    }

    pub(crate) fn unsupported_response_type() -> Self {
        Self::bad("unsupported_response_type", "The response_type is code.")
    }

    pub(crate) fn invalid_scope() -> Self {
        let description = "The scope of an app is set where it is registered.";
        Self::bad("invalid_scope", description)
    }

    pub(crate) fn invalid_client(description: &'static str) -> Self {
        Self {
            status: StatusCode::UNAUTHORIZED,
            code: "invalid_client",
            description,
        }
    }

    /// The system has no random bytes to make a token of.
    pub(crate) fn no_randomness() -> Self {
        Self::with_status(StatusCode::INTERNAL_SERVER_ERROR, "No token could be made.")
    }

    /// The error that goes with a status which says nothing of the grant.
    pub(crate) fn with_status(status: StatusCode, description: &'static str) -> Self {
        let code = match status {
            StatusCode::UNAUTHORIZED => "invalid_client",
            StatusCode::FORBIDDEN => "access_denied",
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
                "temporarily_unavailable"
            }
            _ if status.is_server_error() => "server_error",
            _ => "invalid_request",
        };
        Self {
            status,
            code,
            description,
        }
    }

    pub(crate) fn into_answer(self) -> Answer {
        let body = json!({"error": self.code, "error_description": self.description});
        let answer = Answer::json(self.status, &body);
        if self.status == StatusCode::UNAUTHORIZED {
            return answer.with_header(header::WWW_AUTHENTICATE.as_str(), "Basic realm=\"Front\"");
        }
        answer
    }
}
