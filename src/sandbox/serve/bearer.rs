//! What an API request shows: one of the two fixed tokens, or an access token of the authorization server.

use http::HeaderValue;

use super::Server;
use crate::sandbox::{SEND_TOKEN, TOKEN, clock::unix_now};

/// A token that is good now. It has no `Debug`: one of them is a secret.
pub(super) enum Bearer {
    Api,
    Send,
    OAuth(String),
}

impl Bearer {
    /// Reads an `Authorization` header; none where it is not good.
    pub(super) fn read(server: &Server, header: &HeaderValue) -> Option<Self> {
        let (scheme, token) = header.to_str().ok()?.split_once(' ')?;
        match token {
            _ if !scheme.eq_ignore_ascii_case("bearer") => None,
            TOKEN => Some(Self::Api),
            SEND_TOKEN => Some(Self::Send),
            _ => server
                .oauth()
                .accepts_access(token, unix_now())
                .then(|| Self::OAuth(token.to_owned())),
        }
    }

    /// How the journal calls it.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Send => "send",
            Self::OAuth(_) => "oauth",
        }
    }

    /// Front did something for it: what it supersedes ends with its first use, and a request that a fault kept from
    /// Front was none.
    pub(super) fn note_use(&self, server: &Server) {
        if let Self::OAuth(token) = self {
            server.oauth().use_access(token);
        }
    }
}
