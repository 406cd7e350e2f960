//! Under which names a server is spoken to, and the headers of all it answers.

use http::{
    HeaderMap, HeaderValue, Response, StatusCode, Uri,
    header::{self, HeaderName},
};
use http_body_util::Full;
use hyper::body::Bytes;
use maud::Markup;

use super::frame;

/// Whether a request names one of these hosts and no other: a foreign name may have been pointed at
/// this machine.
pub fn is_for(hosts: &[String], uri: &Uri, headers: &HeaderMap) -> bool {
    let is_ours = |text: &str| hosts.iter().any(|host| host == text);
    only(headers, &header::HOST).is_some_and(is_ours)
        && uri.authority().is_none_or(|named| is_ours(named.as_str()))
}

/// A header that stands there once, as text.
pub fn only<'headers>(headers: &'headers HeaderMap, name: &HeaderName) -> Option<&'headers str> {
    let mut all = headers.get_all(name).iter();
    let first = all.next()?;
    all.next().is_none().then(|| first.to_str().ok()).flatten()
}

/// A page as an answer.
pub fn answer(status: StatusCode, page: Markup, more: HeaderMap) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from(page.into_string()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.extend(more);
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, html);
    protect(headers);
    response
}

/// The headers of every answer: nothing foreign is loaded, no script runs, nobody frames it,
/// nothing is kept, and no address is told to others.
fn protect(headers: &mut HeaderMap) {
    for (name, value) in [
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("x-robots-tag", "noindex, nofollow"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Ok(policy) = HeaderValue::try_from(frame::policy()) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
}
