//! Markdown and plain text as HTML.

use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, html};

use super::Refusal;
use crate::shape::mail::link::Target;
use crate::shape::visible::one_line;

pub(super) fn markdown(body: &str) -> Result<String, Refusal> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut events = Vec::new();
    let mut open = Vec::new();
    for event in Parser::new_ext(body, options) {
        events.push(match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                if Target::read(&dest_url).is_none() {
                    return Err(Refusal::Link(one_line(&dest_url, 60)));
                }
                // A link inside of a link would end the outer one.
                let inner = open.contains(&true);
                open.push(!inner);
                if inner {
                    continue;
                }
                Event::Start(link(dest_url))
            }
            Event::End(TagEnd::Link | TagEnd::Image) => match open.pop() {
                Some(true) => Event::End(TagEnd::Link),
                _ => continue,
            },
            // Typed HTML is part of what the agent says.
            Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
            Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
            Event::Html(raw) | Event::InlineHtml(raw) => Event::Text(raw),
            // `Best,` and the name under it stay two lines.
            Event::SoftBreak => Event::HardBreak,
            other => other,
        });
    }
    let mut out = String::with_capacity(body.len() * 3 / 2);
    html::push_html(&mut out, events.into_iter());
    Ok(out)
}

/// A title would only show under a mouse, so it is left out.
fn link(dest_url: CowStr<'_>) -> Tag<'_> {
    Tag::Link {
        link_type: LinkType::Inline,
        dest_url,
        title: CowStr::Borrowed(""),
        id: CowStr::Borrowed(""),
    }
}

/// Blank lines separate paragraphs, line breaks stay line breaks.
pub(super) fn text(body: &str) -> String {
    let mut out = String::with_capacity(body.len() * 5 / 4);
    let mut open = false;
    for line in body.split('\n') {
        let line = line.trim_end();
        if line.is_empty() {
            if std::mem::take(&mut open) {
                out.push_str("</p>\n");
            }
            continue;
        }
        out.push_str(if open { "<br>\n" } else { "<p>" });
        open = true;
        escape(line, &mut out);
    }
    if open {
        out.push_str("</p>\n");
    }
    out
}

fn escape(line: &str, out: &mut String) {
    let mut before = ' ';
    for c in line.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&nbsp;&nbsp;&nbsp; "),
            // HTML shows several spaces as one.
            ' ' if before == ' ' => out.push_str("&nbsp;"),
            c => out.push(c),
        }
        before = c;
    }
}
