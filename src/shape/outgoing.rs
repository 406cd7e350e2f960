//! What an agent writes, as Front will send it.
//!
//! Whatever the format, the result is HTML of our own writing: the body is read into a tree, the tree is refused or
//! accepted as a whole, and what is sent is written from it. So what an approver reads and what a mail program shows
//! come from one tree, and markup that two parsers would read in two ways never leaves.

mod check;
mod write;

use pulldown_cmark::{Event, Options, Parser};

use super::html::parse;
use super::mail;
use super::visible::first_invisible;

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// CommonMark with tables and strikethrough; HTML in it is text.
    Markdown,
    /// HTML, of the elements and attributes that mail needs.
    Html,
    /// Text as it stands.
    Text,
}

/// A body, ready to be sent and ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// What Front is given.
    pub html: String,
    /// The same words as plain text, for whoever approves it.
    pub text: String,
}

/// Why a body is not sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is nothing in it.
    #[error("the body is empty")]
    Empty,
    /// It is longer than a mail can be.
    #[error("the body is too long or nested too deep")]
    TooLarge,
    /// It holds a character that readers cannot see.
    #[error("the body holds an invisible character: U+{code:04X} after `{before}`; remove it", code = u32::from(*.found))]
    Invisible {
        /// The character.
        found: char,
        /// The words before it.
        before: String,
    },
    /// It holds an element that mail must not have.
    #[error(
        "the body holds an element that is not sent: `<{0}>`; use text, links, lists and tables"
    )]
    Element(String),
    /// It holds an attribute that runs code or loads something.
    #[error("the body holds an attribute that is not sent: `{0}`; remove it")]
    Attribute(String),
    /// It holds a style that may hide or move text.
    #[error("the body holds a style that is not sent: `{0}`; remove it")]
    Style(String),
    /// It holds text that its readers would not see.
    #[error("the body holds hidden text: `{0}`; remove it or make it visible")]
    Hidden(String),
    /// It holds an image that is fetched from elsewhere.
    #[error("the body holds a remote image: `{0}`; attach the file or write a link")]
    RemoteImage(String),
    /// It holds a link that is neither web, mail nor telephone.
    #[error("the body holds a link that is not sent: `{0}`; only http, https, mailto and tel are")]
    Link(String),
}

/// Makes what an agent wrote ready to be sent.
///
/// # Errors
/// When a reader would not see all of it, or it would load or run anything.
pub fn outgoing(body: &str, format: Format) -> Result<Outgoing, Refusal> {
    let body = body.replace("\r\n", "\n");
    if let Some((at, found)) = first_invisible(&body) {
        return Err(check::invisible(&body, at, found));
    }
    let source = match format {
        Format::Markdown => from_markdown(&body),
        Format::Text => from_text(&body),
        Format::Html => body,
    };
    let tree = parse::parse(&source);
    check::check(&tree)?;
    mail::seen_of(&tree).map_err(Refusal::Hidden)?;
    let html = write::write(&tree);
    // Shown is what is sent, not what it was made from: the view is read back from the very bytes.
    let text = mail::seen_of(&parse::parse(&html)).map_err(Refusal::Hidden)?;
    if text.is_empty() {
        return Err(Refusal::Empty);
    }
    Ok(Outgoing { html, text })
}

/// Markdown as HTML. HTML in it becomes text, and a line break stays one: mail has always had it so.
fn from_markdown(body: &str) -> String {
    let parser = Parser::new_ext(body, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    let events = parser.map(|event| match event {
        Event::Html(html) | Event::InlineHtml(html) => Event::Text(html),
        Event::SoftBreak => Event::HardBreak,
        other => other,
    });
    let mut html = String::with_capacity(body.len() * 3 / 2);
    pulldown_cmark::html::push_html(&mut html, events);
    html
}

/// Text as HTML: blank lines part paragraphs, line breaks stay.
fn from_text(body: &str) -> String {
    let mut html = String::with_capacity(body.len() + 64);
    let mut open = false;
    for line in body.split('\n') {
        if line.trim().is_empty() {
            if std::mem::take(&mut open) {
                html.push_str("</p>\n");
            }
            continue;
        }
        html.push_str(if open { "<br>\n" } else { "<p>" });
        open = true;
        write::escape_text(&mut html, line);
    }
    if open {
        html.push_str("</p>\n");
    }
    html
}
