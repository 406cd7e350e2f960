//! Quoted history: where it begins, and leaving it out.
//!
//! The elements mail programs wrap it in are known by name; what has no element is known by its words: an intro line
//! (`On … wrote:`), a block of `From:`, `Sent:`, `To:`, a rule of dashes, or `>` at the head of a line.

use super::page::{Line, MAX_QUOTE};
use super::{Folded, Mail, Quotes};
use crate::shape::html::tree::{Element, NodeId, Tree};
use crate::shape::inert::inert;

/// Whether an element wraps quoted history.
pub(super) fn is_quote(element: &Element) -> bool {
    if element.is_bare() {
        return false;
    }
    let by_class = element.attribute("class").is_some_and(|classes| {
        classes.split_ascii_whitespace().any(|class| {
            matches!(
                class,
                "gmail_quote"
                    | "gmail_quote_container"
                    | "yahoo_quoted"
                    | "protonmail_quote"
                    | "moz-cite-prefix"
                    | "front-blockquote"
                    | "zmail_extra"
                    | "tutanota_quote"
            )
        })
    });
    by_class
        || element
            .attribute("id")
            .is_some_and(|id| matches!(id, "OLK_SRC_BODY_SECTION" | "isReplyContent"))
}

/// Whether an element and all that follows it is quoted history.
pub(super) fn begins_history(element: &Element) -> bool {
    if element.is_bare() {
        return false;
    }
    element.attribute("id").is_some_and(|id| {
        let id = id.strip_prefix("x_").unwrap_or(id);
        matches!(
            id,
            "appendonsend" | "divRplyFwdMsg" | "mail-editor-reference-message-container"
        )
    })
}

/// Whether a quoting element holds a message passed on, and not history.
pub(super) fn is_forward(tree: &Tree, id: NodeId) -> bool {
    let mut head = String::new();
    for text in tree.texts(id).take(8) {
        head.extend(text.chars().take(80));
        if head.trim().len() > 40 {
            break;
        }
    }
    is_forward_line(head.trim_start())
}

/// Marks lines as quoted by what they say.
pub(super) fn detect(mut lines: Vec<Line>) -> Vec<Line> {
    for line in &mut lines {
        count_marks(line);
    }
    let mut deeper = 0_u8;
    let mut passed_on = 0_usize;
    let mut index = 0;
    while index < lines.len() {
        if let Some(line) = lines.get(index)
            && !line.is_blank()
        {
            passed_on = passed_on.saturating_sub(1);
            if is_forward_line(&line.text) {
                passed_on = 3;
            } else if passed_on == 0
                && (is_original_line(&line.text) || is_header_block(&lines, index))
            {
                deeper = deeper.saturating_add(1);
                index = skip_header(&mut lines, index, deeper);
                continue;
            } else if let Some(length) = intro(&lines, index) {
                match quote_after(&lines, index + length) {
                    After::Marked => {
                        for line in lines.iter_mut().skip(index).take(length) {
                            line.quote = line.quote.saturating_add(deeper).saturating_add(1);
                        }
                        index += length;
                        continue;
                    }
                    After::Unmarked if is_sure_intro(&lines, index, length) => {
                        deeper = deeper.saturating_add(1)
                    }
                    After::Unmarked | After::Nothing => {}
                }
            }
        }
        if let Some(line) = lines.get_mut(index) {
            line.quote = line.quote.saturating_add(deeper);
        }
        index += 1;
    }
    mark_rules(&mut lines);
    lines
}

/// Turns `>` at the head of a line into its depth.
fn count_marks(line: &mut Line) {
    let mut rest = line.text.as_str();
    let mut marks = 0_u8;
    while let Some(after) = rest.trim_start().strip_prefix('>') {
        rest = after;
        marks = marks.saturating_add(1);
    }
    if marks > 0 {
        line.text = rest.strip_prefix(' ').unwrap_or(rest).to_owned();
        line.quote = line.quote.saturating_add(marks);
    }
}

