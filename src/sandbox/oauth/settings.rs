//! What of the authorization server can be set, and how it says when a token ends.

use serde::Deserialize;
use serde_json::{Map, Number, Value, json};

/// An hour, as at Front.
const ACCESS_SECONDS: f64 = 3600.0;
const CODE_SECONDS: f64 = 600.0;

/// How it behaves until it is told otherwise or reset.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(super) access_seconds: f64,
    pub(super) code_seconds: f64,
    pub(super) rotation: Rotation,
    pub(super) expiry: Expiry,
    pub(super) client_auth: ClientAuth,
    /// Resources whose operations are answered 403.
    pub(super) denied_scopes: Vec<String>,
    /// How far Front's clock is off: its `Date` headers, and the `expires_at` that it gives with tokens.
    pub(super) clock_skew_seconds: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            access_seconds: ACCESS_SECONDS,
            code_seconds: CODE_SECONDS,
            rotation: Rotation::Same,
            expiry: Expiry::ExpiresAt,
            client_auth: ClientAuth::Both,
            denied_scopes: Vec::new(),
            clock_skew_seconds: 0.0,
        }
    }
}

/// What becomes of a refresh token that was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Rotation {
    /// It is given once more.
    Same,
    /// A new one is given; the one before stays good until the new one, or the access token that came with it, is
    /// first used.
    Grace,
    /// A new one is given, and the one before is dead at once.
    Strict,
}

/// How an answer says when its access token ends. Front's documents and the programs that use it do not agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Expiry {
    ExpiresAt,
    ExpiresIn,
    ExpiresAtText,
    ExpiresInText,
    None,
}

/// How the client may authenticate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ClientAuth {
    Both,
    Basic,
    Body,
}

impl Settings {
    /// Says in an answer made at `now` when its access token ends.
    pub(super) fn put_expiry(&self, answer: &mut Map<String, Value>, now: f64) {
        let lasts = number(self.access_seconds);
        let skewed = now + self.clock_skew_seconds;
        // Whole seconds where both can be, never later than the token's real end.
        let ends = if self.access_seconds.fract() == 0.0 {
            number(skewed.floor() + self.access_seconds)
        } else {
            number(skewed + self.access_seconds)
        };
        let (name, value) = match self.expiry {
            Expiry::ExpiresAt => ("expires_at", Value::Number(ends)),
            Expiry::ExpiresAtText => ("expires_at", json!(ends.to_string())),
            Expiry::ExpiresIn => ("expires_in", Value::Number(lasts)),
            Expiry::ExpiresInText => ("expires_in", json!(lasts.to_string())),
            Expiry::None => return,
        };
        answer.insert(name.to_owned(), value);
    }
}

/// A whole number where it is one, and milliseconds otherwise.
fn number(seconds: f64) -> Number {
    if seconds.fract() == 0.0 {
        return Number::from(seconds as i64);
    }
    let milliseconds = (seconds * 1000.0).floor() / 1000.0;
    Number::from_f64(milliseconds).unwrap_or(Number::from(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_said_in_every_way() {
        let said = |expiry, access_seconds| {
            let settings = Settings {
                expiry,
                access_seconds,
                ..Settings::default()
            };
            let mut answer = Map::new();
            settings.put_expiry(&mut answer, 1_000.75);
            Value::Object(answer)
        };
        assert_eq!(said(Expiry::ExpiresAt, 60.0), json!({"expires_at": 1060}));
        assert_eq!(said(Expiry::ExpiresAt, 0.5), json!({"expires_at": 1001.25}));
        assert_eq!(said(Expiry::ExpiresIn, 60.0), json!({"expires_in": 60}));
        assert_eq!(
            said(Expiry::ExpiresAtText, 60.0),
            json!({"expires_at": "1060"})
        );
        assert_eq!(
            said(Expiry::ExpiresInText, 0.5),
            json!({"expires_in": "0.5"})
        );
        assert_eq!(said(Expiry::None, 60.0), json!({}));
    }
}
