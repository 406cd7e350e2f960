//! What every request is held to before anything is done with it.

use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};

use super::secret::Secret;
use crate::web::headers::{is_for, only};

/// Why a request is turned away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It names another host: a foreign name was pointed at this machine.
    Host,
    /// It comes from another site.
    Origin,
    /// Neither GET nor POST.
    Method,
}

impl Unfit {
    pub const fn status(self) -> StatusCode {
        match self {
            Self::Host => StatusCode::MISDIRECTED_REQUEST,
            Self::Origin => StatusCode::FORBIDDEN,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
        }
    }

    pub const fn words(self) -> &'static str {
        match self {
            Self::Host => "This page answers only under its own address on this machine.",
            Self::Origin => "The request came from another page. Nothing was done.",
            Self::Method => "This page can be read, and its form can be sent; nothing else.",
        }
    }
}

/// Judges a request by its head alone.
pub fn judge(method: &Method, uri: &Uri, headers: &HeaderMap, port: u16) -> Result<(), Unfit> {
    let hosts = hosts(port);
    if !is_for(&hosts, uri, headers) {
        return Err(Unfit::Host);
    }
    match *method {
        Method::GET => Ok(()),
        Method::POST if is_from_here(headers, &hosts) => Ok(()),
        Method::POST => Err(Unfit::Origin),
        _ => Err(Unfit::Method),
    }
}

/// What a person's browser may call this server.
fn hosts(port: u16) -> [String; 2] {
    [format!("127.0.0.1:{port}"), format!("localhost:{port}")]
}

/// Whether a form was sent by a page of ours, as far as the browser says. What it does not say is
/// left to the cookie and the form's mark.
fn is_from_here(headers: &HeaderMap, hosts: &[String; 2]) -> bool {
    let site = headers.get("sec-fetch-site");
    let is_same_origin = site.is_some_and(|site| site == "same-origin");
    if site.is_some() && !is_same_origin {
        return false;
    }
    if !headers.contains_key(header::ORIGIN) {
        return true;
    }
    match only(headers, &header::ORIGIN) {
        // What browsers say of a page with `no-referrer`, as ours are; and of foreign frames.
        Some("null") => is_same_origin,
        Some(origin) => origin.strip_prefix("http://").is_some_and(|origin| {
            only(headers, &header::HOST) == Some(origin) && hosts.iter().any(|host| host == origin)
        }),
        None => false,
    }
}

/// Whether another site led the browser here: a strict cookie is then kept back, though the
/// browser may have it.
pub fn is_led_here(headers: &HeaderMap) -> bool {
    headers
        .get("sec-fetch-site")
        .is_some_and(|site| site != "same-origin" && site != "none")
}

/// All cookies of this name that have the form of a secret; there may be several.
pub fn cookies(headers: &HeaderMap, name: &str) -> Vec<Secret> {
    values(headers, name).filter_map(Secret::parse).collect()
}

/// What all cookies of this name hold.
pub fn values<'headers>(
    headers: &'headers HeaderMap,
    name: &'headers str,
) -> impl Iterator<Item = &'headers str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(move |(given, _)| *given == name)
        .map(|(_, value)| value)
}

/// A cookie that no script reads and no other site sends; it ends with the browser.
pub fn cookie(name: &str, secret: &Secret, path: &str) -> Option<HeaderValue> {
    let value = secret.expose();
    let mut value = HeaderValue::try_from(format!(
        "{name}={value}; Path={path}; HttpOnly; SameSite=Strict"
    ))
    .ok()?;
    value.set_sensitive(true);
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(method: Method, pairs: &[(&'static str, &'static str)]) -> Result<(), Unfit> {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_static(value));
        }
        judge(&method, &Uri::from_static("/"), &headers, 4000)
    }

    #[test]
    fn only_this_machine_by_its_own_names() {
        for host in ["127.0.0.1:4000", "localhost:4000"] {
            assert_eq!(verdict(Method::GET, &[("host", host)]), Ok(()));
        }
        for host in [
            "evil.test:4000",
            "127.0.0.1",
            "127.0.0.1:4001",
            "127.0.0.1:4000.evil.test",
            "localhost:4000@evil.test",
            "[::1]:4000",
            "",
        ] {
            assert_eq!(verdict(Method::GET, &[("host", host)]), Err(Unfit::Host));
        }
        assert_eq!(verdict(Method::GET, &[]), Err(Unfit::Host));
        let twice = [("host", "127.0.0.1:4000"), ("host", "localhost:4000")];
        assert_eq!(verdict(Method::GET, &twice), Err(Unfit::Host));
        let mut headers = HeaderMap::new();
        headers.insert("host", HeaderValue::from_static("127.0.0.1:4000"));
        let elsewhere = Uri::from_static("http://evil.test/");
        assert_eq!(
            judge(&Method::GET, &elsewhere, &headers, 4000),
            Err(Unfit::Host)
        );
    }

    #[test]
    fn a_form_is_taken_from_a_page_of_ours() {
        let posted = |more: &[(&'static str, &'static str)]| {
            verdict(
                Method::POST,
                &[&[("host", "127.0.0.1:4000")], more].concat(),
            )
        };
        let same = ("sec-fetch-site", "same-origin");
        for fine in [
            &[][..],
            &[("origin", "http://127.0.0.1:4000")],
            &[("origin", "null"), same],
            &[("origin", "http://127.0.0.1:4000"), same],
        ] {
            assert_eq!(posted(fine), Ok(()), "{fine:?}");
        }
        for bad in [
            &[("origin", "null")][..],
            &[("origin", "http://localhost:4000")],
            &[("origin", "https://127.0.0.1:4000")],
            &[("origin", "http://127.0.0.1:4001")],
            &[("origin", "http://evil.test")],
            &[("origin", "")],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
            &[("sec-fetch-site", "none")],
            &[("origin", "http://evil.test"), same],
            &[
                ("origin", "null"),
                ("origin", "http://127.0.0.1:4000"),
                same,
            ],
        ] {
            assert_eq!(posted(bad), Err(Unfit::Origin), "{bad:?}");
        }
        for method in [Method::PUT, Method::HEAD, Method::OPTIONS, Method::DELETE] {
            let host = [("host", "localhost:4000")];
            assert_eq!(verdict(method, &host), Err(Unfit::Method));
        }
    }

    #[test]
    fn cookies_are_found_among_others() {
        let secret = Secret::draw().unwrap();
        let line = format!("a=b; front={}; front=short; frontier=x", secret.expose());
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::try_from(line).unwrap());
        assert_eq!(cookies(&headers, "front"), [secret]);
        assert!(cookies(&headers, "a").is_empty());
    }
}