/// A rule right before history belongs to it.
fn mark_rules(lines: &mut [Line]) {
    let mut after = 0;
    for line in lines.iter_mut().rev().filter(|line| !line.is_blank()) {
        let is_rule = line.text.trim().len() >= 3
            && line
                .text
                .trim()
                .chars()
                .all(|c| matches!(c, '-' | '_' | '*' | '=' | ' '));
        if is_rule {
            line.quote = line.quote.max(after);
        }
        after = line.quote;
    }
}

/// Marks the line at `index` and the header lines after it, so that they begin no history of their own.
fn skip_header(lines: &mut [Line], index: usize, deeper: u8) -> usize {
    let mut next = index;
    for (offset, line) in lines.iter_mut().skip(index).take(10).enumerate() {
        if offset > 0 && !line.is_blank() && header_label(&line.text).is_none() {
            break;
        }
        line.quote = line.quote.saturating_add(deeper);
        next = index + offset + 1;
    }
    next
}

enum After {
    Marked,
    Unmarked,
    Nothing,
}

fn quote_after(lines: &[Line], index: usize) -> After {
    let own = lines
        .get(index.saturating_sub(1))
        .map_or(0, |line| line.quote);
    match lines.iter().skip(index).find(|line| !line.is_blank()) {
        Some(line) if line.quote > own => After::Marked,
        Some(_) => After::Unmarked,
        None => After::Nothing,
    }
}

/// How many lines from `index` make up an intro line; mail programs wrap it.
fn intro(lines: &[Line], index: usize) -> Option<usize> {
    let first = lines.get(index)?;
    let beginning = words(head(&first.text, 40));
    if !INTROS
        .iter()
        .any(|(start, _)| starts_with_word(&beginning, start))
    {
        return None;
    }
    let mut joined = String::new();
    for (offset, line) in lines.iter().skip(index).take(3).enumerate() {
        if line.is_blank() || line.quote != first.quote {
            return None;
        }
        joined.push_str(&words(head(&line.text, 401)));
        joined.push(' ');
        if joined.len() > 400 {
            return None;
        }
        if is_intro_line(joined.trim_end()) {
            return Some(offset + 1);
        }
    }
    None
}

/// How an intro line begins and what it says, in the languages met most.
const INTROS: &[(&str, &str)] = &[
    ("on", "wrote"),
    ("am", "schrieb"),
    ("le", "a écrit"),
    ("el", "escribió"),
    ("op", "schreef"),
    ("il", "ha scritto"),
    ("em", "escreveu"),
    ("den", "skrev"),
    ("dnia", "napisał"),
    ("في", "كتب"),
    ("בתאריך", "מאת"),
];

fn is_intro_line(text: &str) -> bool {
    text.ends_with(':')
        && text.contains(|c: char| c.is_numeric())
        && INTROS
            .iter()
            .any(|(start, verb)| starts_with_word(text, start) && text.contains(verb))
}

fn starts_with_word(text: &str, word: &str) -> bool {
    text.strip_prefix(word)
        .is_some_and(|rest| rest.starts_with([' ', ',']))
}

/// Whether an intro line names a sender's address and a date, so that history follows even if nothing marks it.
fn is_sure_intro(lines: &[Line], index: usize, length: usize) -> bool {
    let text: String = lines
        .iter()
        .skip(index)
        .take(length)
        .map(|line| line.text.as_str())
        .collect();
    text.contains('@') && text.chars().filter(char::is_ascii_digit).count() >= 4
}

/// The first bytes of a text, at most this many.
fn head(text: &str, bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes)).unwrap_or(text)
}

/// Lower case without emphasis.
fn words(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '*' | '_'))
        .flat_map(char::to_lowercase)
        .collect::<String>()
        .trim()
        .to_owned()
}

fn is_original_line(text: &str) -> bool {
    let text = text.trim();
    if !text.starts_with("--") || text.len() > 120 {
        return false;
    }
    let text = words(text.trim_matches(['-', ' ']));
    [
        "original message",
        "original appointment",
        "ursprüngliche nachricht",
        "originalnachricht",
        "message d'origine",
        "message d’origine",
        "message original",
        "mensaje original",
        "oorspronkelijk bericht",
        "messaggio originale",
        "mensagem original",
        "reply message",
    ]
    .iter()
    .any(|known| text.starts_with(known))
}

