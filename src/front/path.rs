//! The path grammar: what an agent may name of Front's API.
//!
//! A path is `/` and segments of `A-Za-z0-9._~:@+-`. Anything else is refused and never
//! repaired, because every repair (decoding, normalising, trimming) is a second reading of the
//! same bytes, and two readings are how a harmless-looking path becomes the send path. The
//! bytes parsed here never reach a URL parser: the address on the wire is rebuilt from the
//! operation's template and these segments.

use thiserror::Error;

use super::operation::{Operation, parameter_name};

const MAX_PATH: usize = 512;

/// A path that obeys the grammar; at most the last segment is empty (a trailing slash).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoutePath(String);

/// Why a path is refused. The texts never repeat the path itself.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum PathRefusal {
    /// It does not begin with `/`.
    #[error("must begin with `/` and hold no host, for example `/conversations/cnv_123`")]
    NotAbsolute,
    /// A segment is empty or all dots.
    #[error("has an empty, `.` or `..` segment, which is never allowed")]
    Segment,
    /// A character outside the grammar.
    #[error(
        "holds the character {0:?}; only letters, digits and `. _ ~ : @ + -` may stand between slashes. Parameters go in `query`, and percent-encoding is refused, not decoded"
    )]
    Character(char),
    /// Too long.
    #[error("is longer than {MAX_PATH} characters")]
    TooLong,
}

impl RoutePath {
    /// Reads a path, or says why not.
    pub fn parse(path: &str) -> Result<Self, PathRefusal> {
        if path.len() > MAX_PATH {
            return Err(PathRefusal::TooLong);
        }
        let rest = path.strip_prefix('/').ok_or(PathRefusal::NotAbsolute)?;
        let inner = rest.strip_suffix('/').unwrap_or(rest);
        for segment in inner.split('/') {
            check_segment(segment)?;
        }
        Ok(Self(path.to_owned()))
    }

    /// The segments; the last is empty where the path ends with a slash.
    pub fn segments(&self) -> impl Iterator<Item = &str> {
        self.0.split('/').skip(1)
    }
}

fn check_segment(segment: &str) -> Result<(), PathRefusal> {
    if let Some(bad) = segment.chars().find(|c| !is_plain(*c)) {
        return Err(PathRefusal::Character(bad));
    }
    if segment.chars().all(|c| c == '.') {
        return Err(PathRefusal::Segment);
    }
    Ok(())
}

fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '~' | ':' | '@' | '+' | '-')
}

/// One filled-in parameter of a path template, already safe to stand between slashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment(String);

impl Segment {
    /// A value of the grammar, as it is: an id, an alias, an e-mail address.
    pub fn plain(value: &str) -> Result<Self, PathRefusal> {
        check_segment(value)?;
        Ok(Self(value.to_owned()))
    }

    /// The value as it stands in the path.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// An id, whose form is narrower than the grammar.
    pub(super) fn of_id(id: &str) -> Self {
        Self(id.to_owned())
    }

    /// Any text (a search, an alias with odd characters), percent-encoded but for the
    /// unreserved characters of RFC 3986. A text of dots alone is refused: encoded dots are
    /// still dot segments to a URL parser.
    pub fn encoded(text: &str) -> Result<Self, PathRefusal> {
        if text.chars().all(|c| c == '.') {
            return Err(PathRefusal::Segment);
        }
        Ok(Self(
            percent_encoding::utf8_percent_encode(text, EVERYTHING_RESERVED).to_string(),
        ))
    }
}

const EVERYTHING_RESERVED: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// The path on the wire: the operation's template with its parameters filled in, in order.
/// `None` when the numbers differ.
pub fn fill(operation: &Operation, parameters: &[Segment]) -> Option<String> {
    let mut given = parameters.iter();
    let mut path = String::with_capacity(64);
    for segment in operation.segments() {
        path.push('/');
        match parameter_name(segment) {
            Some(_) => path.push_str(&given.next()?.0),
            None => path.push_str(segment),
        }
    }
    given.next().is_none().then_some(path)
}

/// The parameters of a path that matched an operation's template.
pub fn parameters(operation: &Operation, path: &RoutePath) -> Vec<Segment> {
    operation
        .segments()
        .zip(path.segments())
        .filter(|(template, _)| parameter_name(template).is_some())
        .map(|(_, given)| Segment(given.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::front::operation::Method;

    #[test]
    fn anything_outside_the_grammar_is_refused() {
        for path in [
            "",
            "conversations",
            "//conversations/cnv_1/messages",
            "/conversations//messages",
            "/conversations/cnv_1/messages//",
            "/conversations/cnv_1/./messages",
            "/tags/../messages",
            "/tags/%2e%2e/messages",
            "/conversations/cnv_1%2Fmessages",
            "/messages;v=1",
            "/conversations/cnv_1\\messages",
            "/conversations/cnv_1/mess\tages",
            "/messages\r\nX: y",
            "/messages\0",
            "/tags?/../messages",
            "/tags#/../messages",
            "https://evil.test/",
            "@evil.test/x",
            ".evil.test/x",
            "/conversations/cnv_1/ｍessages",
            "/conversations/cnv_1／messages",
            "/conversations/cnv_1/m\u{435}ssages",
            "/conversations/cnv_1 /messages",
            "/",
        ] {
            assert!(RoutePath::parse(path).is_err(), "{path:?}");
        }
    }

    #[test]
    fn a_path_is_rebuilt_from_its_template() {
        let path = RoutePath::parse("/contacts/alt:email:jo@acme.example/notes").unwrap();
        let operation = Operation::find(Method::Get, &path).unwrap();
        let filled = fill(operation, &parameters(operation, &path)).unwrap();
        assert_eq!(filled, "/contacts/alt:email:jo@acme.example/notes");
    }

    #[test]
    fn searches_are_encoded_whole() {
        assert_eq!(
            Segment::encoded("a/b?c#d ../e").unwrap().0,
            "a%2Fb%3Fc%23d%20..%2Fe"
        );
        assert!(Segment::encoded("..").is_err());
        assert!(Segment::encoded("").is_err());
    }
}
