//! A mail's body as a model may read it: Markdown in which nothing can be fetched, nothing is hidden, and what was
//! left out is counted.
//!
//! Not a faithful rendering. Layout, colours and images are gone; links are written `text <https://host/path>`, never
//! in Markdown's own forms, so that no program that shows the text loads or disguises anything. Of the result callers
//! may rely on: no invisible characters, no `![`, no `](`, no line that begins a code fence, no HTML tag.

pub(crate) mod link;
mod page;
mod quote;
mod render;
mod table;

use super::html::parse;
use super::html::tree::Tree;
use super::visible::visible;
use render::Links;

/// A body, ready to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// What there is to read.
    pub markdown: String,
    /// What was left out of it.
    pub folded: Folded,
}

/// What a [`Mail`] leaves out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    /// Characters of quoted history.
    pub quoted_chars: usize,
    /// Lines of quoted history.
    pub quoted_lines: usize,
    /// Characters, other than white space, that were in the HTML but not to be seen.
    pub hidden_chars: usize,
    /// Whether the body was too long to be read to its end.
    pub truncated: bool,
}

/// What becomes of quoted history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quotes {
    /// It is left out and counted. A mail of nothing else keeps it.
    Fold,
    /// It is kept, on lines that begin with `> `.
    Keep,
}

/// Reads an HTML body.
pub fn from_html(html: &str, quotes: Quotes) -> Mail {
    let tree = parse::parse(html);
    let rendered = render::render(&tree, Links::Clean);
    let folded = Folded {
        hidden_chars: rendered.hidden_chars,
        truncated: tree.truncated,
        ..Folded::default()
    };
    quote::assemble(quote::detect(rendered.lines), quotes, folded)
}

/// Reads a plain-text body: a text message, a chat, `text/plain`.
pub fn from_text(text: &str, quotes: Quotes) -> Mail {
    let kept = text
        .get(..text.floor_char_boundary(parse::MAX_BYTES))
        .unwrap_or_default();
    let folded = Folded {
        truncated: kept.len() < text.len(),
        ..Folded::default()
    };
    let lines = visible(kept).split('\n').map(page::Line::plain).collect();
    quote::assemble(quote::detect(lines), quotes, folded)
}

/// An outgoing body as its approver reads it: every word and every whole address, nothing folded.
///
/// # Errors
/// The words that its readers would not see, if there are any.
pub(crate) fn seen_of(tree: &Tree) -> Result<String, String> {
    let rendered = render::render(tree, Links::Whole);
    match rendered.first_hidden {
        Some(hidden) => Err(hidden),
        None => Ok(quote::assemble(rendered.lines, Quotes::Keep, Folded::default()).markdown),
    }
}
