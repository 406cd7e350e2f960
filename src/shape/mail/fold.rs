//! Which lines are quoted history, and the Markdown of those that are not.

use super::intro::{begins, introduces, names_field, names_sender, rule, separates};
use super::line::Line;
use super::{Folded, Mail, Quotes};
use crate::shape::visible::visible;

/// Quotes in quotes are not shown deeper than this.
const DEEPEST: u8 = 5;
/// Stands where history was left out between the sender's own lines.
const GAP: &str = "[…]";

/// Folds the history among `lines`, or shows it as quotes.
pub(super) fn fold(mut lines: Vec<Line>, quotes: Quotes) -> Mail {
    for line in &mut lines {
        typed_quote(line);
    }
    mark_introductions(&mut lines);
    mark_rest(&mut lines);
    let own = lines.iter().any(|line| !line.history && !line.is_blank());
    let mut folded = Folded::default();
    if own && quotes == Quotes::Fold {
        folded.quoted_chars = lines
            .iter()
            .filter(|line| line.history && !line.is_blank())
            .map(|line| line.text.chars().count() + 1)
            .sum();
        lines = without_history(lines);
    } else if own {
        for line in &mut lines {
            if line.history && !line.intro {
                line.depth = line.depth.max(1);
            }
        }
    }
    Mail {
        markdown: joined(&lines),
        folded,
    }
}

/// `> ` typed into the text counts like a quote made with markup.
fn typed_quote(line: &mut Line) {
    let mut rest = line.text.as_str();
    let mut depth = line.depth;
    while let Some(quoted) = rest.trim_start_matches(' ').strip_prefix('>') {
        depth = depth.saturating_add(1);
        rest = quoted;
    }
    if depth > line.depth {
        let text = rest.strip_prefix(' ').unwrap_or(rest).to_owned();
        line.text = text;
        line.depth = depth;
        line.history = true;
    }
}

/// Introductions belong to the quote that follows them, and make a quote of a
/// block that might otherwise be the sender's own.
fn mark_introductions(lines: &mut [Line]) {
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let introduced = introduces(&line.text);
        let next = lines.iter().skip(at + 1).position(|line| !line.is_blank());
        let next = next.map_or(lines.len(), |gap| at + 1 + gap);
        let quoted = lines
            .get(next)
            .is_some_and(|line| line.history || line.depth > 0);
        if introduced && quoted {
            let first = introduction_start(lines, at);
            let outside = lines.get(at).map_or(0, |line| line.depth);
            let known = lines.get(at).is_some_and(|line| line.history);
            for line in lines.iter_mut().take(next).skip(first) {
                line.intro = true;
                line.history = true;
            }
            // What the markup already calls history needs no second look.
            for line in lines.iter_mut().skip(next).take_while(|_| !known) {
                if line.depth <= outside && !line.is_blank() {
                    break;
                }
                line.history = true;
            }
        }
        at = next.max(at + 1);
    }
}

/// The first line of an introduction whose last line is `at`.
fn introduction_start(lines: &[Line], at: usize) -> usize {
    let own = |i: usize| {
        lines
            .get(i)
            .is_some_and(|line| !line.is_blank() && !line.history)
    };
    for back in 0..=3 {
        let Some(first) = at.checked_sub(back) else {
            break;
        };
        if !own(first) {
            break;
        }
        if lines.get(first).is_some_and(|line| begins(&line.text)) {
            return first;
        }
    }
    at
}

/// From the head of the mail that is answered, everything is history.
fn mark_rest(lines: &mut [Line]) {
    let start = (0..lines.len()).find(|&at| {
        lines.get(at).is_some_and(|line| {
            !line.history && (line.cut || separates(&line.text) || heads(lines, at))
        })
    });
    let Some(mut start) = start else { return };
    // The rule above the head belongs to it.
    while let Some(before) = start.checked_sub(1) {
        let line = lines.get(before);
        if !line.is_some_and(|line| line.is_blank() || rule(&line.text)) {
            break;
        }
        start = before;
    }
    for line in lines.iter_mut().skip(start) {
        line.history = true;
    }
}

/// Whether a block of `From:`, `Sent:`, `To:`, `Subject:` begins at the line.
fn heads(lines: &[Line], at: usize) -> bool {
    let Some(first) = lines.get(at).filter(|line| names_sender(&line.text)) else {
        return false;
    };
    let fields = lines
        .iter()
        .skip(at + 1)
        .filter(|line| !line.is_blank())
        .take(6)
        .take_while(|line| !line.ruled)
        .filter(|line| names_field(&line.text))
        .count();
    fields >= if first.ruled { 1 } else { 2 }
}

fn without_history(lines: Vec<Line>) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    let mut left_out = false;
    for line in lines {
        if line.history {
            left_out |= !line.is_blank();
            continue;
        }
        if left_out && !line.is_blank() {
            if out.iter().any(|line| !line.is_blank()) {
                out.push(Line::default());
                out.push(Line::plain(GAP));
                out.push(Line::default());
            }
            left_out = false;
        }
        out.push(line);
    }
    out
}

fn joined(lines: &[Line]) -> String {
    let mut out = String::with_capacity(lines.iter().map(|line| line.text.len() + 4).sum());
    // The depth of the last line with text, and whether a gap came after it.
    let mut last: Option<u8> = None;
    let mut gap = false;
    for line in lines {
        let text = line.text.trim_end();
        if text.is_empty() {
            gap = true;
            continue;
        }
        let depth = line.depth.min(DEEPEST);
        if let Some(before) = last {
            out.push('\n');
            if gap || (depth == 0 && before > 0) {
                // A gap inside of a quote is part of it.
                out.extend(std::iter::repeat_n('>', before.min(depth).into()));
                out.push('\n');
            }
        }
        out.extend(std::iter::repeat_n("> ", depth.into()));
        out.push_str(text);
        (last, gap) = (Some(depth), false);
    }
    harmless(&out)
}

/// Nothing in the text is a link or an image to whoever renders it.
fn harmless(text: &str) -> String {
    let text = visible(text);
    if !text.contains("](") && !text.contains("![") {
        return text.into_owned();
    }
    text.replace("](", "]\\(").replace("![", "!\\[")
}
