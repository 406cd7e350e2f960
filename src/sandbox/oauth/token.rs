//! `POST /oauth/token`: a code or a refresh token for an access token.

use http::StatusCode;
use serde_json::{Map, Value, json};

use super::{
    Authority, OAuthError, Request, client, codes::Presented, ledger::Pair, parameters::Parameters,
};
use crate::sandbox::{answer::Answer, clock::unix_now, serve::Server};

pub(super) fn answer(server: &Server, request: &Request<'_>) -> Answer {
    let now = unix_now();
    let mut authority = server.oauth();
    match grant(&mut authority, request, now) {
        Ok(pair) => tokens(&authority, &pair, now),
        Err(error) => error.into_answer(),
    }
}

fn grant(authority: &mut Authority, request: &Request<'_>, now: f64) -> Result<Pair, OAuthError> {
    let parameters = Parameters::of_strict_form(request)?;
    let grant_type = parameters.get("grant_type");
    let granted =
        client::authenticate(request.headers, &parameters, authority.settings.client_auth)
            .and_then(|()| match grant_type {
                Some("authorization_code") => {
                    let presented = Presented {
                        code: required(&parameters, "code", "code is missing.")?,
                        redirect_uri: required(
                            &parameters,
                            "redirect_uri",
                            "redirect_uri is missing.",
                        )?,
                        verifier: parameters.get("code_verifier"),
                    };
                    authority.exchange(presented, now)
                }
                Some("refresh_token") => {
                    let token =
                        required(&parameters, "refresh_token", "refresh_token is missing.")?;
                    authority.refresh(token, now)
                }
                Some("client_credentials") => Err(OAuthError::unauthorized_client(
                    "This client acts for somebody who allowed it.",
                )),
                Some(_) => Err(OAuthError::unsupported_grant_type()),
                None => Err(OAuthError::invalid_request("grant_type is missing.")),
            });
    if granted.is_err() && grant_type == Some("refresh_token") {
        authority.counts.refreshes_refused += 1;
    }
    granted
}

fn required<'a>(
    parameters: &'a Parameters,
    name: &str,
    missing: &'static str,
) -> Result<&'a str, OAuthError> {
    parameters
        .get(name)
        .ok_or(OAuthError::invalid_request(missing))
}

fn tokens(authority: &Authority, pair: &Pair, now: f64) -> Answer {
    let mut answer = Map::new();
    answer.insert("access_token".to_owned(), json!(pair.access.expose()));
    answer.insert("refresh_token".to_owned(), json!(pair.refresh.expose()));
    answer.insert("token_type".to_owned(), json!("Bearer"));
    authority.settings.put_expiry(&mut answer, now);
    Answer::json(StatusCode::OK, &Value::Object(answer))
}
