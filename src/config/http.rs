//! `serve --http`: where a hosted server listens, under which names, for whom, and its limits.

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

use ipnet::IpNet;

use super::{
    duration, file, is_on,
    source::{ConfigError, Layers, Source},
};

/// How a server is hosted.
#[derive(Clone, Debug, Default)]
pub struct Http {
    /// Where it listens (`--http`); over standard streams without.
    pub listen: Option<SocketAddr>,
    /// The address that callers use (`--public-url`), without a path.
    pub public_url: Option<PublicUrl>,
    /// Further names it may be called by (`[http] allowed_hosts`).
    pub allowed_hosts: Vec<String>,
    /// Web pages that may call it (`[http] allowed_origins`), as origins.
    pub allowed_origins: Vec<String>,
    /// Whether callers without a token are let in (`--allow-anonymous`).
    pub allow_anonymous: bool,
    /// By which named policy they are held (`--anonymous-policy`); they only read without.
    pub anonymous_policy: Option<String>,
    /// Where `/metrics` is served for the operator (`--metrics`).
    pub metrics: Option<SocketAddr>,
    /// Certificate and key (`--tls-cert`, `--tls-key`).
    pub tls: Option<TlsFiles>,
    /// Proxies whose word is taken for where a request comes from (`--trusted-proxy`).
    pub trusted_proxies: Vec<IpNet>,
    /// What one server takes.
    pub limits: Limits,
}

/// A certificate chain and its key, as PEM files that may be replaced while the server runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsFiles {
    /// The chain, its own certificate first.
    pub certificate: PathBuf,
    /// The private key.
    pub key: PathBuf,
}

/// What one server takes (`[http]`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Connections at once (`max_connections`, 4096).
    pub connections: usize,
    /// Requests at once, of all callers (`max_requests`, 512).
    pub requests: usize,
    /// Requests at once, of one caller (`max_requests_per_caller`, 32).
    pub requests_per_caller: usize,
    /// Requests a second that one caller may keep up (`requests_per_second`, 50); twice as many come
    /// through at once.
    pub per_second: u32,
    /// Bytes of one request (`max_request_bytes`, 4 MiB).
    pub body_bytes: usize,
    /// How long the head of a request may take, and a connection stay without one (`head_timeout`, 75 s).
    pub head: Duration,
    /// How long the body of a request may take (`body_timeout`, 30 s).
    pub body: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 4096,
            requests: 512,
            requests_per_caller: 32,
            per_second: 50,
            // Attachments are given by path or id, not in arguments.
            body_bytes: 4 * 1024 * 1024,
            // Longer than clients keep an idle connection for their next request.
            head: Duration::from_secs(75),
            body: Duration::from_secs(30),
        }
    }
}

/// The origin that callers use: scheme, host and port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    scheme: &'static str,
    authority: String,
}

impl PublicUrl {
    /// Reads `https://mcp.example.com`, or `http://` with a host of this machine.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let uri: http::Uri = text
            .trim()
            .parse()
            .map_err(|_| "must be an address such as `https://mcp.example.com`".to_owned())?;
        let authority = uri.authority().filter(|one| !one.as_str().contains('@'));
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), authority) else {
            return Err("must be an address such as `https://mcp.example.com`".to_owned());
        };
        if !matches!(uri.path(), "" | "/") || uri.query().is_some() {
            return Err("must have no path: the endpoint is `/mcp` beneath it".to_owned());
        }
        let is_here = is_loopback_name(authority.host());
        let scheme = match scheme {
            "https" => "https",
            "http" if is_here => "http",
            _ => {
                return Err(
                    "must begin with `https://`: callers send their tokens there".to_owned(),
                );
            }
        };
        // Browsers leave out the port that goes without saying.
        let usual = if scheme == "https" { ":443" } else { ":80" };
        let authority = authority.as_str().to_ascii_lowercase();
        let authority = authority.strip_suffix(usual).unwrap_or(&authority);
        Ok(Self {
            scheme,
            authority: authority.to_owned(),
        })
    }

    /// The address of a server of this machine.
    pub fn local(address: SocketAddr, is_tls: bool) -> Self {
        Self {
            scheme: if is_tls { "https" } else { "http" },
            authority: address.to_string(),
        }
    }

    /// Host, and port where one was given.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// Whether browsers keep its cookies to themselves.
    pub fn is_https(&self) -> bool {
        self.scheme == "https"
    }
}

impl std::fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}://{}", self.scheme, self.authority)
    }
}

