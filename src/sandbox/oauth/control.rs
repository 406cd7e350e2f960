//! The sandbox's own paths about OAuth, beneath `/_sandbox/oauth`.

use serde::{Deserialize, Serialize};

use super::settings::{ClientAuth, Expiry, Rotation};
use crate::sandbox::{
    SEND_TOKEN, TOKEN,
    answer::{Outcome, no_content, ok},
    clock::unix_now,
    refusal::Refusal,
    scope,
    serve::Server,
    state::Company,
};

/// Longer than any test needs, and short enough for every way to write a time.
const MOST_SECONDS: f64 = 10.0 * 366.0 * 86_400.0;

/// A change as `POST /_sandbox/oauth` takes it: what is left out stays.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    /// Of access tokens made from now on.
    access_seconds: Option<f64>,
    /// Of codes made from now on.
    code_seconds: Option<f64>,
    rotation: Option<Rotation>,
    expiry: Option<Expiry>,
    client_auth: Option<ClientAuth>,
    /// Every access token dies now.
    #[serde(default)]
    expire_now: bool,
    /// Every refresh token dies now.
    #[serde(default)]
    revoke_now: bool,
    /// Whose the tokens are, in the words of `GET /me`.
    company: Option<String>,
    /// All that are denied from now on.
    denied_scopes: Option<Vec<String>>,
    clock_skew_seconds: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    token: String,
}

/// What of a token would be accepted now.
#[derive(Serialize)]
struct Verdict {
    access: bool,
    refresh: bool,
}

pub(crate) fn report(server: &Server) -> Outcome {
    ok(&server.oauth().counts)
}

/// All of a change, or none of it.
pub(crate) fn change(server: &Server, body: &[u8]) -> Outcome {
    let change: Change = serde_json::from_slice(body)
        .map_err(|error| Refusal::bad_request(format!("Not a change of OAuth: {error}")))?;
    change.check()?;
    if let Some(name) = change.company.clone() {
        server.write().company = Company::named(name);
    }
    change.apply(server);
    no_content()
}

/// Whether a token would be accepted now. To ask is not to use it.
pub(crate) fn check(server: &Server, body: &[u8]) -> Outcome {
    let Question { token } = serde_json::from_slice(body)
        .map_err(|_| Refusal::bad_request("Not a question for a token"))?;
    let authority = server.oauth();
    let now = unix_now();
    ok(&Verdict {
        access: [TOKEN, SEND_TOKEN].contains(&&*token) || authority.accepts_access(&token, now),
        refresh: authority.accepts_refresh(&token, now),
    })
}

impl Change {
    fn check(&self) -> Result<(), Refusal> {
        let within = |seconds: Option<f64>, least: f64| {
            seconds.is_none_or(|seconds| (least..=MOST_SECONDS).contains(&seconds))
        };
        if !within(self.access_seconds, 0.0)
            || !within(self.code_seconds, 0.0)
            || !within(self.clock_skew_seconds, -MOST_SECONDS)
        {
            return Err(Refusal::bad_request("So many seconds are not simulated"));
        }
        if self.company.as_ref().is_some_and(|name| name.is_empty()) {
            return Err(Refusal::bad_request("A company has a name"));
        }
        // A misspelled one would deny nothing, and say nothing.
        let denied = self.denied_scopes.iter().flatten();
        match denied.into_iter().find(|name| !scope::is_resource(name)) {
            None => Ok(()),
            Some(name) => Err(Refusal::bad_request(format!(
                "No operation has a scope of the resource {name}"
            ))),
        }
    }

    fn apply(self, server: &Server) {
        let mut authority = server.oauth();
        let settings = &mut authority.settings;
        put(&mut settings.access_seconds, self.access_seconds);
        put(&mut settings.code_seconds, self.code_seconds);
        put(&mut settings.rotation, self.rotation);
        put(&mut settings.expiry, self.expiry);
        put(&mut settings.client_auth, self.client_auth);
        put(&mut settings.denied_scopes, self.denied_scopes);
        put(&mut settings.clock_skew_seconds, self.clock_skew_seconds);
        if self.expire_now {
            authority.expire_all();
        }
        if self.revoke_now {
            authority.revoke_all();
        }
    }
}

fn put<T>(setting: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *setting = value;
    }
}
