//! What a reader cannot see, a model must not read.
//!
//! Invisible characters carry instructions past the person who looks at the
//! mail, and split words so that searches miss them. They are removed, with
//! two exceptions that carry meaning: the joiners of emoji and of scripts that
//! are spelled with them, and the emoji presentation selector.

use std::borrow::Cow;

const ZWNJ: char = '\u{200C}';
const ZWJ: char = '\u{200D}';
const EMOJI_STYLE: char = '\u{FE0F}';
const KEYCAP: char = '\u{20E3}';

/// The text without the characters a reader cannot see, and with `\n` as its
/// only line ending.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    let plain = text
        .bytes()
        .position(|b| !(matches!(b, b' '..=b'~' | b'\n' | b'\t')));
    let Some(start) = plain else {
        return Cow::Borrowed(text);
    };
    // The last plain byte may be what decides about the first odd character.
    let (head, tail) = text.split_at_checked(start).unwrap_or(("", text));
    let mut before = head.chars().next_back();
    let mut rest = tail.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let next = rest.peek().map(|&(_, n)| n);
        if judge(before, c, next) != Some(c) {
            let (same, changed) = tail.split_at_checked(at).unwrap_or(("", tail));
            let mut out = String::with_capacity(text.len());
            out.push_str(head);
            out.push_str(same);
            rewrite(changed, before, &mut out);
            return Cow::Owned(out);
        }
        before = Some(c);
    }
    Cow::Borrowed(text)
}

fn rewrite(text: &str, mut before: Option<char>, out: &mut String) {
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied();
        if c == '\r' && next == Some('\n') {
            continue;
        }
        if let Some(kept) = judge(before, c, next) {
            out.push(kept);
            before = Some(kept);
        }
    }
}

/// The visible text on one line, every run of white space as one space, cut to
/// at most `max_chars` characters, the last of them `…` where it was cut.
#[must_use]
pub fn one_line(text: &str, max_chars: usize) -> String {
    let text = visible(text);
    let mut out = String::with_capacity(text.len().min(max_chars.saturating_mul(4)));
    let mut chars = 0_usize;
    // Where to cut so that the ellipsis still fits.
    let mut cut = 0;
    for word in text.split_whitespace() {
        let space = if chars == 0 { None } else { Some(' ') };
        for c in space.into_iter().chain(word.chars()) {
            if chars == max_chars {
                out.truncate(cut);
                let end = out.trim_end().len();
                out.truncate(end);
                if max_chars > 0 {
                    out.push('…');
                }
                return out;
            }
            out.push(c);
            chars += 1;
            if chars < max_chars {
                cut = out.len();
            }
        }
    }
    out
}

/// What stays of `c`: itself, a line break in its place, or nothing.
fn judge(before: Option<char>, c: char, next: Option<char>) -> Option<char> {
    match c {
        '\n' | '\t' | ' '..='~' => Some(c),
        // Everything that ends a line ends it the same way.
        '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' => None,
        ZWJ if emoji_joins(before, next) || spelled_with_joiners(before, next) => Some(c),
        ZWNJ if spelled_with_joiners(before, next) => Some(c),
        EMOJI_STYLE if takes_emoji_style(before, next) => Some(c),
        _ if invisible(c) => None,
        _ => Some(c),
    }
}

fn invisible(c: char) -> bool {
    let code = u32::from(c);
    code >= 0xAD
        && (matches!(c,
        '\u{AD}'
        | '\u{34F}'
        | '\u{61C}'
        | '\u{115F}' | '\u{1160}'
        | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{3164}'
        // Private use shows as whatever the reader's font happens to hold.
        | '\u{E000}'..='\u{F8FF}'
        | '\u{FDD0}'..='\u{FDEF}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}'
        | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFFB}'
        | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}'
        | '\u{F0000}'..='\u{10FFFF}')
            || code & 0xFFFE == 0xFFFE)
}

/// A family or a flag is several emoji held together by a joiner.
fn emoji_joins(before: Option<char>, next: Option<char>) -> bool {
    let joins = |c: char| c == EMOJI_STYLE || pictograph(c);
    before.is_some_and(joins) && next.is_some_and(pictograph)
}

/// Persian, and most scripts of India, spell words with the joiners: they are
/// part of the text when they stand between two of its letters.
fn spelled_with_joiners(before: Option<char>, next: Option<char>) -> bool {
    let script = |c: Option<char>| match c? {
        '\u{620}'..='\u{6D3}' | '\u{6D5}'..='\u{6EF}' | '\u{6FA}'..='\u{6FF}' => Some(0),
        '\u{710}'..='\u{77F}' | '\u{8A0}'..='\u{8FF}' => Some(0),
        '\u{900}'..='\u{DFF}' => Some(1),
        '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17D3}' => Some(2),
        '\u{1820}'..='\u{18AA}' => Some(3),
        _ => None,
    };
    let before = script(before);
    before.is_some() && before == script(next)
}

fn takes_emoji_style(before: Option<char>, next: Option<char>) -> bool {
    match before {
        // A keycap: the digit alone is only a digit.
        Some('0'..='9' | '#' | '*') => next == Some(KEYCAP),
        Some(c) => pictograph(c),
        None => false,
    }
}

/// Characters that have, or may have, an emoji picture.
fn pictograph(c: char) -> bool {
    matches!(c,
        '\u{A9}' | '\u{AE}' | '\u{203C}' | '\u{2049}' | '\u{2122}' | '\u{2139}'
        | '\u{2194}'..='\u{21AA}'
        | '\u{231A}'..='\u{23FF}'
        | '\u{24C2}'
        | '\u{25AA}'..='\u{27BF}'
        | '\u{2934}' | '\u{2935}'
        | '\u{2B05}'..='\u{2B55}'
        | '\u{3030}' | '\u{303D}' | '\u{3297}' | '\u{3299}'
        | '\u{1F000}'..='\u{1FAFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_borrowed() {
        for text in [
            "",
            "plain\ttext\n",
            "Grüße 👍🏽",
            "👨‍👩‍👧",
            "می‌خواهم",
            "क्‍ष",
            "❤️ 1️⃣",
        ] {
            assert!(matches!(visible(text), Cow::Borrowed(_)), "{text:?}");
        }
    }

    #[test]
    fn the_unseen_goes() {
        for (dirty, clean) in [
            ("pass\u{200B}word", "password"),
            ("a\u{200D}b\u{200C}c", "abc"),
            ("1\u{FE0F}", "1"),
            ("x\u{E0041}\u{E0042}y", "xy"),
            ("\u{202E}evil\u{202C}", "evil"),
            ("a\r\nb\rc\u{2028}d", "a\nb\nc\nd"),
            ("\0a\u{1b}[31m", "a[31m"),
            ("ü\u{AD}\u{FEFF}\u{FFFE}\u{E000}", "ü"),
            ("م\u{200C}\u{200C}م", "م\u{200C}م"),
        ] {
            assert_eq!(visible(dirty), clean);
            assert_eq!(visible(clean), clean);
        }
    }

    #[test]
    fn one_line_cuts_with_an_ellipsis() {
        assert_eq!(one_line("  a \n\t b  ", 10), "a b");
        assert_eq!(one_line("abcdef", 6), "abcdef");
        assert_eq!(one_line("abcdefg", 6), "abcde…");
        assert_eq!(one_line("abcd efg", 6), "abcd…");
        assert_eq!(one_line("abc", 0), "");
        assert_eq!(one_line("abc", 1), "…");
    }
}
