//! `POST /oauth/revoke` (RFC 7009).

use http::StatusCode;

use super::{OAuthError, Request, client, parameters::Parameters};
use crate::sandbox::{answer::Answer, serve::Server};

/// What is not known is revoked already: that is no error.
pub(super) fn answer(server: &Server, request: &Request<'_>) -> Answer {
    match revoke(server, request) {
        Ok(()) => Answer::empty(StatusCode::OK),
        Err(error) => error.into_answer(),
    }
}

fn revoke(server: &Server, request: &Request<'_>) -> Result<(), OAuthError> {
    let parameters = Parameters::of_strict_form(request)?;
    let mut authority = server.oauth();
    client::authenticate(request.headers, &parameters, authority.settings.client_auth)?;
    let token = parameters
        .get("token")
        .ok_or(OAuthError::invalid_request("token is missing."))?;
    authority.revoke(token);
    Ok(())
}
