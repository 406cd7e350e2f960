//! What the head of a message must be: said once where two readers could choose differently, and of a
//! kind that is read here.

use http::{HeaderMap, HeaderName, StatusCode, header};

use super::answer::Refused;

/// JSON-RPC's code for what is no message.
pub const INVALID_REQUEST: i32 = -32_600;

/// The protocol's code for headers that contradict each other or the body.
const HEADER_MISMATCH: i32 = -32_020;

/// What a message may say once.
const ONCE: [HeaderName; 4] = [
    header::CONTENT_LENGTH,
    header::CONTENT_TYPE,
    header::CONTENT_ENCODING,
    header::TRANSFER_ENCODING,
];

/// The same of the protocol's own. rmcp looks at the first of some.
const ONCE_OF_PROTOCOL: [HeaderName; 3] = [
    HeaderName::from_static("mcp-protocol-version"),
    HeaderName::from_static("mcp-method"),
    HeaderName::from_static("mcp-name"),
];

/// Judges a head before its body is read.
pub fn judge(headers: &HeaderMap) -> Result<(), Refused> {
    let is_twice = |name: &&HeaderName| headers.get_all(*name).iter().nth(1).is_some();
    let once = |names: &[HeaderName], code| match names.iter().find(is_twice) {
        Some(name) => Err(Refused::malformed(
            code,
            format!("a request has one `{name}` header; nothing was done"),
        )
        .with(header::CONNECTION, "close")),
        None => Ok(()),
    };
    once(&ONCE, INVALID_REQUEST)?;
    once(&ONCE_OF_PROTOCOL, HEADER_MISMATCH)?;
    // hyper takes what is chunked last, whatever else was done to it.
    if text(headers, &header::TRANSFER_ENCODING)
        .is_some_and(|coding| !coding.eq_ignore_ascii_case("chunked"))
    {
        let what = "`chunked` is the one transfer coding that is read here; nothing was done";
        return Err(
            Refused::new(StatusCode::NOT_IMPLEMENTED, what).with(header::CONNECTION, "close")
        );
    }
    if text(headers, &header::CONTENT_ENCODING)
        .is_some_and(|coding| !coding.eq_ignore_ascii_case("identity"))
    {
        return Err(unread("a message comes without a content coding"));
    }
    let kind = text(headers, &header::CONTENT_TYPE).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        return Err(unread("a message has the content type `application/json`"));
    }
    Ok(())
}

/// A header's value; nonsense where it is no text.
fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let value = headers.get(name)?;
    Some(value.to_str().map_or("?", str::trim))
}

fn unread(what: &str) -> Refused {
    let refused = Refused::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        format!("{what}; nothing was done"),
    );
    // What could be read instead (RFC 9110, 15.5.16).
    refused
        .with(header::ACCEPT, "application/json")
        .with(header::ACCEPT_ENCODING, "identity")
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse as _;
    use http::HeaderValue;

    use super::*;

    fn of(pairs: &[(&'static str, &'static str)]) -> u16 {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_static(value));
        }
        match judge(&headers) {
            Ok(()) => 200,
            Err(refused) => refused.into_response().status().as_u16(),
        }
    }

    #[test]
    fn a_message_is_json_and_says_each_thing_once() {
        let json = ("content-type", "Application/JSON; charset=utf-8");
        for (more, expected) in [
            (("transfer-encoding", "Chunked"), 200),
            (("transfer-encoding", "gzip, chunked"), 501),
            (("transfer-encoding", "chunked, chunked"), 501),
            (("content-encoding", "gzip"), 415),
            (("content-encoding", "identity"), 200),
            (("content-type", "application/json"), 400),
        ] {
            assert_eq!(of(&[json, more]), expected, "{more:?}");
        }
        for kind in ["", "text/plain", "application/jsonx"] {
            assert_eq!(of(&[("content-type", kind)]), 415, "{kind}");
        }
        assert_eq!(of(&[]), 415);
        for name in ["content-length", "transfer-encoding", "mcp-name"] {
            assert_eq!(of(&[json, (name, "1"), (name, "1")]), 400, "{name}");
        }
    }
}
