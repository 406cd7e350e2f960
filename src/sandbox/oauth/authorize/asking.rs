//! What an app asks for, checked.

use super::super::{OAuthError, parameters::Parameters, pkce::Challenge, redirect::RedirectUri};
use crate::sandbox::OAUTH_CLIENT_ID;

/// The scopes that can be asked for. Those of the Core API are not: Front keeps them with the app.
pub(in super::super) const SCOPES: &[&str] = &["feature:mcp"];

/// A request that somebody can be asked about. It has no `Debug`: a client may take its `state` for a secret.
pub(in super::super) struct Asking {
    pub(in super::super) redirect_uri: RedirectUri,
    pub(in super::super) state: Option<String>,
    pub(in super::super) challenge: Option<Challenge>,
    scope: Option<String>,
}

/// Why nobody is asked.
pub(super) enum Unfit {
    /// It is not known whose browser this is: it goes nowhere.
    Page(&'static str),
    /// The app is told.
    Redirect {
        redirect_uri: RedirectUri,
        state: Option<String>,
        error: OAuthError,
    },
}

impl Asking {
    /// Client and address first: without them nobody can be told what else is wrong.
    pub(super) fn read(parameters: &Parameters) -> Result<Self, Unfit> {
        if parameters.repeats("client_id") || parameters.get("client_id") != Some(OAUTH_CLIENT_ID) {
            return Err(Unfit::Page("No app is registered under this client_id."));
        }
        let redirect_uri = parameters
            .get("redirect_uri")
            .filter(|_| !parameters.repeats("redirect_uri"))
            .and_then(RedirectUri::parse)
            .ok_or(Unfit::Page(
                "The redirect_uri is not registered for this app.",
            ))?;
        let state = parameters.get("state").map(str::to_owned);
        match Self::rest(parameters) {
            Ok((challenge, scope)) => Ok(Self {
                redirect_uri,
                state,
                challenge,
                scope,
            }),
            Err(error) => Err(Unfit::Redirect {
                redirect_uri,
                // One of two would be a guess.
                state: state.filter(|_| !parameters.repeats("state")),
                error,
            }),
        }
    }

    fn rest(parameters: &Parameters) -> Result<(Option<Challenge>, Option<String>), OAuthError> {
        let invalid = OAuthError::invalid_request;
        if parameters.repeats_any() {
            return Err(invalid("A parameter stands twice."));
        }
        match parameters.get("response_type") {
            Some("code") => {}
            Some(_) => return Err(OAuthError::unsupported_response_type()),
            None => return Err(invalid("response_type is missing.")),
        }
        let scope = parameters.get("scope");
        let mut asked = scope.iter().flat_map(|scope| scope.split(' '));
        if !asked.all(|scope| SCOPES.contains(&scope)) {
            return Err(OAuthError::invalid_scope());
        }
        let challenge = match (
            parameters.get("code_challenge"),
            parameters.get("code_challenge_method"),
        ) {
            (None, None) => None,
            (Some(challenge), Some("S256")) => Some(
                Challenge::parse(challenge)
                    .ok_or(invalid("The code_challenge is not one of S256."))?,
            ),
            (Some(_), _) => return Err(invalid("The code_challenge_method is S256.")),
            (None, Some(_)) => return Err(invalid("code_challenge is missing.")),
        };
        Ok((challenge, scope.map(str::to_owned)))
    }

    /// What the form must repeat.
    pub(in super::super) fn fields(&self) -> Vec<(&'static str, &str)> {
        let challenge = self.challenge.as_ref();
        [
            ("response_type", Some("code")),
            ("client_id", Some(OAUTH_CLIENT_ID)),
            ("redirect_uri", Some(self.redirect_uri.as_str())),
            ("state", self.state.as_deref()),
            ("scope", self.scope.as_deref()),
            ("code_challenge", challenge.map(Challenge::as_str)),
            ("code_challenge_method", challenge.map(|_| "S256")),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }
}
