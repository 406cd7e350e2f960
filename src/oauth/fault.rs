//! Why there is no token, told by what to do about it.

use oauth2::{RequestTokenError, basic::BasicErrorResponse, basic::BasicErrorResponseType};

use super::http::HttpFault;

/// Why Front granted nothing. Nothing of what it said is in here but the standard's own words: the
/// rest could hold anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenFault {
    /// The code or refresh token is not, or no longer, accepted (`invalid_grant`).
    #[error("Front no longer accepts the sign-in")]
    Grant,
    /// The client id or secret is not accepted (`invalid_client`, `unauthorized_client`).
    #[error("Front does not accept the client id and secret")]
    Client,
    /// Another of the standard's errors: the request is at fault.
    #[error("Front refused the request for a token")]
    Request,
    /// Nothing left this machine.
    #[error("Front's sign-in server cannot be reached: {0}")]
    Unreachable(&'static str),
    /// Something left, and no answer came that can be read.
    #[error("Front's sign-in server gave no answer that can be used: {0}")]
    Unclear(&'static str),
    /// The client id, secret or an address cannot be put into a request.
    #[error("the request for a token cannot be built")]
    Unbuildable,
}

impl TokenFault {
    /// Why, as part of a sentence.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Grant => "Front no longer accepts the sign-in",
            Self::Client => "Front does not accept the client id and secret",
            Self::Request => "Front refused the request for a token",
            Self::Unreachable(reason) => reason,
            Self::Unclear(_) => "Front's sign-in server gave no answer that can be used",
            Self::Unbuildable => "the request for a token cannot be built",
        }
    }
}

/// Reads the crate's error without keeping its parts: a body that cannot be read is one of them.
pub(super) fn fault(error: RequestTokenError<HttpFault, BasicErrorResponse>) -> TokenFault {
    match error {
        RequestTokenError::ServerResponse(said) => match said.error() {
            BasicErrorResponseType::InvalidGrant => TokenFault::Grant,
            BasicErrorResponseType::InvalidClient | BasicErrorResponseType::UnauthorizedClient => {
                TokenFault::Client
            }
            _ => TokenFault::Request,
        },
        RequestTokenError::Request(fault) => fault.into(),
        RequestTokenError::Parse(..) => TokenFault::Unclear("it is not what OAuth prescribes"),
        RequestTokenError::Other(_) => TokenFault::Unclear("it is not JSON"),
    }
}
