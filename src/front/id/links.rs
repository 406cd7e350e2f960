//! Ids out of links, none of which is ever fetched.

use super::{ConversationId, has_form};

/// An id out of a link that Front gives (`https://acme.api.frontapp.com/tags/tag_1/children`):
/// the last segment of the wanted kind. The link itself is never fetched.
pub fn in_link<'link>(link: &'link str, prefix: &str) -> Option<&'link str> {
    let path = link.split(['?', '#']).next()?;
    path.split('/')
        .rev()
        .find(|segment| has_form(segment, prefix))
}

/// The conversation or message a person pasted out of the app: `app.frontapp.com/open/cnv_1`,
/// or a numeric one (`.../inboxes/teams/views/1/open/123`), whose number is a conversation's id in
/// base 36.
pub fn in_app_link(link: &str, prefix: &str) -> Option<String> {
    let rest = link
        .strip_prefix("https://")
        .or_else(|| link.strip_prefix("http://"))
        .unwrap_or(link);
    let (host, path) = rest.split_once('/')?;
    if host != "app.frontapp.com" {
        return None;
    }
    if let Some(id) = in_link(path, prefix) {
        return Some(id.to_owned());
    }
    if prefix != ConversationId::PREFIX {
        return None;
    }
    let mut segments = path.split(['/', '?', '#', '&']);
    segments.find(|segment| *segment == "open")?;
    let number: u128 = segments.next()?.parse().ok()?;
    Some(format!("{prefix}_{}", base36(number)))
}

/// The id in an address of Front's API (`https://api2.frontapp.com/conversations/cnv_1`,
/// `https://acme.api.frontapp.com/messages/msg_1`): the last of its kind. A path that is not
/// plain names nothing.
pub fn in_api_link(link: &str, prefix: &str) -> Option<String> {
    let path = api_path(link)?;
    let plain = |segment: &str| {
        segment
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    };
    let path = path.split(['?', '#']).next()?;
    let is_plain = path.split('/').all(plain);
    is_plain.then(|| in_link(path, prefix).map(str::to_owned))?
}

/// What stands behind the host in an address of Front's API, and of no other.
pub fn api_path(link: &str) -> Option<&str> {
    let rest = link.strip_prefix("https://")?;
    let (host, path) = rest.split_once('/')?;
    let company = host.strip_suffix(".api.frontapp.com");
    let is_label = |label: &str| {
        !label.is_empty()
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    (host == "api2.frontapp.com" || company.is_some_and(is_label)).then_some(path)
}

pub(super) fn base36(mut number: u128) -> String {
    let mut digits = Vec::new();
    loop {
        let digit = u32::try_from(number % 36).unwrap_or_default();
        digits.extend(char::from_digit(digit, 36));
        number /= 36;
        if number == 0 {
            return digits.into_iter().rev().collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_the_api_name_what_they_hold_and_no_other_host_does() {
        for (link, id) in [
            (
                "https://api2.frontapp.com/conversations/cnv_1",
                Some("cnv_1"),
            ),
            (
                "https://acme.api.frontapp.com/conversations/cnv_1/messages?limit=5",
                Some("cnv_1"),
            ),
            ("https://api2.frontapp.com/conversations/../cnv_1", None),
            (
                "https://api2.frontapp.com/conversations/cnv_1%2fmessages",
                None,
            ),
            (
                "https://api2.frontapp.com.evil.test/conversations/cnv_1",
                None,
            ),
            ("https://evil.test/api2.frontapp.com/cnv_1", None),
            ("https://api2.frontapp.com@evil.test/cnv_1", None),
            ("https://a.b.api.frontapp.com/cnv_1", None),
            ("https://api2.frontapp.com:81/cnv_1", None),
            ("http://api2.frontapp.com/cnv_1", None),
        ] {
            assert_eq!(in_api_link(link, "cnv").as_deref(), id, "{link}");
        }
    }

    #[test]
    fn links_of_the_app_name_conversations() {
        for (link, id) in [
            (
                "https://app.frontapp.com/open/cnv_yo1kg5q",
                Some("cnv_yo1kg5q"),
            ),
            ("app.frontapp.com/open/cnv_1?x=1#y", Some("cnv_1")),
            (
                "https://app.frontapp.com/inboxes/teams/views/1/open/36",
                Some("cnv_10"),
            ),
            ("https://evil.test/open/cnv_1", None),
            ("https://app.frontapp.com.evil.test/open/cnv_1", None),
            ("https://app.frontapp.com/open/../../x", None),
        ] {
            assert_eq!(in_app_link(link, "cnv").as_deref(), id, "{link}");
        }
    }
}
