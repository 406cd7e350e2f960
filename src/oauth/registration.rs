//! The application that is registered in Front (Settings > Developers > OAuth), as which a person
//! lets front-mcp in.

use reqwest::Url;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use crate::front::base::is_loopback;

/// A client id with its secret.
#[derive(Clone, Debug)]
pub struct Registration {
    /// The client id. No secret, but of no use to anybody else.
    pub id: String,
    /// The client secret.
    pub secret: SecretString,
    /// Where both go in a request for a token.
    pub auth: ClientAuth,
}

/// Where client id and secret go (RFC 6749, 2.3.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientAuth {
    /// In the `Authorization` header, as Front documents.
    #[default]
    Basic,
    /// In the body: only where Front refuses the header.
    Body,
}

/// The redirect address that is registered for the application. It decides how the answer comes
/// back from the browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedirectUri {
    /// As it was registered: Front compares letter by letter.
    text: String,
    url: Url,
}

/// What is used when none is set.
pub const DEFAULT_REDIRECT: &str = "https://localhost:9876/callback";

impl RedirectUri {
    /// Reads an address. The error never repeats it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let url = Url::parse(text.trim())
            .map_err(|_| format!("is not an address such as `{DEFAULT_REDIRECT}`"))?;
        if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
            return Err("must hold no user and no fragment".to_owned());
        }
        if url.port() == Some(0) {
            return Err("must name a port, and 0 is none".to_owned());
        }
        let ours = ["code", "state", "error", "error_description", "iss"];
        if url.query_pairs().any(|(name, _)| ours.contains(&&*name)) {
            return Err(
                "must hold no parameter of the answer, such as `code` or `state`".to_owned(),
            );
        }
        let text = text.trim().to_owned();
        match url.scheme() {
            "https" => Ok(Self { text, url }),
            "http" if is_loopback(&url) => Ok(Self { text, url }),
            "http" => Err("uses plain http to another machine, which would show the sign-in to the network; use https".to_owned()),
            _ => Err("must begin with https:// (or http:// on this machine)".to_owned()),
        }
    }

    /// The address as it was registered.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Its path.
    pub fn path(&self) -> &str {
        self.url.path()
    }

    /// Whether it is spoken to over TLS.
    pub fn is_https(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// Its host, without brackets.
    pub fn host(&self) -> &str {
        let host = self.url.host_str().unwrap_or_default();
        host.trim_start_matches('[').trim_end_matches(']')
    }

    /// The port on this machine that the browser is sent to, if it is sent to this machine.
    pub fn loopback_port(&self) -> Option<u16> {
        is_loopback(&self.url).then(|| self.url.port_or_known_default())?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_of_this_machine_or_https() {
        let usual = RedirectUri::parse(DEFAULT_REDIRECT).unwrap();
        assert_eq!(usual.loopback_port(), Some(9876));
        for (good, port) in [
            ("https://localhost:9876/callback", Some(9876)),
            ("http://127.0.0.1:1/x", Some(1)),
            ("http://[::1]:2/", Some(2)),
            ("https://localhost/", Some(443)),
            ("https://example.com/callback", None),
            ("https://127.0.0.1.evil.test/", None),
        ] {
            let uri = RedirectUri::parse(good).unwrap();
            assert_eq!(uri.loopback_port(), port, "{good}");
        }
        let registered = "https://localhost:443/callback";
        assert_eq!(RedirectUri::parse(registered).unwrap().as_str(), registered);
        for bad in [
            "http://example.com/callback",
            "http://localhost.evil.test/",
            "ftp://localhost/",
            "https://user@localhost/",
            "https://localhost/#x",
            "https://localhost:0/callback",
            "https://localhost:9876/callback?state=x",
            "callback",
            "",
        ] {
            assert!(RedirectUri::parse(bad).is_err(), "{bad}");
        }
    }
}
