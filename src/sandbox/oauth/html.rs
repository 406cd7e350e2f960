//! The page that asks, and the one that says why it does not. Every value is escaped by the template's own
//! construction; the style sheet, a constant, is the only thing that goes in as it is.

use std::sync::LazyLock;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use http::{StatusCode, header};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

use super::authorize::Asking;
use crate::sandbox::{answer::Answer, state::Teammate};

const STYLE: &str = include_str!("html/style.css");

/// What the registered client is called.
const APP: &str = "front-mcp";

/// This one style sheet and nothing else. Forms may lead anywhere by `http` or `https`: browsers hold this rule
/// against the redirect that follows a form too, and the language of it has no word for `[::1]`.
fn policy() -> &'static str {
    static POLICY: LazyLock<String> = LazyLock::new(|| {
        let digest = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
        format!(
            "default-src 'none'; style-src 'sha256-{digest}'; form-action 'self' http: https:; frame-ancestors 'none'; base-uri 'none'"
        )
    });
    &POLICY
}

/// A page with the headers that keep it to itself.
pub(super) fn answer(status: StatusCode, page: Markup) -> Answer {
    let mut answer = Answer::bytes("text/html; charset=utf-8", page.into_string())
        .with_header(header::CONTENT_SECURITY_POLICY.as_str(), policy())
        .with_header(header::REFERRER_POLICY.as_str(), "no-referrer")
        .with_header(header::X_CONTENT_TYPE_OPTIONS.as_str(), "nosniff");
    answer.status = status;
    answer
}

/// The page of a request that leads nowhere.
pub(super) fn error(words: &str) -> Answer {
    let content = html! {
        h1 { "This app cannot be connected" }
        p.warning role="alert" { (words) }
        p.small { "Nothing was allowed, and nobody was told. Go back to the app and begin again." }
    };
    answer(StatusCode::BAD_REQUEST, page("Not connected", &content))
}

/// The page that asks a teammate.
pub(super) fn consent(company: &str, teammates: &[&Teammate], asking: &Asking) -> Markup {
    let origin = asking.redirect_uri.origin();
    let content = html! {
        h1 { "Connect " strong { (APP) } " to " bdi { (company) } "?" }
        p.lead { "The app asks to work in this company’s Front. It will be able to:" }
        ul.scopes {
            li { "read conversations, comments, contacts and tags" }
            li { "change them: archive, assign, tag, comment, draft" }
            li { "send messages to customers" }
        }
        form method="post" action="/oauth/authorize" {
            @for (name, value) in asking.fields() {
                input type="hidden" name=(name) value=(value);
            }
            fieldset {
                legend { "Who are you?" }
                @for (index, teammate) in teammates.iter().enumerate() {
                    (choice(teammate, index == 0))
                }
            }
            div.buttons {
                button.allow type="submit" name="decision" value="allow" { "Allow" }
                button.deny type="submit" name="decision" value="deny" { "Deny" }
            }
        }
        p.small { "Either way you go back to " code { (origin) } ", on this machine." }
    };
    page(&format!("Connect {APP}"), &content)
}

fn choice(teammate: &Teammate, chosen: bool) -> Markup {
    let names = [&teammate.first_name, &teammate.last_name];
    let initials: String = names
        .iter()
        .filter_map(|name| name.chars().next())
        .collect();
    html! {
        label.teammate {
            input type="radio" name="teammate" value=(teammate.id) checked[chosen] required;
            span.initials aria-hidden="true" { (initials) }
            span.person {
                span.name { bdi { (teammate.first_name) " " (teammate.last_name) } }
                span.small { (teammate.email) }
            }
            @if teammate.is_admin {
                span.badge { "Administrator" }
            } @else {
                span.badge.plain { "Teammate" }
            }
        }
    }
}

fn page(title: &str, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · sandbox Front" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header { p.brand { "Front" span { "sandbox" } } }
                main { (content) }
                footer { p.small { "This is front-mcp’s sandbox. No such company exists, and nothing leaves this machine." } }
            }
        }
    }
}
