//! The words of the pages. Every value is escaped by the template's own construction: nothing here
//! writes markup from a string.

mod envelope;
mod outcome;

use jiff::{Timestamp, tz::TimeZone};
use maud::{Markup, html};

pub use self::envelope::{Shown, envelope};
use crate::{
    gate::envelope::Envelope,
    shape::visible::{one_line, visible},
    web::frame::{self, Head},
};

/// A whole page. `refresh` leads the browser to the same address once more.
fn page(title: &str, refresh: Option<&str>, content: &Markup) -> Markup {
    frame::page(
        &Head {
            part: "approval",
            title,
            refresh,
        },
        content,
    )
}

/// A page that says one thing. `link` is a path of ours with its label.
pub fn notice(title: &str, words: &str, link: Option<(&str, &str)>) -> Markup {
    page(title, None, &frame::notice(title, words, link))
}

/// Leads a browser to where it already is: then it shows the cookie that it keeps back from those
/// whom a file or another page led here.
pub fn again(path: &str) -> Markup {
    let content = html! {
        h1 { "One moment" }
        p { a href=(path) { "Go on to the message" } }
    };
    page("One moment", Some(path), &content)
}

/// The form that asks for the approver's PIN.
pub fn pin(action: &str, mark: &str, remark: Option<&str>) -> Markup {
    let content = html! {
        h1 { "Who is there?" }
        p.lead {
            "This address was not opened for this browser. Type the approver’s PIN to see the messages that wait."
        }
        @if let Some(remark) = remark {
            p.warning role="alert" { (remark) }
        }
        form.pin method="post" action=(action) {
            input type="hidden" name="mark" value=(mark);
            label for="pin" { "Approver’s PIN" }
            input #pin type="password" name="pin" autocomplete="off" required maxlength="128";
            button.quiet type="submit" { "Go on" }
        }
        p.small { "The PIN is the one that was set with " code { "front-mcp approver set" } "." }
    };
    page("Approver’s PIN", None, &content)
}

/// The form by which an approver of a server that others reach says who they are.
pub fn sign_in(action: &str, mark: &str, remark: Option<&str>) -> Markup {
    let content = html! {
        h1 { "Who decides?" }
        p.lead {
            "A message waits for one of its approvers. Sign in to read it, and to send or decline it."
        }
        @if let Some(remark) = remark {
            p.warning role="alert" { (remark) }
        }
        form.pin method="post" action=(action) {
            input type="hidden" name="mark" value=(mark);
            label for="name" { "Name" }
            input #name type="text" name="name" autocomplete="username" autocapitalize="none" spellcheck="false" required maxlength="64";
            label for="pin" { "PIN or password" }
            input #pin type="password" name="pin" autocomplete="current-password" required maxlength="256";
            button.quiet type="submit" { "Sign in" }
        }
        p.small {
            "Name and password are those of "
            code { "front-mcp approver set --name" }
            ", which the operator of this server ran with you. Looking sends nothing."
        }
    };
    page("Sign in", None, &content)
}

/// What is said of a link that opens nothing for whoever came; who signed in may be somebody else.
pub fn not_yours(leave: Option<(&str, &str, &str)>) -> Markup {
    let content = html! {
        h1 { "This link opens nothing for you" }
        p.lead {
            "There is no such message, or it is for others to decide, or it is no longer kept. Nothing was sent and nothing was declined."
        }
        @if let Some((action, mark, name)) = leave {
            form.leave method="post" action=(action) aria-label="Signed in" {
                input type="hidden" name="mark" value=(mark);
                "Signed in as " strong { bdi { (line(name)) } } " "
                button.link type="submit" name="choice" value="leave" { "Sign out" }
            }
        }
    };
    page("Nothing here", None, &content)
}

/// What is said where no PIN was set.
pub fn no_pin() -> Markup {
    let content = html! {
        h1 { "This address opens nothing here" }
        p.lead {
            "It was opened for another browser, or it was never one of this server’s, or its time is over."
        }
        p {
            "To approve from any browser of this machine, set a PIN in a terminal first: "
            code { "front-mcp approver set" }
            ". Then reload this page."
        }
        p.small { "This page has sent nothing and declined nothing." }
    };
    page("Nothing here", None, &content)
}

/// All that wait, as links.
pub fn list(pending: &[Envelope], path: &str, now: Timestamp) -> Markup {
    let content = html! {
        h1 { "Waiting for you" }
        @if pending.is_empty() {
            p.lead { "No message waits for a decision." }
        } @else {
            p.lead { "Open a message to read all of it. Nothing is sent from this list." }
            ul.list {
                @for envelope in pending {
                    li { (row(envelope, path, now)) }
                }
            }
        }
        p.small { "Reload the page to look again." }
    };
    page("Messages that wait", None, &content)
}

fn row(envelope: &Envelope, path: &str, now: Timestamp) -> Markup {
    let letter = &envelope.letter;
    let people: Vec<_> = letter
        .to
        .iter()
        .chain(&letter.cc)
        .chain(&letter.bcc)
        .collect();
    let subject = match &letter.subject {
        Some(subject) if !subject.trim().is_empty() => line(subject),
        _ => "Message without a subject of its own".to_owned(),
    };
    html! {
        a href={ (path) "/" (envelope.id) } { bdi { (subject) } }
        p {
            "To "
            @for (index, address) in people.iter().enumerate() {
                @if index > 0 { ", " }
                bdi.address { (line(address)) }
            }
        }
        p.small {
            "Asked by " bdi { (line(&envelope.caller.client)) } ", " (left(envelope.expires, now))
        }
    }
}

/// Somebody's words on one line, with nothing invisible. Never shortened: who decides sees all.
fn line(text: &str) -> String {
    one_line(text, usize::MAX).into_owned()
}

/// Somebody's words with their lines, with nothing invisible.
fn lines(text: &str) -> String {
    visible(text).into_owned()
}

/// A time on this machine's clock.
pub fn clock(at: Timestamp) -> String {
    at.to_zoned(TimeZone::system())
        .strftime("%H:%M:%S (UTC%:z), %-d %B %Y")
        .to_string()
}

/// How long something is still good.
fn left(until: Timestamp, now: Timestamp) -> String {
    match until.duration_since(now).as_secs() {
        ..=0 => "its time is over".to_owned(),
        1..=89 => "can be decided for about one more minute".to_owned(),
        seconds => format!(
            "can be decided for about {} more minutes",
            (seconds + 30) / 60
        ),
    }
}

fn count(number: usize, one: &str, many: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        _ => format!("{number} {many}"),
    }
}
