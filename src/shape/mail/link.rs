//! Where a link really leads.

use std::borrow::Cow;

use reqwest::Url;

/// Longer addresses say nothing more to a reader than their host.
const LONGEST: usize = 200;

/// A link's target as a reader may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::shape) struct Target {
    /// The address without what only tracks the reader.
    pub url: String,
    /// The host, or the address for mail and telephone.
    pub host: String,
}

impl Target {
    /// Reads what stood in `href`; anything that is not an address on the web,
    /// of mail, or of a telephone is no target.
    pub(in crate::shape) fn read(href: &str) -> Option<Self> {
        let href = href.trim();
        let absolute: Cow<'_, str> = match href.strip_prefix("//") {
            Some(rest) => Cow::Owned(format!("https://{rest}")),
            None => Cow::Borrowed(href),
        };
        // The parser of browsers: it sees the same host that a click reaches.
        let mut url = Url::parse(&absolute).ok()?;
        if let Some(inner) = wrapped(&url) {
            url = inner;
        }
        match url.scheme() {
            "http" | "https" => {
                // `https://bank.example@evil.example/` leads to the latter.
                let _ = url.set_username("");
                let _ = url.set_password(None);
                strip_tracking(&mut url);
                Some(Self {
                    host: url.host_str()?.to_owned(),
                    url: harmless(url.as_str()),
                })
            }
            "mailto" | "tel" => {
                let address = harmless(url.path());
                Some(Self {
                    url: format!("{}:{address}", url.scheme()),
                    host: address,
                })
            }
            _ => None,
        }
    }

    /// How the target stands behind its text.
    pub(in crate::shape) fn shown(&self) -> String {
        if self.url.chars().nth(LONGEST).is_some() {
            let host: String = self.host.chars().take(LONGEST).collect();
            format!("(link to {host})")
        } else {
            format!("<{}>", self.url)
        }
    }

    /// Whether `text` is this address and nothing else.
    pub(in crate::shape) fn is_said_by(&self, text: &str, href: &str) -> bool {
        let text = bare(text);
        if text.is_empty() {
            return false;
        }
        // A text that gives up halfway still says the same.
        if let Some(start) = text.strip_suffix('…').or_else(|| text.strip_suffix("...")) {
            return start.contains('/')
                && (bare(&self.url).starts_with(start) || bare(href).starts_with(start));
        }
        text == bare(&self.url) || text == bare(href)
    }
}

fn bare(address: &str) -> String {
    let mut lower = address.trim().to_lowercase();
    for scheme in ["https://", "http://", "mailto:", "tel:", "www."] {
        if let Some(rest) = lower.strip_prefix(scheme) {
            lower = rest.to_owned();
        }
    }
    lower.trim_end_matches('/').to_owned()
}

/// Nothing in an address may read as the end of it, or as Markdown.
fn harmless(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for c in super::visible(url).chars() {
        match c {
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '[' => out.push_str("%5B"),
            ']' => out.push_str("%5D"),
            c if c.is_whitespace() => out.push_str("%20"),
            c => out.push(c),
        }
    }
    out
}

fn strip_tracking(url: &mut Url) {
    let Some(query) = url.query() else { return };
    if !query.split('&').any(tracks) {
        return;
    }
    let kept: Vec<&str> = query.split('&').filter(|pair| !tracks(pair)).collect();
    let kept = kept.join("&");
    url.set_query(Some(kept.as_str()).filter(|q| !q.is_empty()));
}

fn tracks(pair: &str) -> bool {
    const STARTS: [&str; 9] = [
        "utm_", "mc_", "_hs", "pk_", "mtm_", "vero_", "oly_", "hsa_", "__hs",
    ];
    const NAMES: [&str; 20] = [
        "fbclid",
        "gclid",
        "gclsrc",
        "dclid",
        "gbraid",
        "wbraid",
        "msclkid",
        "mkt_tok",
        "igshid",
        "igsh",
        "yclid",
        "twclid",
        "ttclid",
        "li_fat_id",
        "_ga",
        "_gl",
        "_ke",
        "_kx",
        "hsctatracking",
        "ck_subscriber_id",
    ];
    let name = pair.split_once('=').map_or(pair, |(name, _)| name);
    let name = name.to_ascii_lowercase();
    STARTS.iter().any(|start| name.starts_with(start)) || NAMES.contains(&name.as_str())
}

/// The address inside one that a mail filter put around it.
fn wrapped(url: &Url) -> Option<Url> {
    let host = url.host_str()?;
    let key = match host {
        "www.google.com" if url.path() == "/url" => "q",
        _ if host.ends_with(".safelinks.protection.outlook.com") => "url",
        _ => return None,
    };
    let (_, inner) = url.query_pairs().find(|(name, _)| name == key)?;
    let inner = Url::parse(&inner).ok()?;
    matches!(inner.scheme(), "http" | "https").then_some(inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(href: &str) -> Option<String> {
        Target::read(href).map(|target| target.shown())
    }

    #[test]
    fn only_addresses_lead_anywhere() {
        for href in [
            "javascript:alert(1)",
            "data:text/html,x",
            "#top",
            "/path",
            "",
            "cid:1",
            "java\nscript:x",
            "vbscript:x",
        ] {
            assert_eq!(url(href), None, "{href}");
        }
        assert_eq!(url("//a.example/b").unwrap(), "<https://a.example/b>");
        assert_eq!(
            url("mailto:a@b.example?subject=x").unwrap(),
            "<mailto:a@b.example>"
        );
        assert_eq!(url("tel:+49 30 1").unwrap(), "<tel:+49%2030%201>");
    }

    #[test]
    fn the_real_host_is_shown() {
        assert_eq!(
            url("https://bank.example@evil.example/x").unwrap(),
            "<https://evil.example/x>"
        );
        assert_eq!(
            url("https://b\u{430}nk.example/").unwrap(),
            "<https://xn--bnk-6cd.example/>"
        );
        assert_eq!(
            url("https://a.example/?utm_source=x&id=7&fbclid=1").unwrap(),
            "<https://a.example/?id=7>"
        );
        assert_eq!(
            url("https://a.example/?utm_source=x").unwrap(),
            "<https://a.example/>"
        );
        let safe = "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Freal.example%2Fa%3Fb%3D1&data=05";
        assert_eq!(url(safe).unwrap(), "<https://real.example/a?b=1>");
        let long = format!("https://click.example/{}", "x".repeat(300));
        assert_eq!(url(&long).unwrap(), "(link to click.example)");
        assert_eq!(
            url("https://a.example/](http://evil)>").unwrap(),
            "<https://a.example/%5D(http://evil)%3E>"
        );
    }
}
