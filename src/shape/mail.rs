//! What a stranger wrote, as Markdown a model may read.

mod anchor;
pub(in crate::shape) mod attrs;
pub(in crate::shape) mod build;
mod cells;
mod close;
pub(in crate::shape) mod css;
pub(in crate::shape) mod entity;
mod fold;
mod intro;
mod line;
pub(in crate::shape) mod link;
mod look;
mod mark;
mod rules;
mod sheet;
mod table;
pub(in crate::shape) mod tag;
pub(in crate::shape) mod token;
mod writer;

use super::visible::visible;
use build::Builder;
use line::Line;

/// Longer bodies are read up to here: no person wrote what comes after.
const LONGEST: usize = 2_000_000;

/// A mail's body as Markdown, and what was left out of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// The text; it holds no Markdown link or image, no invisible character,
    /// and no two blank lines in a row.
    pub markdown: String,
    /// What was left out.
    pub folded: Folded,
}

/// What a [`Mail`] leaves out.
#[derive(Default, Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    /// Characters of quoted history.
    pub quoted_chars: usize,
    /// Characters that were hidden from a human reader.
    pub hidden_chars: usize,
    /// Whether the mail was too long to be read to its end.
    pub truncated: bool,
}

/// What to do with quoted history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quotes {
    /// Leave it out and count it.
    Fold,
    /// Show it as `> ` lines.
    Keep,
}

/// Reads an HTML mail.
#[must_use]
pub fn from_html(html: &str, quotes: Quotes) -> Mail {
    let (html, truncated) = bounded(html);
    let (lines, hidden) = Builder::new(html).run();
    let mut mail = fold::fold(lines, quotes);
    mail.folded.hidden_chars = hidden.chars;
    mail.folded.truncated = truncated;
    mail
}

/// Reads a plain-text mail.
#[must_use]
pub fn from_text(text: &str, quotes: Quotes) -> Mail {
    let (text, truncated) = bounded(text);
    let lines = visible(text).lines().map(Line::plain).collect();
    let mut mail = fold::fold(lines, quotes);
    mail.folded.truncated = truncated;
    mail
}

fn bounded(text: &str) -> (&str, bool) {
    let end = text.floor_char_boundary(LONGEST);
    (text.get(..end).unwrap_or(text), end < text.len())
}