/// Whether a host can only be this machine.
pub fn is_loopback_name(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare.eq_ignore_ascii_case("localhost")
        || bare
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// Reads the settings.
pub fn read(layers: &Layers, kept: &file::Http) -> Result<Http, ConfigError> {
    let anonymous = kept.allow_anonymous.map(|allow| allow.to_string());
    let proxies = kept.trusted_proxies.as_ref().map(|list| list.join(","));
    let file_error = |key: &str, problem: &str| ConfigError {
        key: format!("http.{key}"),
        origin: Source::File(layers.file_path().unwrap_or_default()),
        problem: problem.to_owned(),
    };
    for origin in &kept.allowed_origins {
        PublicUrl::parse(origin).map_err(|problem| file_error("allowed_origins", &problem))?;
    }
    let certificate = path(layers, "tls-cert", kept.tls_cert.as_ref(), "http.tls_cert")?;
    let key = path(layers, "tls-key", kept.tls_key.as_ref(), "http.tls_key")?;
    let tls = match (certificate, key) {
        (Some(certificate), Some(key)) => Some(TlsFiles { certificate, key }),
        (None, None) => None,
        (certificate, _) => {
            let missing = match certificate {
                Some(_) => "tls-key",
                None => "tls-cert",
            };
            return Err(ConfigError {
                key: format!("--{missing}"),
                origin: Source::Default,
                problem: "is not set; certificate and key go together".to_owned(),
            });
        }
    };
    Ok(Http {
        listen: layers
            .setting("http", kept.listen.as_ref(), "http.listen")
            .parse(address)?,
        public_url: layers
            .setting("public-url", kept.public_url.as_ref(), "http.public_url")
            .parse(PublicUrl::parse)?,
        allowed_hosts: kept
            .allowed_hosts
            .iter()
            .map(|host| host.to_ascii_lowercase())
            .collect(),
        allowed_origins: kept.allowed_origins.clone(),
        allow_anonymous: layers
            .setting(
                "allow-anonymous",
                anonymous.as_ref(),
                "http.allow_anonymous",
            )
            .parse(is_on)?
            .unwrap_or_default(),
        anonymous_policy: layers
            .setting(
                "anonymous-policy",
                kept.anonymous_policy.as_ref(),
                "http.anonymous_policy",
            )
            .parse(|text| Ok(text.to_owned()))?,
        metrics: layers
            .setting("metrics", kept.metrics.as_ref(), "http.metrics")
            .parse(address)?,
        tls,
        trusted_proxies: layers
            .setting("trusted-proxy", proxies.as_ref(), "http.trusted_proxies")
            .parse(networks)?
            .unwrap_or_default(),
        limits: limits(layers, kept)?,
    })
}

fn limits(layers: &Layers, kept: &file::Http) -> Result<Limits, ConfigError> {
    let usual = Limits::default();
    let number = |key: &str, given: Option<usize>, usual: usize, most: usize| match given {
        None => Ok(usual),
        Some(number) if (1..=most).contains(&number) => Ok(number),
        Some(_) => Err(ConfigError {
            key: format!("http.{key}"),
            origin: Source::File(layers.file_path().unwrap_or_default()),
            problem: format!("must be between 1 and {most}"),
        }),
    };
    let time = |given: Option<&String>, key, usual| {
        let time = layers.in_file(given, key).parse(duration)?;
        Ok(time.unwrap_or(usual))
    };
    let per_second = usize::try_from(usual.per_second).unwrap_or(usize::MAX);
    let per_second = number(
        "requests_per_second",
        kept.requests_per_second,
        per_second,
        100_000,
    )?;
    Ok(Limits {
        connections: number(
            "max_connections",
            kept.max_connections,
            usual.connections,
            100_000,
        )?,
        requests: number("max_requests", kept.max_requests, usual.requests, 10_000)?,
        requests_per_caller: number(
            "max_requests_per_caller",
            kept.max_requests_per_caller,
            usual.requests_per_caller,
            10_000,
        )?,
        per_second: u32::try_from(per_second).unwrap_or(u32::MAX),
        body_bytes: number(
            "max_request_bytes",
            kept.max_request_bytes,
            usual.body_bytes,
            64 * 1024 * 1024,
        )?,
        head: time(kept.head_timeout.as_ref(), "http.head_timeout", usual.head)?,
        body: time(kept.body_timeout.as_ref(), "http.body_timeout", usual.body)?,
    })
}

fn path(
    layers: &Layers,
    flag: &str,
    kept: Option<&String>,
    key: &str,
) -> Result<Option<PathBuf>, ConfigError> {
    layers
        .setting(flag, kept, key)
        .parse(|text| Ok(PathBuf::from(text)))
}

/// `127.0.0.1:8080`, `[::1]:8080`, `localhost:8080`.
fn address(text: &str) -> Result<SocketAddr, String> {
    let text = text.trim();
    let text = match text.strip_prefix("localhost:") {
        Some(port) => format!("127.0.0.1:{port}"),
        None => text.to_owned(),
    };
    text.parse()
        .map_err(|_| "must be an address with a port, such as `127.0.0.1:8080`".to_owned())
}

fn networks(text: &str) -> Result<Vec<IpNet>, String> {
    text.split(',')
        .map(str::trim)
        .filter(|one| !one.is_empty())
        .map(|one| {
            let alone = one.parse::<IpAddr>().map(IpNet::from);
            one.parse().or(alone).map_err(|_| {
                "must be addresses or networks such as `10.0.0.0/8`, with commas".to_owned()
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn callers_send_their_tokens_over_https_alone() {
        for good in [
            "https://mcp.example.com",
            "https://MCP.example.com:8443/",
            "http://localhost:8080",
            "http://127.0.0.1:8080",
            "http://[::1]:8080",
        ] {
            assert!(PublicUrl::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "http://mcp.example.com",
            "https://mcp.example.com/mcp",
            "https://u:p@mcp.example.com",
            "https://mcp.example.com?x=1",
            "mcp.example.com",
            "ftp://localhost",
            "http://localhost.evil.test",
            "",
        ] {
            assert!(PublicUrl::parse(bad).is_err(), "{bad}");
        }
        let url = PublicUrl::parse("https://MCP.example.com:8443/").unwrap();
        assert_eq!(url.to_string(), "https://mcp.example.com:8443");
        let usual = PublicUrl::parse("https://mcp.example.com:443").unwrap();
        assert_eq!(usual.to_string(), "https://mcp.example.com");
    }

    #[test]
    fn addresses_and_networks_are_read() {
        assert_eq!(address("localhost:80"), address("127.0.0.1:80"));
        assert!(address("8080").is_err() && address("example.com:80").is_err());
        assert_eq!(networks("10.0.0.1, fd00::/8").unwrap().len(), 2);
        assert!(networks("proxy.internal").is_err());
    }
}