fn is_forward_line(text: &str) -> bool {
    let text = text.trim_start_matches(['-', ' ', '*', '_']);
    // Nearly every line that is asked about is none; most show it in their first letter.
    if !text.starts_with(['F', 'f', 'B', 'b', 'W', 'A', 'M', 'm', 'D', 'd', 'I', 'i']) {
        return false;
    }
    let text = words(head(text, 120));
    [
        "forwarded message",
        "begin forwarded message",
        "weitergeleitete nachricht",
        "anfang der weitergeleiteten nachricht",
        "message transféré",
        "début du message transféré",
        "début du message réexpédié",
        "mensaje reenviado",
        "inicio del mensaje reenviado",
        "doorgestuurd bericht",
        "begin doorgestuurd bericht",
        "messaggio inoltrato",
        "inizio messaggio inoltrato",
        "mensagem encaminhada",
    ]
    .iter()
    .any(|known| text.starts_with(known))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Header {
    From,
    Other,
}

/// Whether a block of mail headers begins here: who from, and two more of when, to whom and what about.
fn is_header_block(lines: &[Line], index: usize) -> bool {
    let Some(first) = lines.get(index) else {
        return false;
    };
    if header_label(&first.text) != Some(Header::From) {
        return false;
    }
    let following = lines
        .iter()
        .skip(index + 1)
        .filter(|line| !line.is_blank())
        .take(4);
    following
        .filter(|line| header_label(&line.text) == Some(Header::Other))
        .count()
        >= 2
}

fn header_label(text: &str) -> Option<Header> {
    let (label, _) = head(text, 40).split_once(':')?;
    match words(label).trim_end() {
        "from" | "von" | "de" | "van" | "da" | "från" | "fra" | "od" | "من" | "מאת" => {
            Some(Header::From)
        }
        "sent" | "date" | "to" | "cc" | "subject" | "gesendet" | "datum" | "an" | "betreff"
        | "envoyé" | "à" | "objet" | "enviado" | "enviado el" | "fecha" | "para" | "asunto"
        | "verzonden" | "aan" | "onderwerp" | "inviato" | "data" | "a" | "oggetto" | "assunto"
        | "skickat" | "till" | "ämne" | "sendt" | "til" | "emne" | "wysłano" | "do" | "temat"
        | "reply-to" | "bcc" | "kopie" => Some(Header::Other),
        _ => None,
    }
}

/// Puts the lines together, quoted ones kept or left out.
pub(super) fn assemble(lines: Vec<Line>, quotes: Quotes, mut folded: Folded) -> Mail {
    let says_anything = |line: &Line| line.text.contains(char::is_alphanumeric);
    let own_words = lines
        .iter()
        .any(|line| line.quote == 0 && says_anything(line));
    let fold = quotes == Quotes::Fold && own_words;
    let mut out = String::new();
    let mut gap = false;
    let mut last_quote = 0;
    for line in &lines {
        if fold && line.quote > 0 {
            if !line.is_blank() {
                folded.quoted_lines += 1;
                folded.quoted_chars += line.text.chars().count();
            }
            gap = true;
            continue;
        }
        if line.is_blank() {
            gap = true;
            continue;
        }
        // Without a blank line, what follows a quote would read as more of it.
        let turns = line.quote.min(MAX_QUOTE) != last_quote.min(MAX_QUOTE);
        if (std::mem::take(&mut gap) || turns) && !out.is_empty() {
            write_marks(&mut out, line.quote.min(last_quote));
            out.truncate(out.trim_end_matches(' ').len());
            out.push('\n');
        }
        last_quote = line.quote;
        write_marks(&mut out, line.quote);
        out.push_str(line.text.trim_end());
        out.push('\n');
    }
    Mail {
        markdown: inert(out.trim_end()).into_owned(),
        folded,
    }
}

fn write_marks(out: &mut String, quote: u8) {
    for _ in 0..quote.min(MAX_QUOTE) {
        out.push_str("> ");
    }
}
