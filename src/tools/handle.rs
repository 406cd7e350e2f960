//! A way to reach somebody, as people write it: `jo@acme.example`, `+44 20 7946 0000`,
//! `twitter:@jo`.

use crate::shape::visible::visible;

/// A source and a handle, as Front keeps them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handle {
    /// `email`, `phone`, `twitter`, ...
    pub source: String,
    /// The address, number or account.
    pub handle: String,
}

/// No address that a message is sent to is longer, in characters.
pub const LONGEST_ADDRESS: usize = 320;

/// The sources that Front has.
pub const SOURCES: &[&str] = &[
    "email",
    "phone",
    "twitter",
    "facebook",
    "intercom",
    "front_chat",
    "custom",
];

impl Handle {
    /// Reads one; nothing when it is neither an address, a number, nor `source:handle`.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some((source, handle)) = text.split_once(':')
            && SOURCES.contains(&source.to_lowercase().as_str())
            && !handle.trim().is_empty()
        {
            return Some(Self {
                source: source.to_lowercase(),
                handle: handle.trim().to_owned(),
            });
        }
        if let Some(address) = email(text) {
            return Some(Self {
                source: "email".into(),
                handle: address.to_owned(),
            });
        }
        phone(text).map(|handle| Self {
            source: "phone".into(),
            handle,
        })
    }
}

/// Whether a message through a channel of this kind has a subject: one of mail does, those of
/// phones and chats do not, and what a company builds itself may.
pub fn has_subject(channel_kind: &str) -> bool {
    matches!(
        channel_kind,
        "smtp" | "imap" | "gmail" | "office365" | "front_mail" | "custom"
    )
}

/// Whom a message through a channel of this kind (`smtp`, `twilio`, `custom`, ...) goes to: an
/// address for mail, a number for phones, otherwise whatever the channel takes, as long as it is
/// seen whole and is one.
pub fn recipient(channel_kind: &str, text: &str) -> Option<String> {
    match channel_kind {
        "smtp" | "imap" | "gmail" | "office365" | "front_mail" => email(text).map(str::to_owned),
        "twilio" | "twilio_whatsapp" | "truly" | "talkdesk" => phone(text.trim()),
        _ => {
            let text = text.trim();
            let is_one = !text.is_empty()
                && text.chars().count() <= LONGEST_ADDRESS
                && visible(text) == text
                && !text.contains(|c: char| is_joiner(c) || c.is_control() || ",;<>".contains(c));
            is_one.then(|| text.to_owned())
        }
    }
}

/// Characters that [`visible`] leaves between letters, where two addresses that look the same
/// would differ by them.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe0e}' | '\u{fe0f}')
}

/// The address of `jo@acme.example` or `Jo <jo@acme.example>`, if it is one that mail can go
/// to and that nothing can be smuggled in with.
pub fn email(text: &str) -> Option<&str> {
    let text = text.trim();
    let address = match text.strip_suffix('>') {
        Some(rest) => rest.rsplit_once('<')?.1,
        None => text,
    };
    let (local, domain) = address.split_once('@')?;
    let is_odd = |c: char| {
        c.is_whitespace() || c.is_control() || is_joiner(c) || "<>()[],;:\\\"@".contains(c)
    };
    let good_local = !local.is_empty()
        && local.len() <= 64
        && !local.chars().any(is_odd)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..");
    let good_domain = domain.len() <= 253
        && domain.split('.').count() >= 2
        && domain.split('.').all(|label| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c == '-' || c.is_ascii_alphanumeric())
        });
    (good_local && good_domain && visible(local) == local).then_some(address)
}

/// Digits, perhaps behind `+`, without what people put between them; with at least 6.
pub fn phone(text: &str) -> Option<String> {
    let (plus, rest) = match text.strip_prefix('+') {
        Some(rest) => ("+", rest),
        None => ("", text),
    };
    let is_filler = |c: char| " -.()/".contains(c);
    if rest.chars().any(|c| !c.is_ascii_digit() && !is_filler(c)) {
        return None;
    }
    let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
    (6..=15)
        .contains(&digits.len())
        .then(|| format!("{plus}{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_write_handles_in_many_ways() {
        let read = |text: &str| Handle::read(text).map(|h| format!("{}:{}", h.source, h.handle));
        assert_eq!(
            read("jo@acme.example").as_deref(),
            Some("email:jo@acme.example")
        );
        assert_eq!(
            read("Jo Doe <jo@acme.example>").as_deref(),
            Some("email:jo@acme.example")
        );
        assert_eq!(
            read("+44 (20) 7946-0000").as_deref(),
            Some("phone:+442079460000")
        );
        assert_eq!(read("Twitter:@jo").as_deref(), Some("twitter:@jo"));
        for bad in [
            "",
            "jo",
            "a@b",
            "a@b..c",
            "a b@c.de",
            "a@b.c\r\nBcc: x@y.z",
            "12",
            "x:y",
            "a@@b.cd",
            "a@b.c>",
        ] {
            assert_eq!(read(bad), None, "{bad:?}");
        }
    }
}
