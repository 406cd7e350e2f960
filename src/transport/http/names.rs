//! By which names the server may be called, and by pages of which origins. The check is never off: a
//! page can point a name of its own at this machine, and a browser then sends its requests here.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, Method, StatusCode, Uri, header, uri::Authority};

use super::{answer::Refused, site::Site};
use crate::{
    config::http::{Http, PublicUrl, is_loopback_name},
    web::headers::only,
};

/// The hosts and origins that are known.
#[derive(Debug)]
pub struct Names {
    hosts: Vec<String>,
    origins: Vec<String>,
    /// Names of this machine are known, under any port: nobody else can listen there for long.
    is_local: bool,
}

impl Names {
    /// Those of the settings, the public address, and this machine where only it can call.
    pub fn new(settings: &Http, url: &PublicUrl) -> Self {
        let mut origins = settings.allowed_origins.clone();
        origins.push(url.to_string());
        let mut hosts = settings.allowed_hosts.clone();
        hosts.push(url.authority().to_owned());
        Self {
            hosts,
            origins: origins
                .iter()
                .map(|origin| origin.trim_end_matches('/').to_ascii_lowercase())
                .collect(),
            is_local: settings
                .listen
                .is_none_or(|address| address.ip().is_loopback()),
        }
    }

    fn knows_host(&self, named: &str, authority: &Authority) -> bool {
        // No name and port hold an `@`.
        if authority.as_str().contains('@') {
            return false;
        }
        let (whole, host) = (named.to_ascii_lowercase(), authority.host());
        self.hosts.contains(&whole) || (self.is_local && is_loopback_name(host))
    }

    fn knows_origin(&self, origin: &str) -> bool {
        let origin = origin.to_ascii_lowercase();
        if self.origins.contains(&origin) {
            return true;
        }
        let host = origin
            .strip_prefix("http://")
            .or_else(|| origin.strip_prefix("https://"))
            .and_then(authority);
        self.is_local
            && host.is_some_and(|authority| {
                !authority.as_str().contains('@') && is_loopback_name(authority.host())
            })
    }

    fn judge(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), Refused> {
        let host = only(headers, &header::HOST).ok_or_else(|| {
            Refused::new(StatusCode::BAD_REQUEST, "a request has one `Host` header")
        })?;
        let named = authority(host).ok_or_else(|| {
            Refused::new(
                StatusCode::BAD_REQUEST,
                "the `Host` header is a name or an address, and a port",
            )
        })?;
        let is_named = self.knows_host(host, &named)
            && uri
                .authority()
                .is_none_or(|named| named.as_str().eq_ignore_ascii_case(host));
        if !is_named {
            return Err(Refused::new(
                StatusCode::FORBIDDEN,
                "this server is not called by that name: see `--public-url` and `[http] allowed_hosts`",
            ));
        }
        if !headers.contains_key(header::ORIGIN) {
            return Ok(());
        }
        match only(headers, &header::ORIGIN) {
            Some(origin) if self.knows_origin(origin) => Ok(()),
            _ => Err(Refused::new(
                StatusCode::FORBIDDEN,
                "pages of that origin may not call this server: see `[http] allowed_origins`",
            )),
        }
    }
}

/// Turns away requests by other names and from other pages.
pub async fn known(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    if !is_target(request.uri(), request.method()) {
        return Refused::new(
            StatusCode::BAD_REQUEST,
            "the target of a request is a path, or a whole `http` address",
        )
        .into_response();
    }
    if let Err(refused) = site.names.judge(request.uri(), request.headers()) {
        return refused.into_response();
    }
    // The name of a method is a peer's to choose; these alone mean something here.
    let refused = |status, what| Refused::new(status, what).with(header::ALLOW, "GET, POST");
    match *request.method() {
        Method::GET | Method::POST | Method::DELETE | Method::HEAD => next.run(request).await,
        Method::PUT | Method::PATCH | Method::OPTIONS | Method::TRACE | Method::CONNECT => {
            let status = StatusCode::METHOD_NOT_ALLOWED;
            refused(status, "that method is not served here").into_response()
        }
        _ => {
            let status = StatusCode::NOT_IMPLEMENTED;
            refused(status, "that method is not known here").into_response()
        }
    }
}

