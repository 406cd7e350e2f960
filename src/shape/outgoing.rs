//! What an agent writes, as what Front sends.
//!
//! The agent's body is shown to a person as text before it is sent. So nothing
//! may be in the HTML that this text does not show: every format is turned into
//! HTML first, that HTML is held to one list of what a mail may contain, and
//! the text is read back from it by the converter that reads strangers' mails.

mod check;
mod write;

use super::mail::{Quotes, from_html};
use super::visible::visible;

/// Longer bodies are not letters.
const LONGEST: usize = 500_000;

/// What the body is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// CommonMark with tables and strikethrough; raw HTML in it is shown, not
    /// obeyed, and a line break is one.
    Markdown,
    /// HTML, held to what a mail may contain.
    Html,
    /// Plain text.
    Text,
}

/// A body ready to be sent.
#[derive(Debug)]
pub struct Outgoing {
    /// What Front sends.
    pub html: String,
    /// What a reader of exactly that HTML sees.
    pub text: String,
}

/// Why a body is not sent.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Refusal {
    /// There is nothing in it to read.
    #[error("the body is empty")]
    Empty,
    /// It is longer than any letter.
    #[error("the body is {0} bytes long; at most {LONGEST} are sent")]
    TooLong(usize),
    /// It holds a character that a reader cannot see.
    #[error("the body holds the invisible character {0}; leave it out")]
    Invisible(String),
    /// It holds an element that a mail must not contain.
    #[error("the body holds a <{0}> element; leave it out")]
    Element(String),
    /// It holds an attribute that a mail must not contain.
    #[error("the body holds the attribute “{0}”; leave it out")]
    Attribute(String),
    /// It holds CSS that loads or runs something.
    #[error("the body holds the style “{0}”, which loads or runs something; leave it out")]
    Style(String),
    /// It holds text that its reader would not see.
    #[error("the body hides the text “{0}” from its reader; show it or leave it out")]
    Hidden(String),
    /// It holds an image from elsewhere.
    #[error("the body loads the image “{0}”; attach it or link to it instead")]
    RemoteImage(String),
    /// It holds a link that leads somewhere else than the web, mail, or a telephone.
    #[error("the body links to “{0}”; only http, https, mailto and tel addresses are sent")]
    Link(String),
    /// It holds a comment or a processing instruction.
    #[error("the body holds a comment or a declaration (“{0}”); leave it out")]
    Comment(String),
    /// Its last tag never ends.
    #[error("the body ends inside of an HTML tag")]
    Unfinished,
}

/// Turns a body into the HTML that Front sends, and the text a reader sees.
///
/// # Errors
/// When the body is empty or too long, or holds what a mail must not contain;
/// the refusal names it.
pub fn outgoing(body: &str, format: Format) -> Result<Outgoing, Refusal> {
    if body.len() > LONGEST {
        return Err(Refusal::TooLong(body.len()));
    }
    let body = body.replace("\r\n", "\n").replace('\r', "\n");
    no_invisible(&body)?;
    if body.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    let html = match format {
        Format::Markdown => write::markdown(&body)?,
        Format::Html => body,
        Format::Text => write::text(&body),
    };
    check::check(&html)?;
    let text = from_html(&html, Quotes::Keep).markdown;
    if text.is_empty() {
        return Err(Refusal::Empty);
    }
    Ok(Outgoing { html, text })
}

fn no_invisible(text: &str) -> Result<(), Refusal> {
    let seen = visible(text);
    if seen == text {
        return Ok(());
    }
    let odd = text
        .chars()
        .zip(seen.chars().map(Some).chain(std::iter::repeat(None)))
        .find(|(c, kept)| Some(*c) != *kept);
    let code = odd.map_or(0, |(c, _)| u32::from(c));
    Err(Refusal::Invisible(format!("U+{code:04X}")))
}
