//! A report as a page. Every value is escaped by the template's own construction.

use maud::{Markup, html};

use super::{Report, Tone};
use crate::web::frame::{self, Head};

/// The whole page.
pub fn page(report: &Report) -> Markup {
    let tone = match report.tone {
        Tone::Good => "good",
        Tone::Wait | Tone::Astray => "wait",
        Tone::Bad => "bad",
    };
    let content = html! {
        h1 {
            (report.title)
            @if let Some(name) = &report.name { " " bdi { (name) } }
        }
        div class={ "outcome " (tone) } {
            p.lead { (worded(&report.lead)) }
            @if let Some(said) = &report.said {
                p { "Front said:" }
                blockquote dir="auto" { (said) }
            }
        }
        @if !report.facts.is_empty() {
            dl {
                @for (what, company) in &report.facts {
                    dt { (what) }
                    dd { bdi { (company) } }
                }
            }
        }
        @for next in &report.next {
            p { (worded(next)) }
        }
        p.small { (ending(report.tone)) }
    };
    let head = Head {
        part: "sign-in",
        title: report.title,
        refresh: None,
    };
    frame::page(&head, &content)
}

const fn ending(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "You can close this page and go back to the terminal.",
        Tone::Wait => "Go on in the terminal.",
        Tone::Bad => "You can close this page; the terminal says the same.",
        Tone::Astray => "You can close this page.",
    }
}

/// What stands between backticks, as code.
fn worded(text: &str) -> Markup {
    html! {
        @for (index, part) in text.split('`').enumerate() {
            @if index % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}
