//! The last pass over every body: what was typed to look like Markdown that fetches, disguises or breaks out of its
//! frame is made plain text, wherever it came from and however its pieces were put together.

/// Escapes image and link forms, tags and fences. Addresses in angle brackets stay.
pub(super) fn neutralise(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 64);
    let mut from = 0;
    let bytes = text.as_bytes();
    let at = |index: usize| bytes.get(index).copied().unwrap_or(0);
    let mut index = 0;
    while let Some(byte) = bytes.get(index) {
        let escape = match byte {
            b'[' | b'(' if index > 0 => {
                let before = at(index - 1);
                (*byte == b'[' && before == b'!') || (*byte == b'(' && before == b']')
            }
            b':' => index > 0 && at(index - 1) == b']',
            b'<' => begins_tag(text.get(index + 1..).unwrap_or_default()),
            b'`' | b'~' => {
                at(index + 1) == *byte
                    && at(index + 2) == *byte
                    && (index == 0 || at(index - 1) != *byte)
            }
            _ => false,
        };
        if escape {
            out.push_str(text.get(from..index).unwrap_or_default());
            out.push('\\');
            from = index;
        }
        index += 1;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
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
    let plain = !inside.contains(['"', '\'', '`', '=', '(', '\\']) && !inside.starts_with('/');
    has_scheme || (plain && inside.contains('@'))
}
