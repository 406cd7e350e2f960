//! Mail domains, compared label by label in the form that mail servers use.
//!
//! `evilacme.com` and `acme.com.evil.test` end or begin like `acme.com` and are not it, so no
//! part of a text is ever compared: both sides become whole lower-case ASCII names first.

use std::fmt;

/// A domain, or all beneath one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum DomainRule {
    /// `acme.com` and nothing else.
    Exactly(String),
    /// `*.acme.com`: whatever lies beneath `acme.com`, and not `acme.com` itself.
    Beneath(String),
}

impl DomainRule {
    /// Reads an entry of a list.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let (beneath, name) = match text.strip_prefix("*.") {
            Some(name) => (true, name),
            None => (false, text),
        };
        let name = canonical(name).ok_or_else(|| {
            format!(
                "`{text}` is no domain: write `acme.com` for one, `*.acme.com` for all beneath it"
            )
        })?;
        Ok(if beneath {
            Self::Beneath(name)
        } else {
            Self::Exactly(name)
        })
    }

    /// Whether a domain in canonical form is meant.
    pub(super) fn covers(&self, domain: &str) -> bool {
        match self {
            Self::Exactly(name) => domain == name,
            Self::Beneath(name) => domain
                .strip_suffix(name.as_str())
                .is_some_and(|rest| rest.len() > 1 && rest.ends_with('.')),
        }
    }
}

impl fmt::Display for DomainRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exactly(name) => f.write_str(name),
            Self::Beneath(name) => write!(f, "*.{name}"),
        }
    }
}

/// Where a message to this recipient goes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Destination {
    /// A mail domain, in canonical form.
    Domain(String),
    /// No e-mail address: a phone number, a chat.
    Elsewhere,
    /// It looks like an address, and where it leads cannot be told.
    Unclear,
}

/// Where a message to this recipient goes.
pub(super) fn destination(recipient: &str) -> Destination {
    let recipient = recipient.trim();
    // Other forms of the sign become it in some mail software.
    if !recipient.contains(['@', '＠', '﹫']) {
        return Destination::Elsewhere;
    }
    // `%` and `!` are old ways to write a route: a relay may send `x%evil.test@ok.test` on.
    let odd = |c: char| c.is_whitespace() || c.is_control() || "<>()[],;:\\\"%!".contains(c);
    match recipient.split_once('@') {
        Some((local, domain)) if !local.is_empty() && !local.contains(odd) => {
            canonical(domain).map_or(Destination::Unclear, Destination::Domain)
        }
        _ => Destination::Unclear,
    }
}

/// Lower-case ASCII labels without the root's dot; nothing for what is no host name.
fn canonical(domain: &str) -> Option<String> {
    let domain = domain.strip_suffix('.').unwrap_or(domain);
    idna::domain_to_ascii_strict(domain).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covers(rule: &str, recipient: &str) -> bool {
        match destination(recipient) {
            Destination::Domain(domain) => DomainRule::parse(rule).unwrap().covers(&domain),
            _ => false,
        }
    }

    #[test]
    fn labels_are_compared_whole() {
        for recipient in [
            "jo@acme.com",
            "JO@ACME.COM",
            "jo@acme.com.",
            "jo@ａcme。com",
        ] {
            assert!(covers("acme.com", recipient), "{recipient}");
            assert!(covers("ACME.com.", recipient), "{recipient}");
            assert!(!covers("*.acme.com", recipient), "{recipient}");
        }
        for recipient in [
            "jo@acme.com.evil.test",
            "jo@evilacme.com",
            "jo@sub.acme.com",
            "jo@acme.comm",
            "jo@acme.co",
            "jo@acme-com",
            "jo@\u{430}cme.com",
            "jo@acme.com..",
            "jo@.acme.com",
            "acme.com@evil.test",
            "jo@evil.test@acme.com",
            "\"jo@evil.test\"@acme.com",
            "jo@evil.test,jo@acme.com",
            "<jo@acme.com>",
            "jo%evil.test@acme.com",
            "evil.test!jo@acme.com",
            "jo@[192.0.2.1]",
            "jo@acme.com\0.evil.test",
            "jo@",
            "@acme.com",
        ] {
            assert!(!covers("acme.com", recipient), "{recipient}");
        }
        assert!(covers("*.acme.com", "jo@sub.acme.com"));
        assert!(covers("*.acme.com", "jo@a.b.acme.com"));
        assert!(!covers("*.acme.com", "jo@evilacme.com"));
        assert!(!covers("*.acme.com", "jo@sub.acme.com.evil.test"));
    }

    #[test]
    fn names_in_other_scripts_have_one_form() {
        assert!(covers("bücher.example", "jo@xn--bcher-kva.example"));
        assert!(covers("xn--bcher-kva.example", "jo@BÜCHER.example"));
        assert!(!covers("bucher.example", "jo@bücher.example"));
    }

    #[test]
    fn what_is_no_domain_is_no_entry() {
        for text in [
            "",
            "*",
            "*.",
            "@acme.com",
            "jo@acme.com",
            "acme com",
            "*.*.com",
            ".com",
        ] {
            assert!(DomainRule::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn numbers_go_elsewhere_and_odd_addresses_nowhere_certain() {
        assert_eq!(destination("+44 20 7946 0000"), Destination::Elsewhere);
        assert_eq!(destination("jo＠evil.test"), Destination::Unclear);
        assert_eq!(destination("a@b@c.example"), Destination::Unclear);
    }
}
