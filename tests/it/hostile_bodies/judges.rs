//! What must hold of every text that a stranger had a part in. They know nothing of how it is made,
//! and stand alone.

/// The words around a drawn one, as every text with marks says them first.
const PREAMBLE: (&str, &str) = ("Text between « and ", "» was written by others");

/// What is wrong with a stranger's words as they are shown.
pub fn shown(text: &str) -> Result<(), String> {
    seen(text)?;
    unfetched(text)
}

/// No character that a reader cannot see.
pub fn seen(text: &str) -> Result<(), String> {
    let mut before = None;
    for (at, c) in text.char_indices() {
        if is_invisible(c) && !is_joiner_in_use(before, c) {
            let near = text.get(at..).unwrap_or_default().chars().take(20);
            return Err(format!(
                "invisible {c:?} at {at}: {:?}",
                near.collect::<String>()
            ));
        }
        before = Some(c);
    }
    Ok(())
}

/// The general categories Cc, Cf, Co, Cn (noncharacters), Zl and Zp, and Default_Ignorable_Code_Point, less the
/// Arabic and Kaithi signs of Cf, which have glyphs; and the two blanks that are none of these.
fn is_invisible(c: char) -> bool {
    matches!(u32::from(c),
        0..=8 | 0xB..=0x1F | 0x7F..=0x9F | 0xAD | 0x34F | 0x61C | 0x115F | 0x1160 | 0x17B4 | 0x17B5
        | 0x180B..=0x180F | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0x2800 | 0x3164
        | 0xE000..=0xF8FF | 0xFDD0..=0xFDEF | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFB
        | 0x13430..=0x1343F | 0x16FE4 | 0x1BCA0..=0x1BCA3 | 0x1D159 | 0x1D173..=0x1D17A
        | 0xE0000..=0x10FFFF)
        || u32::from(c) & 0xFFFE == 0xFFFE
}

/// A joiner or an emoji's selector, one at a time and behind something that it changes.
fn is_joiner_in_use(before: Option<char>, c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}' | '\u{FE0E}' | '\u{FE0F}')
        && before.is_some_and(|before| {
            !before.is_whitespace()
                && (!is_invisible(before)
                    || c == '\u{200D}' && matches!(before, '\u{FE0E}' | '\u{FE0F}'))
                && (!before.is_ascii() || before.is_ascii_digit() || matches!(before, '#' | '*'))
        })
}

/// No form that a renderer of Markdown or HTML would fetch, follow in disguise, or run.
pub fn unfetched(text: &str) -> Result<(), String> {
    for form in ["![", "](", "]:"] {
        if let Some(at) = text.find(form) {
            return Err(format!("{form} in {:?}", around(text, at)));
        }
    }
    for (at, _) in text.match_indices('<') {
        let (before, rest) = (&text[..at], &text[at + 1..]);
        let escaped = before
            .bytes()
            .rev()
            .take_while(|byte| *byte == b'\\')
            .count()
            % 2
            == 1;
        let tag = rest.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c));
        if tag && !escaped && !is_address(rest) {
            return Err(format!("a tag in {:?}", around(text, at)));
        }
    }
    let fence = |line: &str| {
        let line = line.trim_start_matches(['>', ' ', '\t', '-', '*', '+', '#', '.']);
        let line = line.trim_start_matches(|c: char| c.is_ascii_digit());
        line.starts_with("```") || line.starts_with("~~~")
    };
    match text.lines().find(|line| fence(line)) {
        Some(line) => Err(format!("a fence: {line:?}")),
        None => Ok(()),
    }
}

/// `<https://host/path>` and `<name@host>`, which say where they lead.
fn is_address(rest: &str) -> bool {
    let end = rest.find(|c: char| c == '>' || c == '<' || c.is_whitespace());
    let Some((inside, after)) = end.map(|end| rest.split_at(end)) else {
        return false;
    };
    let scheme = inside
        .split_once(':')
        .map(|(scheme, _)| scheme.to_ascii_lowercase());
    after.starts_with('>')
        && match scheme.as_deref() {
            Some("http" | "https" | "mailto" | "tel") => true,
            Some(_) => false,
            None => inside.contains('@') && !inside.contains(['"', '\'', '=', '(']),
        }
}

fn around(text: &str, at: usize) -> String {
    let start = text.floor_char_boundary(at.saturating_sub(30));
    text[start..].chars().take(80).collect()
}

/// A text apart: what we say, and what we quote.
#[derive(Debug, Default)]
pub struct Voices {
    /// Without what stands between marks.
    pub ours: String,
    /// Each mark's content.
    pub quoted: Vec<String>,
}

/// Reads a finished text as a careful reader would: by the word that its first line names.
pub fn voices(text: &str) -> Result<Voices, String> {
    let Some((lead, rest)) = text.split_once(PREAMBLE.0) else {
        return Ok(Voices {
            ours: text.to_owned(),
            quoted: Vec::new(),
        });
    };
    let (word, rest) = rest
        .split_once(PREAMBLE.1)
        .ok_or("a preamble without an end")?;
    if word.len() < 6 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Err(format!("{word:?} is no drawn word"));
    }
    let (_, rest) = rest.split_once('\n').ok_or("a preamble alone")?;
    let close = format!("{word}»");
    let said = rest.to_ascii_lowercase().matches(word).count();
    let closed = rest.matches(&close).count();
    if said != closed {
        return Err(format!(
            "{word} stands {said} times and closes {closed} times"
        ));
    }
    let mut voices = Voices {
        ours: lead.to_owned(),
        quoted: Vec::new(),
    };
    let mut left = rest;
    while let Some((ours, opened)) = left.split_once('«') {
        let (quoted, after) = opened
            .split_once(&close)
            .ok_or("a mark that nothing closes")?;
        let inside = quoted.strip_prefix('\n').unwrap_or(quoted);
        let inside = inside
            .strip_suffix([' ', '\n'])
            .ok_or("a word that touches what it closes")?;
        voices.ours.push_str(ours);
        voices.ours.push('\u{1}');
        voices.quoted.push(inside.to_owned());
        left = after;
    }
    voices.ours.push_str(left);
    if voices.quoted.len() != closed {
        return Err(format!(
            "{} marks open and {closed} close",
            voices.quoted.len()
        ));
    }
    Ok(voices)
}

/// Both halves of what a text must keep to: its marks hold, and what they hold is shown as it may be.
pub fn text(text: &str) -> Result<Voices, String> {
    let voices = voices(text)?;
    seen(text)?;
    for quoted in &voices.quoted {
        unfetched(quoted)?;
    }
    Ok(voices)
}
