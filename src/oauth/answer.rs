//! What Front grants. Tokens must be as they should; about the rest, above all when they expire,
//! it is forgiving: a rotated refresh token must not be lost over a field beside it.

use std::time::Duration;

use jiff::Timestamp;
use oauth2::{
    AccessToken, RefreshToken, Scope, TokenResponse as StandardResponse, basic::BasicTokenType,
};
use secrecy::SecretString;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use serde_json::Value;

use super::ClientAuth;

/// How long an access token lasts when Front does not say, or says something that cannot be.
const USUAL: Duration = Duration::from_secs(60 * 60);

/// No access token lasts longer; a number beyond is no number of seconds.
const LONGEST: Duration = Duration::from_secs(400 * 24 * 60 * 60);

/// Tokens, and how long the first of them lasts from now on.
#[derive(Clone, Debug)]
pub struct Grant {
    /// The access token.
    pub access: SecretString,
    /// The refresh token to use from now on; none when the one before stays.
    pub refresh: Option<SecretString>,
    /// How long the access token lasts.
    pub lifetime: Duration,
    /// How the client was authenticated.
    pub auth: ClientAuth,
}

/// Front's answer to a request for a token.
#[derive(Deserialize, Serialize)]
pub(super) struct Answer {
    access_token: AccessToken,
    #[serde(default = "bearer", deserialize_with = "bearer_alone")]
    token_type: BasicTokenType,
    #[serde(default)]
    refresh_token: Option<RefreshToken>,
    #[serde(default)]
    expires_in: Value,
    #[serde(default)]
    expires_at: Value,
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Answer").finish_non_exhaustive()
    }
}

impl StandardResponse for Answer {
    type TokenType = BasicTokenType;

    fn access_token(&self) -> &AccessToken {
        &self.access_token
    }
    fn token_type(&self) -> &BasicTokenType {
        &self.token_type
    }
    fn expires_in(&self) -> Option<Duration> {
        seconds(&self.expires_in)
    }
    fn refresh_token(&self) -> Option<&RefreshToken> {
        self.refresh_token.as_ref()
    }
    fn scopes(&self) -> Option<&Vec<Scope>> {
        None
    }
}

impl Answer {
    /// The grant. `now` is Front's clock where it told it: `expires_at` is by that.
    pub(super) fn grant(self, now: Timestamp, auth: ClientAuth) -> Result<Grant, &'static str> {
        let lifetime = self.lifetime(now);
        let access = token(self.access_token.secret())?;
        let refresh = match &self.refresh_token {
            Some(text) if !text.secret().trim().is_empty() => Some(token(text.secret())?),
            _ => None,
        };
        Ok(Grant {
            access,
            refresh,
            lifetime,
            auth,
        })
    }

    fn lifetime(&self, now: Timestamp) -> Duration {
        let left = || {
            let at = instant(&self.expires_at)?;
            Duration::try_from(at.duration_since(now)).ok()
        };
        self.expires_in()
            .or_else(left)
            .filter(|lifetime| !lifetime.is_zero() && *lifetime <= LONGEST)
            .unwrap_or(USUAL)
    }
}

/// What can stand in a header.
fn token(text: &str) -> Result<SecretString, &'static str> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err("a token in it is empty or not plain text");
    }
    Ok(SecretString::from(text))
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn seconds(value: &Value) -> Option<Duration> {
    Duration::try_from_secs_f64(number(value)?).ok()
}

fn instant(value: &Value) -> Option<Timestamp> {
    if let Some(seconds) = number(value) {
        // Of the size of a time; the cast saturates and the constructor checks.
        #[expect(
            clippy::cast_possible_truncation,
            reason = "Timestamp checks the range"
        )]
        return Timestamp::from_millisecond((seconds * 1000.0) as i64).ok();
    }
    value.as_str()?.trim().parse().ok()
}

fn bearer() -> BasicTokenType {
    BasicTokenType::Bearer
}

/// Any other kind of token is used in a way we do not know.
fn bearer_alone<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BasicTokenType, D::Error> {
    match Option::<String>::deserialize(deserializer)? {
        Some(kind) if !kind.eq_ignore_ascii_case("bearer") => {
            Err(D::Error::custom("not a bearer token"))
        }
        _ => Ok(BasicTokenType::Bearer),
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;
    use serde_json::json;

    use super::*;

    fn grant(mut fields: Value) -> Result<Grant, String> {
        let object = fields.as_object_mut().unwrap();
        object.entry("access_token").or_insert(json!("a"));
        let answer: Answer = serde_json::from_value(fields).map_err(|error| error.to_string())?;
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        Ok(answer.grant(now, ClientAuth::Basic)?)
    }

    #[test]
    fn expiry_is_read_in_every_form() {
        let lasts = |fields| grant(fields).unwrap().lifetime.as_secs();
        for (fields, expected) in [
            (json!({"expires_in": 120}), 120),
            (json!({"expires_in": "120"}), 120),
            (json!({"expires_at": 1_800_000_090}), 90),
            (json!({"expires_at": "1800000090"}), 90),
            (json!({"expires_at": 1_800_000_090.5}), 90),
            (json!({"expires_at": "2027-01-15T08:01:00Z"}), 60),
            (json!({"expires_in": 5, "expires_at": 1}), 5),
            (json!({}), 3600),
            (json!({"expires_in": null, "expires_at": null}), 3600),
            // Nonsense is no reason to lose a token.
            (json!({"expires_at": 1}), 3600),
            (json!({"expires_in": -5}), 3600),
            (json!({"expires_in": 0}), 3600),
            (json!({"expires_in": 1e300}), 3600),
            (json!({"expires_in": {"a": []}}), 3600),
            (json!({"expires_at": "soon"}), 3600),
            (json!({"expires_at": 1_800_000_090_000_u64}), 3600),
        ] {
            assert_eq!(lasts(fields.clone()), expected, "{fields}");
        }
    }

    #[test]
    fn a_token_must_be_one() {
        for bad in [
            json!({"access_token": ""}),
            json!({"access_token": "a b"}),
            json!({"access_token": "a\r\nHost: evil.test"}),
            json!({"access_token": 5}),
            json!({"access_token": null}),
            json!({"access_token": ["a"]}),
            json!({"refresh_token": 5}),
            json!({"refresh_token": "ä"}),
            json!({"token_type": "mac"}),
            json!({"token_type": 1}),
        ] {
            assert!(grant(bad.clone()).is_err(), "{bad}");
        }
        for same in [
            json!({}),
            json!({"refresh_token": null}),
            json!({"refresh_token": ""}),
        ] {
            assert!(grant(same).unwrap().refresh.is_none());
        }
        let fields = json!({"refresh_token": "r", "token_type": "bearer"});
        let refresh = grant(fields).unwrap().refresh.unwrap();
        assert_eq!(refresh.expose_secret(), "r");
    }
}
