//! What an agent writes, as what Front sends.

use super::mail::{Quotes, from_html};
use super::visible::visible;
use pulldown_cmark::{Event, Options, Parser, html};

/// What the body is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// CommonMark with tables and strikethrough.
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
    /// There is nothing in it.
    #[error("the body is empty")]
    Empty,
    /// It holds characters that a reader cannot see.
    #[error("the body holds the invisible character {0}; remove it")]
    Invisible(String),
}

/// Turns a body into the HTML that Front sends, and the text a reader sees.
///
/// # Errors
/// When the body is empty or holds what a mail must not contain.
pub fn outgoing(body: &str, format: Format) -> Result<Outgoing, Refusal> {
    if body.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    let lines = body.replace("\r\n", "\n").replace('\r', "\n");
    let seen = visible(&lines);
    if seen != lines {
        let odd = lines.chars().zip(seen.chars()).find(|(a, b)| a != b);
        let odd = odd.map_or('\0', |(a, _)| a);
        return Err(Refusal::Invisible(format!("U+{:04X}", u32::from(odd))));
    }
    let html = match format {
        Format::Markdown => {
            let mut out = String::new();
            let events = Parser::new_ext(
                &lines,
                Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH,
            );
            html::push_html(
                &mut out,
                events.map(|event| match event {
                    Event::Html(raw) | Event::InlineHtml(raw) => Event::Text(raw),
                    other => other,
                }),
            );
            out
        }
        Format::Html => lines,
        Format::Text => format!(
            "<p>{}</p>",
            lines
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('\n', "<br>")
        ),
    };
    let text = from_html(&html, Quotes::Keep).markdown;
    Ok(Outgoing { html, text })
}
