//! Where Front's API lives, and the credential for it: the two values that decide who may
//! ever see the token.

use std::net::IpAddr;

use reqwest::Url;
use secrecy::{ExposeSecret, SecretString};
use thiserror::Error;

/// Front's own address, the default.
pub const FRONT: &str = "https://api2.frontapp.com";

/// The scheme, host and port of a Front API. Plain http is refused but on loopback.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiBase(Url);

/// Why an API base is refused.
#[derive(Debug, Error)]
pub enum BaseRefusal {
    /// Not an address.
    #[error("is not an address such as `{FRONT}`: {0}")]
    Unreadable(String),
    /// Plain http to another machine would show the token to the network.
    #[error(
        "uses plain http to another machine, which would show the token to the network; use https"
    )]
    PlainHttp,
    /// Neither http nor https.
    #[error("must begin with https://")]
    Scheme,
    /// Something beyond scheme, host and port.
    #[error("must hold a host and perhaps a port, and no user, path, query or fragment")]
    Extra,
}

impl ApiBase {
    /// Reads and checks an address.
    pub fn parse(text: &str) -> Result<Self, BaseRefusal> {
        let url =
            Url::parse(text.trim()).map_err(|error| BaseRefusal::Unreadable(error.to_string()))?;
        let extra = !url.username().is_empty()
            || url.password().is_some()
            || url.query().is_some()
            || url.fragment().is_some()
            || url.path() != "/";
        match url.scheme() {
            _ if extra => Err(BaseRefusal::Extra),
            "https" => Ok(Self(url)),
            "http" if is_loopback(&url) => Ok(Self(url)),
            "http" => Err(BaseRefusal::PlainHttp),
            _ => Err(BaseRefusal::Scheme),
        }
    }

    /// The address of a path that [`super::path::fill`] built. `None` if the URL parser would
    /// read it as anything but what was written, which no such path does.
    pub(super) fn join(&self, path: &str, query: &[(String, String)]) -> Option<Url> {
        let mut url = self.0.clone();
        url.set_path(path);
        if url.path() != path || url.host() != self.0.host() {
            return None;
        }
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Some(url)
    }

    /// Whether this is a server on this machine, as a sandbox is.
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.0)
    }
}

impl std::fmt::Display for ApiBase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

/// Whether an address is of this machine.
pub fn is_loopback(url: &Url) -> bool {
    url.host_str().is_some_and(|host| {
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        host == "localhost" || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
    })
}

/// A bearer token. It prints as nothing, in `Debug` too.
#[derive(Clone)]
pub struct Token(SecretString);

impl Token {
    /// Reads a token: printable ASCII without spaces, as every token of Front's is. The error
    /// never repeats it.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        let text = text.strip_prefix("Bearer ").unwrap_or(text).trim();
        if text.is_empty() {
            return Err("is empty");
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(
                "holds characters that no Front token has (spaces, line breaks or non-ASCII); copy it again",
            );
        }
        Ok(Self(SecretString::from(text)))
    }

    /// Whether it is the same as another.
    pub fn is(&self, other: &Self) -> bool {
        self.0.expose_secret() == other.0.expose_secret()
    }

    pub(super) fn header(&self) -> Option<http::HeaderValue> {
        let text = format!("Bearer {}", self.0.expose_secret());
        let mut value = http::HeaderValue::from_str(&text).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(****)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_loopback_only() {
        for good in [
            "https://api2.frontapp.com",
            "http://127.0.0.1:8801",
            "http://localhost:1/",
            "http://[::1]:9",
        ] {
            assert!(ApiBase::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "http://api2.frontapp.com",
            "http://127.0.0.1.evil.test",
            "http://localhost.evil.test",
            "ftp://localhost",
            "https://user@api2.frontapp.com",
            "https://api2.frontapp.com/x",
            "https://api2.frontapp.com?x",
            "api2.frontapp.com",
            "",
        ] {
            assert!(ApiBase::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn no_path_changes_the_host() {
        let base = ApiBase::parse(FRONT).unwrap();
        assert!(base.join("/a/../b", &[]).is_none());
        assert!(base.join("/a\\b", &[]).is_none());
        assert!(
            base.join("//evil.test/x", &[])
                .is_none_or(|url| { url.host_str() == Some("api2.frontapp.com") })
        );
        let url = base
            .join("/a/%2Fb", &[("q".into(), "ä&b=c".into())])
            .unwrap();
        assert_eq!(
            url.as_str(),
            "https://api2.frontapp.com/a/%2Fb?q=%C3%A4%26b%3Dc"
        );
    }

    #[test]
    fn a_token_never_prints() {
        let token = Token::parse(" Bearer s3cret-token ").unwrap();
        assert_eq!(format!("{token:?}"), "Token(****)");
        assert!(!format!("{:?}", token.header()).contains("s3cret"));
    }
}
