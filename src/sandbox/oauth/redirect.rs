//! Where a browser is sent back to: an address of this machine, and no other.

/// A redirect address that was accepted, exactly as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RedirectUri(String);

impl RedirectUri {
    /// Takes a loopback address with a path, by `http` or `https`, on any port. It reads no more of URLs than that: a
    /// spelling that somebody else could read as another host is not taken.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let rest = text
            .strip_prefix("http://")
            .or_else(|| text.strip_prefix("https://"))?;
        let (authority, _) = rest.split_once('/')?;
        let port = ["127.0.0.1", "[::1]", "localhost"]
            .into_iter()
            .find_map(|host| authority.strip_prefix(host))?;
        let is_plain = text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~:/?[]@!$&'()*+,;=%".contains(&byte));
        (is_port(port) && is_plain).then(|| Self(text.to_owned()))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Scheme, host and port, for a person to read.
    pub(super) fn origin(&self) -> &str {
        let path = self.0.match_indices('/').nth(2);
        path.and_then(|(start, _)| self.0.get(..start))
            .unwrap_or(&self.0)
    }

    /// The address with more in its query, of which it may have one already.
    pub(super) fn with(&self, parameters: &[(&str, &str)]) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(parameters);
        let joint = match self.0.split_once('?') {
            None => "?",
            Some((_, "")) => "",
            Some(_) => "&",
        };
        format!("{}{joint}{}", self.0, query.finish())
    }
}

/// Whether this is nothing, or a colon and a port.
fn is_port(text: &str) -> bool {
    match text.strip_prefix(':') {
        None => text.is_empty(),
        Some(digits) => {
            digits.bytes().all(|byte| byte.is_ascii_digit())
                && digits.parse::<u16>().is_ok_and(|port| port > 0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_addresses_with_a_path_are_taken() {
        for good in [
            "http://127.0.0.1:1234/callback",
            "https://localhost:9876/callback",
            "http://[::1]:80/cb?x=1",
            "http://localhost/",
        ] {
            assert_eq!(RedirectUri::parse(good).unwrap().as_str(), good);
        }
        let uri = RedirectUri::parse("http://[::1]:80/cb?x=1").unwrap();
        assert_eq!(uri.origin(), "http://[::1]:80");
    }

    #[test]
    fn everything_else_is_not() {
        for bad in [
            "",
            "http://127.0.0.1:1234",
            "http://127.0.0.1?/cb",
            "http://127.0.0.1:/cb",
            "http://127.0.0.1:0/cb",
            "http://127.0.0.1:+80/cb",
            "http://127.0.0.1:70000/cb",
            "http://127.0.0.1.evil.example/cb",
            "http://127.0.0.1@evil.example/cb",
            "http://evil.example@127.0.0.1/cb",
            "http://localhost:80@evil.example/cb",
            "http://localhost\\.evil.example/cb",
            "http://LOCALHOST/cb",
            "http://127.0.0.1/cb#fragment",
            "http://127.0.0.1/c b",
            "http://127.0.0.1/cb\r\nx: y",
            "http://127.1/cb",
            "ftp://127.0.0.1/cb",
            "//127.0.0.1/cb",
            "javascript:alert(1)",
            "https://example.com/cb",
        ] {
            assert!(RedirectUri::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_query_grows() {
        let with = |text| RedirectUri::parse(text).unwrap().with(&[("a", "b c&d")]);
        assert_eq!(with("http://localhost/cb"), "http://localhost/cb?a=b+c%26d");
        assert_eq!(
            with("http://localhost/cb?"),
            "http://localhost/cb?a=b+c%26d"
        );
        assert_eq!(
            with("http://localhost/cb?x=1"),
            "http://localhost/cb?x=1&a=b+c%26d"
        );
    }
}
