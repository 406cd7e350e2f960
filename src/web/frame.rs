//! What all pages look like. Nothing here writes markup from a string, but for the style sheet,
//! which is a constant.

use std::sync::LazyLock;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

const STYLE: &str = include_str!("style.css");

/// The content security policy: this one style sheet, forms to this server, and nothing else.
pub fn policy() -> &'static str {
    static POLICY: LazyLock<String> = LazyLock::new(|| {
        let digest = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
        format!(
            "default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
        )
    });
    &POLICY
}

/// What stands above a page's content.
#[derive(Clone, Copy, Debug)]
pub struct Head<'page> {
    /// Which of our pages it is, beside the program's name.
    pub part: &'page str,
    /// Its title.
    pub title: &'page str,
    /// Leads the browser to this address once more.
    pub refresh: Option<&'page str>,
}

/// A whole page.
pub fn page(head: &Head, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                @if let Some(path) = head.refresh {
                    meta http-equiv="refresh" content={ "0;url=" (path) };
                }
                title { (head.title) " · front-mcp" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header { p.brand { "front-mcp" span { (head.part) } } }
                main { (content) }
            }
        }
    }
}

/// The content of a page that says one thing. `link` is a path of ours with its label.
pub fn notice(title: &str, words: &str, link: Option<(&str, &str)>) -> Markup {
    html! {
        h1 { (title) }
        p.lead { (words) }
        @if let Some((path, label)) = link {
            p { a href=(path) { (label) } }
        }
    }
}
