//! What a file may be called on its way: a name that a person sees as it is, and that no header
//! can be broken with.

use super::Unattachable;
use crate::shape::visible::{one_line, visible};

/// The longest name in bytes.
const LONGEST_NAME: usize = 255;

/// The longest media type in bytes.
const LONGEST_TYPE: usize = 127;

/// Reads a file's name. White space of every kind becomes single blanks, so that what is shown is
/// what goes.
pub fn file_name(text: &str) -> Result<String, Unattachable> {
    let bad = |problem| Err(Unattachable::Bad(problem));
    if text.chars().any(char::is_control) || visible(text) != text {
        return bad("has a name with control or invisible characters");
    }
    let name = one_line(text, LONGEST_NAME + 1).into_owned();
    if name.is_empty() || name.chars().all(|c| c == '.') {
        return bad("has no name");
    }
    if name.len() > LONGEST_NAME {
        return bad("has a name of more than 255 bytes");
    }
    if name.contains(['/', '\\', '"']) {
        return bad("has a name with a slash or a quotation mark");
    }
    Ok(name)
}

/// Reads a media type without parameters, or takes the usual one of the name's ending.
pub fn content_type(given: Option<&str>, name: &str) -> Result<String, Unattachable> {
    let Some(given) = given.map(str::trim).filter(|given| !given.is_empty()) else {
        return Ok(mime_guess::from_path(name)
            .first_or_octet_stream()
            .essence_str()
            .to_owned());
    };
    let is_token = |part: &str| {
        let mut bytes = part.bytes();
        bytes
            .next()
            .is_some_and(|byte| byte.is_ascii_alphanumeric())
            && bytes.all(|byte| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte))
    };
    let parts = given.split_once('/');
    if given.len() <= LONGEST_TYPE
        && parts.is_some_and(|(kind, sub)| is_token(kind) && is_token(sub))
    {
        return Ok(given.to_ascii_lowercase());
    }
    Err(Unattachable::Bad(
        "has a `content_type` that is none: `application/pdf` is one, without parameters",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_seen_as_it_is() {
        for good in [
            "a",
            "Invoice 12.pdf",
            "söl.png",
            "报告.pdf",
            "it's 100% done;x=1.txt",
            ".x",
        ] {
            assert_eq!(file_name(good).as_deref(), Ok(good));
        }
        for (spaced, plain) in [
            ("Screenshot 1.02\u{202f}PM.png", "Screenshot 1.02 PM.png"),
            (" invoice.pdf           .exe ", "invoice.pdf .exe"),
        ] {
            assert_eq!(file_name(spaced).as_deref(), Ok(plain));
        }
        for bad in [
            "",
            " ",
            ".",
            "..",
            "a/b",
            "a\\b",
            "/",
            "a\r\nX: y",
            "a\nb",
            "a\0b",
            "a\tb",
            "a\u{7f}",
            "gpj.\u{202e}exe",
            "a\u{200b}b",
            "a\u{85}b",
            "a\u{2028}b",
            "a\"; filename=\"b",
        ] {
            assert!(file_name(bad).is_err(), "{bad:?}");
        }
        assert!(file_name(&"a".repeat(255)).is_ok());
        assert!(file_name(&"a".repeat(256)).is_err());
        assert!(file_name(&"ä".repeat(128)).is_err());
    }

    #[test]
    fn a_type_is_given_or_follows_from_the_ending() {
        for (given, name, kind) in [
            (None, "a.pdf", "application/pdf"),
            (None, "a.PNG", "image/png"),
            (None, "a.csv", "text/csv"),
            (None, "a", "application/octet-stream"),
            (Some(" "), "a.pdf", "application/pdf"),
            (Some("Image/SVG+xml"), "a", "image/svg+xml"),
        ] {
            assert_eq!(content_type(given, name).as_deref(), Ok(kind));
        }
        for bad in [
            "pdf",
            "a/",
            "/b",
            "a/b; charset=x",
            "a/b\r\nX: y",
            "a/b/c",
            "a/ö",
            "*/*",
            &format!("a/{}", "b".repeat(200)),
        ] {
            assert!(content_type(Some(bad), "a").is_err(), "{bad:?}");
        }
    }
}
