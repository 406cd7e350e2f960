//! Text that no renderer fetches, follows or runs: what was typed to look like Markdown that fetches, disguises or
//! breaks out of its frame, or like a tag, is made plain text, however its pieces were put together.

use std::borrow::Cow;

/// Escapes image and link forms, definitions, tags and fences with a backslash each. Addresses in angle brackets
/// stay. What is escaped already stays as it is, so that a text may be made inert twice.
/// Borrows when there is nothing to change.
pub fn inert(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut from = 0;
    for at in candidates(text) {
        if is_live(text, at) && !is_escaped(text, at) {
            out.push_str(text.get(from..at).unwrap_or_default());
            out.push('\\');
            from = at;
        }
    }
    if out.is_empty() {
        return Cow::Borrowed(text);
    }
    out.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(out)
}

/// The same for a text that is JSON, by JSON's own escapes before what they stand for is gone: it means what it
/// meant, and is still JSON.
pub fn inert_json(json: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut from = 0;
    for at in candidates(json).filter(|at| is_live(json, *at)) {
        let code = match json.as_bytes().get(at) {
            Some(b'[') => "\\u005b",
            Some(b'(') => "\\u0028",
            Some(b'<') => "\\u003c",
            // Outside of strings no colon follows a bracket.
            Some(b':') => "\\u003a",
            // A fence needs a line of its own, and in JSON line breaks are escaped.
            _ => continue,
        };
        out.push_str(json.get(from..at).unwrap_or_default());
        out.push_str(code);
        from = at + 1;
    }
    if from == 0 {
        return Cow::Borrowed(json);
    }
    out.push_str(json.get(from..).unwrap_or_default());
    Cow::Owned(out)
}

/// Where a sign stands that may mean something.
fn candidates(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.bytes()
        .enumerate()
        .filter(|(_, byte)| matches!(byte, b'[' | b'(' | b':' | b'<' | b'`' | b'~'))
        .map(|(at, _)| at)
}

/// Whether the sign at this place begins or completes a form that means something.
fn is_live(text: &str, index: usize) -> bool {
    let bytes = text.as_bytes();
    let at = |index: usize| bytes.get(index).copied().unwrap_or(0);
    let before = match index {
        0 => 0,
        _ => at(index - 1),
    };
    match at(index) {
        b'[' => before == b'!',
        b'(' | b':' => before == b']',
        b'<' => begins_tag(text.get(index + 1..).unwrap_or_default()),
        sign => at(index + 1) == sign && at(index + 2) == sign && before != sign,
    }
}

/// Whether the signs before a place end in a backslash that is not escaped itself.
fn is_escaped(text: &str, index: usize) -> bool {
    let before = text.as_bytes().get(..index).unwrap_or_default();
    let backslashes = before.iter().rev().take_while(|byte| **byte == b'\\');
    backslashes.count() % 2 == 1
}

/// Whether what follows a `<` would make it a tag, and not an address.
fn begins_tag(rest: &str) -> bool {
    let tag_like =
        rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
    tag_like && !is_address(rest)
}

fn is_address(rest: &str) -> bool {
    // No address is longer, and looking further for each `<` would be slow where there are many.
    let window = rest.get(..rest.floor_char_boundary(8_192)).unwrap_or(rest);
    let Some(end) = window.find(|c: char| c == '>' || c == '<' || c.is_whitespace()) else {
        return false;
    };
    let (inside, after) = window.split_at_checked(end).unwrap_or_default();
    if !after.starts_with('>') {
        return false;
    }
    let lower = inside.get(..8).unwrap_or(inside).to_ascii_lowercase();
    let has_scheme = ["http://", "https://", "mailto:", "tel:"]
        .iter()
        .any(|scheme| lower.starts_with(scheme));
    // A colon would make any word before it a scheme, such as `javascript`. What is escaped in it would
    // make it a tag after all.
    let plain = !inside.contains(['"', '\'', '`', '=', '(', '[', '\\', ':'])
        && !inside.contains("~~~")
        && !inside.starts_with(['/', '!', '?']);
    has_scheme || (plain && inside.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_escaped_by_hand_is_not_unescaped() {
        for (typed, inert_text) in [
            ("\\<img src=x>", "\\<img src=x>"),
            ("\\\\<img src=x>", "\\\\\\<img src=x>"),
            ("![x](y)", "!\\[x]\\(y)"),
            ("[x]: y", "[x]\\: y"),
            ("<javascript:a@b>", "\\<javascript:a@b>"),
            ("<![a@b>", "\\<!\\[a@b>"),
            ("<a@b~~~c>", "\\<a@b\\~~~c>"),
            (
                "<a@b.example> <https://c.example>",
                "<a@b.example> <https://c.example>",
            ),
        ] {
            assert_eq!(inert(typed), inert_text);
            assert_eq!(inert(inert_text), inert_text);
        }
    }

    #[test]
    fn json_stays_json_and_means_the_same() {
        let value = serde_json::json!({ "a](b": ["![x](y)", "<img src=x>", "\\<b>", "```", "<a@b.example>"], "c": [] });
        let json = value.to_string();
        let text = inert_json(&json);
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&text).unwrap(),
            value
        );
        for form in ["![", "](", "<img", "<b"] {
            assert!(!text.contains(form), "{text}");
        }
        assert!(matches!(inert_json("{\"a\":[1]}"), Cow::Borrowed(_)));
    }
}
