//! What the authorization server says of itself (RFC 8414), in Front's words.

use http::StatusCode;
use serde_json::json;

use crate::sandbox::answer::Answer;

/// Front lists `client_credentials` too, for apps of another kind than the one that is registered here.
pub(super) fn answer(origin: &str) -> Answer {
    Answer::json(
        StatusCode::OK,
        &json!({
            "issuer": origin,
            "authorization_endpoint": format!("{origin}/oauth/authorize"),
            "token_endpoint": format!("{origin}/oauth/token"),
            "revocation_endpoint": format!("{origin}/oauth/revoke"),
            "scopes_supported": super::authorize::SCOPES,
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials"],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
            "code_challenge_methods_supported": ["S256"],
        }),
    )
}
