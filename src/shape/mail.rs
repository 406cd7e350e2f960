//! What a stranger wrote, as Markdown a model may read.

mod entity;
mod tag;
mod token;

use super::visible::visible;
use entity::Decoder;
use tag::Tag;
use token::{Token, Tokens};

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
    let mut decoder = Decoder::default();
    let mut text = String::new();
    for token in Tokens::new(html) {
        match token {
            Token::Text(raw) => text.push_str(&decoder.text(raw)),
            Token::Start {
                tag: Tag::Br | Tag::P | Tag::Div | Tag::Tr | Tag::Li,
                ..
            } => text.push('\n'),
            _ => {}
        }
    }
    from_text(&text, quotes)
}

/// Reads a plain-text mail.
#[must_use]
pub fn from_text(text: &str, _quotes: Quotes) -> Mail {
    let mut markdown = String::new();
    for line in visible(text).lines() {
        let line = line.trim_end();
        if !line.is_empty() || !(markdown.is_empty() || markdown.ends_with("\n\n")) {
            markdown.push_str(line);
            markdown.push('\n');
        }
    }
    let markdown = markdown.trim().replace("](", "]\\(").replace("![", "!\\[");
    Mail {
        markdown,
        folded: Folded::default(),
    }
}
