//! Which client asks: the one that is registered, by its secret.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use http::{HeaderMap, header};

use super::{OAuthError, parameters::Parameters, settings::ClientAuth};
use crate::sandbox::{OAUTH_CLIENT_ID, OAUTH_CLIENT_SECRET};

/// Checks that a request comes from the registered client, shown by HTTP Basic or in the body and never by both
/// (RFC 6749, 2.3).
pub(super) fn authenticate(
    headers: &HeaderMap,
    parameters: &Parameters,
    taken: ClientAuth,
) -> Result<(), OAuthError> {
    let header = headers.get(header::AUTHORIZATION);
    let secret = parameters.get("client_secret");
    let id = parameters.get("client_id");
    let (id, secret) = match (header, secret) {
        (Some(_), Some(_)) => {
            return Err(OAuthError::invalid_request(
                "The client authenticates in two ways at once.",
            ));
        }
        (Some(_), None) if taken == ClientAuth::Body => {
            return Err(OAuthError::invalid_client(
                "This client authenticates in the body.",
            ));
        }
        (Some(value), None) => {
            let (basic_id, secret) =
                value
                    .to_str()
                    .ok()
                    .and_then(basic)
                    .ok_or(OAuthError::invalid_client(
                        "The Authorization header is not HTTP Basic.",
                    ))?;
            if id.is_some_and(|id| id != basic_id) {
                return Err(OAuthError::invalid_request(
                    "The client names itself in two ways.",
                ));
            }
            (basic_id, secret)
        }
        (None, Some(_)) if taken == ClientAuth::Basic => {
            return Err(OAuthError::invalid_client(
                "This client authenticates by HTTP Basic.",
            ));
        }
        (None, Some(secret)) => (id.unwrap_or_default().to_owned(), secret.to_owned()),
        (None, None) => {
            return Err(OAuthError::invalid_client(
                "The client does not authenticate.",
            ));
        }
    };
    if id == OAUTH_CLIENT_ID && secret == OAUTH_CLIENT_SECRET {
        Ok(())
    } else {
        Err(OAuthError::invalid_client(
            "Unknown client or wrong secret.",
        ))
    }
}

/// Id and secret of a Basic header; each is form-encoded within it (RFC 6749, 2.3.1).
fn basic(value: &str) -> Option<(String, String)> {
    let (scheme, credentials) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let credentials = String::from_utf8(STANDARD.decode(credentials.trim()).ok()?).ok()?;
    let (id, secret) = credentials.split_once(':')?;
    Some((decode(id)?, decode(secret)?))
}

fn decode(text: &str) -> Option<String> {
    let text = text.replace('+', " ");
    let decoded = percent_encoding::percent_decode_str(&text).decode_utf8();
    decoded.ok().map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn basic_credentials_are_decoded() {
        let read = |text: &str| basic(&format!("bAsIc {}", STANDARD.encode(text)));
        let pair = |id: &str, secret: &str| Some((id.to_owned(), secret.to_owned()));
        assert_eq!(read("a:b"), pair("a", "b"));
        assert_eq!(read("a%3Ab:c+d%2b:e"), pair("a:b", "c d+:e"));
        assert_eq!(read("nothing"), None);
        assert_eq!(basic("Bearer abc"), None);
        assert_eq!(basic("Basic !!!"), None);
    }
}
