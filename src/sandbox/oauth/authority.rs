//! Everything the authorization server remembers, and its few deeds.

use serde::Serialize;

use super::{
    OAuthError,
    codes::{Codes, Presented, Unfit},
    ledger::{Ledger, Pair},
    pkce::Challenge,
    redirect::RedirectUri,
    secret::Secret,
    settings::Settings,
};

/// How often what was done since the start or the last reset, as `GET /_sandbox/oauth` shows it.
#[derive(Debug, Default, Serialize)]
pub(super) struct Counts {
    /// Codes given out.
    pub(super) authorizations: u64,
    pub(super) codes_exchanged: u64,
    pub(super) refreshes_granted: u64,
    pub(super) refreshes_refused: u64,
    /// Requests to `/oauth/revoke` that ended a token.
    pub(super) revocations: u64,
}

/// The authorization server's memory. Every deed is told the time, in unix seconds.
#[derive(Debug, Default)]
pub(crate) struct Authority {
    pub(super) settings: Settings,
    pub(super) counts: Counts,
    codes: Codes,
    ledger: Ledger,
}

impl Authority {
    /// How many seconds Front's clock is off.
    pub(crate) fn clock_skew(&self) -> f64 {
        self.settings.clock_skew_seconds
    }

    /// Whether operations of this resource are refused.
    pub(crate) fn denies(&self, resource: &str) -> bool {
        let denied = &self.settings.denied_scopes;
        denied.iter().any(|denied| denied == resource)
    }

    /// Whether the API takes this access token now.
    pub(crate) fn accepts_access(&self, token: &str, now: f64) -> bool {
        self.ledger.accepts_access(token, now)
    }

    /// Notes that the API did something for this access token.
    pub(crate) fn use_access(&mut self, token: &str) {
        self.ledger.use_access(token);
    }

    pub(super) fn accepts_refresh(&self, token: &str, now: f64) -> bool {
        self.ledger.accepts_refresh(token, now)
    }

    /// Somebody allowed it.
    pub(super) fn allow(
        &mut self,
        redirect_uri: RedirectUri,
        challenge: Option<Challenge>,
        now: f64,
    ) -> Result<Secret, OAuthError> {
        let code = self
            .codes
            .issue(redirect_uri, challenge, self.settings.code_seconds, now)
            .map_err(|_| OAuthError::no_randomness())?;
        self.counts.authorizations += 1;
        Ok(code)
    }

    pub(super) fn exchange(
        &mut self,
        presented: Presented<'_>,
        now: f64,
    ) -> Result<Pair, OAuthError> {
        match self.codes.check(presented, now) {
            Ok(()) => {}
            Err(Unfit::Invalid(error)) => return Err(error),
            Err(Unfit::Replayed(grant)) => {
                self.ledger.revoke_grant(grant);
                return Err(OAuthError::invalid_grant(
                    "The code was used before. The tokens it gave are revoked.",
                ));
            }
        }
        let (grant, pair) = self
            .ledger
            .open(self.settings.access_seconds, now)
            .map_err(|_| OAuthError::no_randomness())?;
        self.codes.spend(presented.code, grant);
        self.counts.codes_exchanged += 1;
        Ok(pair)
    }

    pub(super) fn refresh(&mut self, token: &str, now: f64) -> Result<Pair, OAuthError> {
        let Settings {
            rotation,
            access_seconds,
            ..
        } = self.settings;
        let pair = self
            .ledger
            .renew(token, rotation, access_seconds, now)
            .map_err(|_| OAuthError::no_randomness())?
            .ok_or(OAuthError::invalid_grant(
                "The refresh token is unknown, expired, rotated or revoked.",
            ))?;
        self.counts.refreshes_granted += 1;
        Ok(pair)
    }

    pub(super) fn revoke(&mut self, token: &str) {
        if self.ledger.revoke(token) {
            self.counts.revocations += 1;
        }
    }

    /// Every access token dies.
    pub(super) fn expire_all(&mut self) {
        self.ledger.forget_access();
    }

    /// Every refresh token dies.
    pub(super) fn revoke_all(&mut self) {
        self.ledger.forget_refresh();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_remembers_is_not_printed() {
        let mut authority = Authority::default();
        let redirect_uri = RedirectUri::parse("http://localhost/cb").unwrap();
        let code = authority.allow(redirect_uri, None, 0.0).unwrap();
        let presented = Presented {
            code: code.expose(),
            redirect_uri: "http://localhost/cb",
            verifier: None,
        };
        let pair = authority.exchange(presented, 1.0).unwrap();
        let shown = format!("{authority:?} {pair:?}");
        for secret in [&code, &pair.access, &pair.refresh] {
            assert!(!shown.contains(secret.expose()), "{shown}");
        }
    }
}
