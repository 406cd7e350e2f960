//! Authorization codes: what each was given for, and whether it was used.

use std::{collections::HashMap, io};

use super::{OAuthError, ledger::GrantId, pkce::Challenge, redirect::RedirectUri, secret::Secret};

/// How long a code that ended is still known, so that one who comes with it again is told apart from a stranger.
const REMEMBERED_SECONDS: f64 = 86_400.0;

#[derive(Debug, Default)]
pub(super) struct Codes(HashMap<Secret, Code>);

/// What a code is good for. There is one client, so it is bound to that by its being authenticated.
#[derive(Debug)]
struct Code {
    redirect_uri: RedirectUri,
    challenge: Option<Challenge>,
    expires: f64,
    used: Option<GrantId>,
}

/// What a client shows with its code.
#[derive(Clone, Copy)]
pub(super) struct Presented<'a> {
    pub(super) code: &'a str,
    pub(super) redirect_uri: &'a str,
    pub(super) verifier: Option<&'a str>,
}

/// Why a code is not taken.
pub(super) enum Unfit {
    /// Somebody used it before; what they got is to be taken back.
    Replayed(GrantId),
    Invalid(OAuthError),
}

impl Codes {
    pub(super) fn issue(
        &mut self,
        redirect_uri: RedirectUri,
        challenge: Option<Challenge>,
        lasts: f64,
        now: f64,
    ) -> io::Result<Secret> {
        let secret = Secret::draw()?;
        self.0
            .retain(|_, code| code.expires + REMEMBERED_SECONDS > now);
        let code = Code {
            redirect_uri,
            challenge,
            expires: now + lasts,
            used: None,
        };
        self.0.insert(secret.clone(), code);
        Ok(secret)
    }

    /// Checks a code with what it is bound to. It is used only once the tokens are made: [`Codes::spend`].
    pub(super) fn check(&self, presented: Presented<'_>, now: f64) -> Result<(), Unfit> {
        let invalid = |description| Unfit::Invalid(OAuthError::invalid_grant(description));
        let code = self
            .0
            .get(presented.code)
            .ok_or(invalid("There is no such code."))?;
        if let Some(grant) = code.used {
            return Err(Unfit::Replayed(grant));
        }
        if code.expires <= now {
            return Err(invalid("The code has expired."));
        }
        if code.redirect_uri.as_str() != presented.redirect_uri {
            return Err(invalid("The redirect_uri is not the one of the code."));
        }
        match (&code.challenge, presented.verifier) {
            (None, None) => Ok(()),
            (Some(challenge), Some(verifier)) if challenge.is_of(verifier) => Ok(()),
            (Some(_), Some(_)) => Err(invalid("The code_verifier is not that of the challenge.")),
            (Some(_), None) => Err(invalid("The code needs its code_verifier.")),
            // Else a challenge that was stripped on the way would not show (RFC 9700, 4.8.2).
            (None, Some(_)) => Err(invalid("The code was asked for without a challenge.")),
        }
    }

    pub(super) fn spend(&mut self, code: &str, grant: GrantId) {
        if let Some(code) = self.0.get_mut(code) {
            code.used = Some(grant);
        }
    }
}
