//! Character references.

use std::borrow::Cow;

/// The names that browsers also read without a semicolon, in the order of
/// their characters from U+00A0 on.
const LATIN: [&str; 96] = [
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect", "uml", "copy", "ordf",
    "laquo", "not", "shy", "reg", "macr", "deg", "plusmn", "sup2", "sup3", "acute", "micro",
    "para", "middot", "cedil", "sup1", "ordm", "raquo", "frac14", "frac12", "frac34", "iquest",
    "Agrave", "Aacute", "Acirc", "Atilde", "Auml", "Aring", "AElig", "Ccedil", "Egrave", "Eacute",
    "Ecirc", "Euml", "Igrave", "Iacute", "Icirc", "Iuml", "ETH", "Ntilde", "Ograve", "Oacute",
    "Ocirc", "Otilde", "Ouml", "times", "Oslash", "Ugrave", "Uacute", "Ucirc", "Uuml", "Yacute",
    "THORN", "szlig", "agrave", "aacute", "acirc", "atilde", "auml", "aring", "aelig", "ccedil",
    "egrave", "eacute", "ecirc", "euml", "igrave", "iacute", "icirc", "iuml", "eth", "ntilde",
    "ograve", "oacute", "ocirc", "otilde", "ouml", "divide", "oslash", "ugrave", "uacute", "ucirc",
    "uuml", "yacute", "thorn", "yuml",
];

/// What the numbers 128 to 159 mean: the Windows code page, as in browsers.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

/// The longest name there is has 31 letters.
const LONGEST: usize = 32;
/// Rare names are looked up in a table that is not indexed; nobody writes
/// more of them than this without meaning to keep the server busy.
const RARE: usize = 2_000;

/// Decodes character references, remembering how often the slow way was taken.
#[derive(Default)]
pub(in crate::shape) struct Decoder {
    rare: usize,
}

impl Decoder {
    /// The text of an element.
    pub(in crate::shape) fn text<'a>(&mut self, raw: &'a str) -> Cow<'a, str> {
        self.decode(raw, false)
    }

    /// The value of an attribute, where a name without a semicolon is left
    /// alone if it goes on like a query parameter.
    pub(in crate::shape) fn attr<'a>(&mut self, raw: &'a str) -> Cow<'a, str> {
        self.decode(raw, true)
    }

    fn decode<'a>(&mut self, raw: &'a str, attr: bool) -> Cow<'a, str> {
        if !raw.contains('&') {
            return Cow::Borrowed(raw);
        }
        let mut out = String::with_capacity(raw.len());
        let mut rest = raw;
        while let Some((before, after)) = rest.split_once('&') {
            out.push_str(before);
            rest = match self.reference(after, attr, &mut out) {
                Some(left) => left,
                None => {
                    out.push('&');
                    after
                }
            };
        }
        out.push_str(rest);
        Cow::Owned(out)
    }

    /// Writes the reference at the start of `text` and gives what follows it.
    fn reference<'a>(&mut self, text: &'a str, attr: bool, out: &mut String) -> Option<&'a str> {
        if let Some(number) = text.strip_prefix('#') {
            let (c, left) = numeric(number)?;
            out.push(c);
            return Some(left);
        }
        let len = text
            .bytes()
            .take(LONGEST)
            .take_while(u8::is_ascii_alphanumeric)
            .count();
        let (name, left) = text.split_at_checked(len)?;
        if let Some(left) = left.strip_prefix(';') {
            if let Some(c) = common(name).or_else(|| latin(name)) {
                out.push(c);
                return Some(left);
            }
            if let Some(found) = self.look_up(name) {
                out.push_str(&found);
                return Some(left);
            }
        }
        // The longest known name that the letters begin with.
        for end in (2..=len.min(6)).rev() {
            let (name, left) = text.split_at_checked(end)?;
            let Some(c) = bare(name) else { continue };
            if attr && left.starts_with(|c: char| c == '=' || c.is_ascii_alphanumeric()) {
                return None;
            }
            out.push(c);
            return Some(left);
        }
        None
    }

    /// The CommonMark parser carries the whole table of HTML names.
    fn look_up(&mut self, name: &str) -> Option<String> {
        use pulldown_cmark::{Event, Parser};
        if self.rare >= RARE || name.is_empty() {
            return None;
        }
        self.rare += 1;
        let reference = format!("&{name};");
        let text: String = Parser::new(&reference)
            .filter_map(|event| match event {
                Event::Text(text) => Some(text.into_string()),
                _ => None,
            })
            .collect();
        (text != reference).then_some(text)
    }
}

fn numeric(text: &str) -> Option<(char, &str)> {
    let (radix, digits) = match text.strip_prefix(['x', 'X']) {
        Some(hex) => (16, hex),
        None => (10, text),
    };
    let len = digits
        .bytes()
        .take_while(|b| char::from(*b).is_digit(radix))
        .count();
    let (digits, left) = digits.split_at_checked(len)?;
    if digits.is_empty() {
        return None;
    }
    let code = u32::from_str_radix(digits, radix).unwrap_or(u32::MAX);
    let c = match code {
        0x80..=0x9F => WINDOWS.get(code as usize - 0x80).copied(),
        0 => None,
        _ => char::from_u32(code),
    };
    let left = left.strip_prefix(';').unwrap_or(left);
    Some((c.unwrap_or(char::REPLACEMENT_CHARACTER), left))
}

fn common(name: &str) -> Option<char> {
    Some(match name {
        "amp" | "AMP" => '&',
        "lt" | "LT" => '<',
        "gt" | "GT" => '>',
        "quot" | "QUOT" => '"',
        "apos" => '\'',
        "nbsp" => '\u{A0}',
        "zwnj" => '\u{200C}',
        "zwj" => '\u{200D}',
        "hellip" => '…',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "bull" => '•',
        "trade" => '™',
        "euro" => '€',
        _ => return None,
    })
}

fn latin(name: &str) -> Option<char> {
    let index = LATIN.iter().position(|known| *known == name)?;
    char::from_u32(0xA0 + u32::try_from(index).ok()?)
}

fn bare(name: &str) -> Option<char> {
    match name {
        "amp" | "AMP" | "lt" | "LT" | "gt" | "GT" | "quot" | "QUOT" => common(name),
        "COPY" => Some('©'),
        "REG" => Some('®'),
        _ => latin(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_as_browsers_read_them() {
        let mut decoder = Decoder::default();
        for (raw, text) in [
            ("a&amp;b &lt;&gt; &euro;&#128;&#x80;", "a&b <> €€€"),
            ("&eacute;t&eacute &copy2 &notit;", "été ©2 ¬it;"),
            (
                "&NotEqualTilde; &nope; & &; &#; &#x;",
                "≂̸ &nope; & &; &#; &#x;",
            ),
            ("&#0;&#xD800;&#99999999999;", "\u{FFFD}\u{FFFD}\u{FFFD}"),
            ("&amp;lt;", "&lt;"),
        ] {
            assert_eq!(decoder.text(raw), text);
        }
        assert_eq!(decoder.attr("?a=1&copy=2&amp;b&reg;"), "?a=1&copy=2&b®");
    }
}
