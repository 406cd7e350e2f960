//! Front's OAuth 2 authorization server: where an app asks for a company, and gets tokens for it.
//!
//! It stands on the origin of the API, though Front's own does not. One confidential client is registered
//! ([`super::OAUTH_CLIENT_ID`]), and nobody signs in: the page lets its reader choose whom to be. Everything is in
//! memory, and what a client must bear (other rotations, other lifetimes, dead tokens) is set under `/_sandbox/oauth`.

mod authority;
mod authorize;
mod client;
mod codes;
pub(crate) mod control;
mod error;
mod html;
mod ledger;
mod metadata;
mod parameters;
mod pkce;
mod redirect;
mod revoke;
mod secret;
mod settings;
mod token;

use http::{HeaderMap, Method, StatusCode, header};

pub(crate) use self::authority::Authority;
pub(crate) use self::error::OAuthError;

use super::{answer::Answer, refusal::Refusal, serve::Server};

const METADATA: &str = "/.well-known/oauth-authorization-server";

/// A request to the authorization server. It has no `Debug`: codes, tokens and the client's secret are in it.
pub(crate) struct Request<'a> {
    pub(crate) method: &'a Method,
    pub(crate) path: &'a str,
    pub(crate) query: Option<&'a str>,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a [u8],
}

/// Whether a path is the authorization server's and not the API's.
pub(crate) fn owns(path: &str) -> bool {
    path.starts_with("/oauth/") || path == METADATA
}

pub(crate) fn answer(server: &Server, request: &Request<'_>) -> Answer {
    let method = request.method.as_str();
    let answer = match (request.path, method) {
        (METADATA, "GET") => return metadata::answer(server.origin()),
        ("/oauth/authorize", "GET") => authorize::show(server, request),
        ("/oauth/authorize", "POST") => authorize::decide(server, request),
        ("/oauth/token", "POST") => token::answer(server, request),
        ("/oauth/revoke", "POST") => revoke::answer(server, request),
        (METADATA, _) => not_allowed("GET"),
        ("/oauth/authorize", _) => not_allowed("GET, POST"),
        ("/oauth/token" | "/oauth/revoke", _) => not_allowed("POST"),
        _ => Refusal::no_such_route().into_answer(),
    };
    answer.with_header(header::CACHE_CONTROL.as_str(), "no-store")
}

fn not_allowed(methods: &str) -> Answer {
    OAuthError {
        status: StatusCode::METHOD_NOT_ALLOWED,
        code: "invalid_request",
        description: "This endpoint is not asked this way.",
    }
    .into_answer()
    .with_header(header::ALLOW.as_str(), methods)
}
