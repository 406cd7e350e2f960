//! What a reader can see, and nothing else.
//!
//! Not a Unicode normaliser: letters are left as they were written, look-alikes too. What goes is what no eye can
//! tell from nothing, because a model reads it all the same: an instruction written in tag characters is blank on
//! screen and plain text to a tokenizer.

use std::borrow::Cow;

/// Removes what a reader cannot see: control characters (all but line feed and tab), zero-width and bidi controls,
/// tag characters, stray variation selectors, private use and noncharacters. Line ends of every kind become `\n`.
///
/// Joiners stay where a script or an emoji needs them: between two letters of a joining script, between two emoji.
/// Borrows when there is nothing to change.
pub fn visible(text: &str) -> Cow<'_, str> {
    let Some(changed) = first_change(text) else {
        return Cow::Borrowed(text);
    };
    let (clean, rest) = text.split_at_checked(changed).unwrap_or(("", text));
    let mut out = String::with_capacity(text.len());
    out.push_str(clean);
    let mut before = clean.chars().next_back();
    let mut chars = rest.chars().peekable();
    while let Some(c) = chars.next() {
        let kept = match verdict(before, c, chars.peek().copied()) {
            Verdict::Keep => c,
            Verdict::Drop => continue,
            Verdict::LineEnd => '\n',
        };
        out.push(kept);
        before = Some(kept);
    }
    Cow::Owned(out)
}

/// The first character that [`visible`] would drop or change, with its byte offset.
pub(crate) fn first_invisible(text: &str) -> Option<(usize, char)> {
    let at = first_change(text)?;
    let c = text.get(at..)?.chars().next()?;
    Some((at, c))
}

/// [`visible`] on one line: every run of white space and line breaks becomes one space, the ends are trimmed, and
/// what is longer than `max_chars` characters ends in `…`, which counts as one of them.
/// Borrows when there is nothing to change.
pub fn one_line(text: &str, max_chars: usize) -> Cow<'_, str> {
    let text = visible(text);
    if let Cow::Borrowed(line) = text
        && is_line(line)
        && line.chars().count() <= max_chars
    {
        return text;
    }
    let mut out = String::with_capacity(text.len().min(max_chars.saturating_mul(4)));
    let mut length = 0_usize;
    for word in text.split_whitespace() {
        let space = (!out.is_empty()).then_some(' ');
        for c in space.into_iter().chain(word.chars()) {
            if length == max_chars {
                shorten(&mut out);
                return Cow::Owned(out);
            }
            out.push(c);
            length += 1;
        }
    }
    Cow::Owned(out)
}

/// Whether white space is single blanks between words.
fn is_line(text: &str) -> bool {
    let mut before = ' ';
    for c in text.chars() {
        if c.is_whitespace() && (c != ' ' || before == ' ') {
            return false;
        }
        before = c;
    }
    before != ' ' || text.is_empty()
}

/// Makes room for the ellipsis in a text that is already as long as it may be.
fn shorten(out: &mut String) {
    if out.pop().is_some() {
        // A joiner that has lost its right side joins nothing.
        let end = out
            .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200C}' | '\u{200D}'));
        out.truncate(end.len());
        out.push('…');
    }
}

enum Verdict {
    Keep,
    Drop,
    LineEnd,
}

/// The byte offset of the first character that does not stay as it is.
fn first_change(text: &str) -> Option<usize> {
    let mut from = 0;
    let mut before = None;
    loop {
        // Almost all text is plain ASCII for long stretches; bytes are cheaper to look at than characters.
        let rest = text.get(from..)?;
        let plain = rest.bytes().position(|byte| !is_plain(byte))?;
        from += plain;
        if plain > 0 {
            before = text.get(..from)?.chars().next_back();
        }
        let mut chars = text.get(from..)?.chars();
        let c = chars.next()?;
        let Verdict::Keep = verdict(before, c, chars.next()) else {
            return Some(from);
        };
        before = Some(c);
        from += c.len_utf8();
    }
}

fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~' | b'\n' | b'\t')
}

fn verdict(before: Option<char>, c: char, after: Option<char>) -> Verdict {
    let keep = match c {
        ' '..='~' | '\n' | '\t' => true,
        '\r' if after == Some('\n') => false,
        '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => return Verdict::LineEnd,
        '\u{200C}' => between(before, after, is_joining_script),
        '\u{200D}' => {
            between(before, after, is_joining_script)
                || (before.is_some_and(|c| is_emoji(c) || is_presentation(c))
                    && after.is_some_and(is_emoji))
        }
        '\u{FE0E}' | '\u{FE0F}' => {
            before.is_some_and(is_emoji)
                || (before.is_some_and(is_keycap) && after == Some('\u{20E3}'))
        }
        _ => !is_invisible(c),
    };
    if keep { Verdict::Keep } else { Verdict::Drop }
}

fn between(before: Option<char>, after: Option<char>, test: fn(char) -> bool) -> bool {
    before.is_some_and(test) && after.is_some_and(test)
}

fn is_presentation(c: char) -> bool {
    matches!(c, '\u{FE0E}' | '\u{FE0F}')
}

fn is_keycap(c: char) -> bool {
    matches!(c, '0'..='9' | '#' | '*')
}

/// Characters with no glyph of their own, whatever stands around them.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}'
        | '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFFC}' | '\u{2800}' | '\u{13430}'..='\u{13440}' | '\u{16FE4}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D159}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{E000}'..='\u{F8FF}' | '\u{FDD0}'..='\u{FDEF}' | '\u{E0000}'..='\u{10FFFF}')
        // The last two code points of every plane are noncharacters.
        || u32::from(c) & 0xFFFE == 0xFFFE
}

/// Whether `c` can stand on either side of a joiner inside an emoji.
fn is_emoji(c: char) -> bool {
    matches!(c,
        '\u{A9}' | '\u{AE}' | '\u{203C}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2194}'..='\u{21AA}'
        | '\u{231A}'..='\u{23FF}' | '\u{24C2}' | '\u{25AA}'..='\u{25FE}' | '\u{2600}'..='\u{27BF}'
        | '\u{2934}' | '\u{2935}' | '\u{2B05}'..='\u{2B55}' | '\u{3030}' | '\u{303D}' | '\u{3297}' | '\u{3299}'
        | '\u{1F000}'..='\u{1FAFF}')
}

/// Scripts in which a joiner between two letters changes how they are read: Arabic and its kin, the Indic and
/// South-East Asian scripts, Mongolian.
fn is_joining_script(c: char) -> bool {
    matches!(c,
        '\u{620}'..='\u{8FF}' | '\u{900}'..='\u{DFF}' | '\u{F00}'..='\u{109F}' | '\u{1780}'..='\u{17B3}'
        | '\u{17B6}'..='\u{17D3}' | '\u{1820}'..='\u{18AA}' | '\u{1900}'..='\u{1CFF}' | '\u{A800}'..='\u{ABFF}'
        | '\u{FB50}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{11000}'..='\u{11FFF}')
}