/// Whether it has a form that requests to a server have (RFC 9112, 3.2).
fn is_target(uri: &Uri, method: &Method) -> bool {
    match (uri.scheme_str(), uri.authority()) {
        (None, None) => true,
        (None, Some(_)) => *method == Method::CONNECT,
        (Some(scheme), _) => matches!(scheme, "http" | "https"),
    }
}

/// A host with a port that can be one, if it names one.
fn authority(named: &str) -> Option<Authority> {
    let authority: Authority = named.parse().ok()?;
    let bare = authority.as_str().rsplit('@').next()?;
    let port = bare.strip_prefix(authority.host())?;
    let is_port = |port: &str| port.is_empty() || port.parse::<u16>().is_ok();
    (port.is_empty() || port.strip_prefix(':').is_some_and(is_port)).then_some(authority)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Layers};
    use http::HeaderValue;

    fn names(listen: &str, url: &str) -> Names {
        let command = clap::Command::new("test");
        let layers = Layers::new(&command.get_matches_from(["test"]), &[], std::iter::empty());
        let base = crate::front::base::ApiBase::parse("http://127.0.0.1:9").unwrap();
        let mut http = Config::sandbox(&layers, base).unwrap().http;
        http.listen = Some(listen.parse().unwrap());
        http.allowed_hosts = vec!["inner:8080".to_owned()];
        http.allowed_origins = vec!["https://app.example.com".to_owned()];
        Names::new(&http, &PublicUrl::parse(url).unwrap())
    }

    fn verdict(names: &Names, pairs: &[(&'static str, &'static str)]) -> Option<StatusCode> {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_static(value));
        }
        let judged = names.judge(&Uri::from_static("/mcp"), &headers);
        judged.err().map(|refused| refused.into_response().status())
    }

    #[test]
    fn a_hosted_server_answers_to_its_own_names() {
        let names = names("0.0.0.0:8080", "https://mcp.example.com");
        let forbidden = Some(StatusCode::FORBIDDEN);
        for host in ["mcp.example.com", "MCP.example.com", "inner:8080"] {
            assert_eq!(verdict(&names, &[("host", host)]), None, "{host}");
        }
        for host in [
            "localhost",
            "127.0.0.1:8080",
            "mcp.example.com:8080",
            "mcp.example.com.evil.test",
            "mcp.example.com@evil.test",
            "evil.test",
            "inner",
        ] {
            assert_eq!(verdict(&names, &[("host", host)]), forbidden, "{host}");
        }
        let ours = ("host", "mcp.example.com");
        for (origin, expected) in [
            ("https://mcp.example.com", None),
            ("https://app.example.com", None),
            ("http://mcp.example.com", forbidden),
            ("https://app.example.com:444", forbidden),
            ("https://app.example.com.evil.test", forbidden),
            ("http://localhost:3000", forbidden),
            ("null", forbidden),
            ("", forbidden),
        ] {
            assert_eq!(
                verdict(&names, &[ours, ("origin", origin)]),
                expected,
                "{origin}"
            );
        }
        for host in ["mcp.example.com:bad", "inner:99999", "a b", "a, b", ""] {
            let judged = verdict(&names, &[("host", host)]);
            assert_eq!(judged, Some(StatusCode::BAD_REQUEST), "{host}");
        }
        let twice = [ours, ("host", "evil.test")];
        assert_eq!(verdict(&names, &twice), Some(StatusCode::BAD_REQUEST));
        assert_eq!(verdict(&names, &[]), Some(StatusCode::BAD_REQUEST));
    }

    #[test]
    fn a_local_server_answers_to_names_of_this_machine() {
        let names = names("127.0.0.1:8080", "http://127.0.0.1:8080");
        for host in [
            "localhost:8080",
            "127.0.0.1:8080",
            "[::1]:8080",
            "LOCALHOST",
        ] {
            assert_eq!(verdict(&names, &[("host", host)]), None, "{host}");
        }
        let ours = ("host", "localhost:8080");
        for origin in [
            "http://localhost:3000",
            "http://127.0.0.1:6274",
            "http://[::1]:1",
        ] {
            assert_eq!(
                verdict(&names, &[ours, ("origin", origin)]),
                None,
                "{origin}"
            );
        }
        for evil in [
            "http://localhost.evil.test",
            "http://evil.test",
            "null",
            "http://localhost@evil.test",
        ] {
            let judged = verdict(&names, &[ours, ("origin", evil)]);
            assert_eq!(judged, Some(StatusCode::FORBIDDEN), "{evil}");
        }
    }
}
