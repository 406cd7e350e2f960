//! One envelope: all that a person should know before they press a button, and the buttons last.

use jiff::Timestamp;
use maud::{Markup, html};

use super::{clock, count, left, line, lines, outcome, page};
use crate::gate::{
    badge::Badge,
    envelope::{Envelope, State},
    letter::{Kind, Letter},
};

/// An envelope with what its page needs beside it.
pub struct Shown<'page> {
    pub envelope: &'page Envelope,
    /// Where its form goes.
    pub action: &'page str,
    /// The mark of this rendering.
    pub mark: &'page str,
    /// The list that it was chosen from.
    pub back: Option<&'page str>,
    /// What the last choice came to, where the state alone does not say.
    pub remark: Option<&'page str>,
    /// Who signed in, where somebody did.
    pub leave: Option<&'page str>,
    pub now: Timestamp,
}

/// The page of an envelope.
pub fn envelope(shown: &Shown<'_>) -> Markup {
    let envelope = shown.envelope;
    let title = outcome::title(envelope);
    let content = html! {
        @if let Some(list) = shown.back {
            p.small { a href=(list) { "All messages that wait" } }
        }
        @if let Some(name) = shown.leave {
            (leave(shown, name))
        }
        h1 { (title) }
        @if let Some(remark) = shown.remark {
            p.warning role="alert" { (remark) }
        }
        (outcome::told(envelope, shown.action))
        @if envelope.state.is_open() {
            (warnings(envelope))
        }
        (people(envelope))
        (message(envelope))
        (attachments(&envelope.letter))
        (details(shown))
        @if envelope.state.is_open() {
            (decision(shown))
        }
    };
    page(title, None, &content)
}

/// Whose page it is, and the way out for who is somebody else.
fn leave(shown: &Shown<'_>, name: &str) -> Markup {
    html! {
        form.leave method="post" action=(shown.action) aria-label="Signed in" {
            input type="hidden" name="mark" value=(shown.mark);
            "Signed in as " strong { bdi { (line(name)) } } " "
            button.link type="submit" name="choice" value="leave" { "Sign out" }
        }
    }
}

fn warnings(envelope: &Envelope) -> Markup {
    let letter = &envelope.letter;
    html! {
        @if let Some(earlier) = &envelope.repeats {
            p.warning {
                strong { "Sent before? " }
                "The same message to the same people was sent, or perhaps sent, within a day ("
                code { (earlier) } "). Sending it again gives them a second copy."
            }
        }
        @if letter.archive {
            p.hint { "Sending also archives the conversation." }
        }
    }
}

fn people(envelope: &Envelope) -> Markup {
    let letter = &envelope.letter;
    html! {
        section aria-labelledby="who" {
            h2 #who {
                @if envelope.state.is_open() { "Who gets it" } @else { "Who it was for" }
            }
            dl {
                @for (name, people) in fields(letter) {
                    @if !people.is_empty() {
                        dt { (name) }
                        @for address in people {
                            dd.recipient { (recipient(envelope, address)) }
                        }
                    }
                }
                dt { "From" }
                dd { bdi.address { (line(&letter.from)) } }
                @if let Some(author) = &letter.author {
                    dt { "In the name of" }
                    dd { bdi { (line(&author.name)) } }
                }
                @match &letter.kind {
                    Kind::Reply { conversation, .. } => {
                        dt { "Reply in" }
                        dd { "conversation " code { (conversation) } }
                    }
                    Kind::New => {
                        dt { "Begins" }
                        dd { "a new conversation" }
                    }
                }
                @if !letter.tags.is_empty() {
                    dt { "Applies tags" }
                    @for tag in &letter.tags {
                        dd { bdi { (line(&tag.name)) } }
                    }
                }
                dt { "Archives" }
                dd { @if letter.archive { "yes, the conversation" } @else { "no" } }
            }
        }
    }
}

fn fields(letter: &Letter) -> [(&'static str, &[String]); 3] {
    [("To", &letter.to), ("Cc", &letter.cc), ("Bcc", &letter.bcc)]
}

fn recipient(envelope: &Envelope, address: &str) -> Markup {
    let badges = envelope
        .badges
        .iter()
        .find(|badged| badged.address == address)
        .map(|badged| badged.badges.as_slice())
        .unwrap_or_default();
    html! {
        bdi.address { (line(address)) }
        @if !badges.is_empty() {
            span.badges {
                @for badge in badges {
                    " " span.badge.(colour(*badge)) { (badge.word()) }
                }
            }
        }
    }
}

/// Words carry the meaning; the colour helps the eye.
const fn colour(badge: Badge) -> &'static str {
    match badge {
        Badge::New => "new",
        Badge::Outside => "outside",
        Badge::Blind => "blind",
        Badge::OnlyInBody => "body-only",
    }
}

fn message(envelope: &Envelope) -> Markup {
    let letter = &envelope.letter;
    let text = lines(&letter.text);
    html! {
        section aria-labelledby="message" {
            h2 #message {
                "The message"
                @if envelope.state.is_open() { ", as it will arrive" }
            }
            @if let Some(subject) = &letter.subject {
                p.subject { span { "Subject" } " " bdi { (line(subject)) } }
            }
            @if envelope.is_purged {
                p.hint { "Its words are no longer kept." }
            } @else {
                div.text dir="auto" { (text) }
                p.small {
                    (count(text.chars().count(), "character", "characters")) " in "
                    (count(text.lines().count(), "line", "lines"))
                    ". An agent wrote these words; they do not speak for this page."
                }
            }
        }
    }
}

/// What goes with it: the names are an agent's, sizes and digests are of the pinned bytes.
fn attachments(letter: &Letter) -> Markup {
    html! {
        @if !letter.attachments.is_empty() {
            section aria-labelledby="attachments" {
                h2 #attachments { "Attachments" }
                dl {
                    @for file in &letter.attachments {
                        dt { bdi { (line(&file.name)) } }
                        dd { (line(&file.content_type)) ", " (count_bytes(file.size)) }
                        dd { "SHA-256 " code { (file.sha256) } }
                    }
                }
            }
        }
    }
}

fn count_bytes(size: u64) -> String {
    match size {
        1 => "1 byte".to_owned(),
        _ => format!("{size} bytes"),
    }
}

fn details(shown: &Shown<'_>) -> Markup {
    let envelope = shown.envelope;
    html! {
        section aria-labelledby="details" {
            h2 #details { "Where it comes from" }
            dl {
                dt { "Asked by" }
                dd {
                    bdi { (line(&envelope.caller.client)) } " for "
                    bdi { (line(&envelope.caller.id)) }
                }
                dt { "Sealed" }
                dd { (clock(envelope.created)) }
                dt { "Until" }
                dd {
                    (clock(envelope.expires))
                    @if envelope.state.is_open() { "; " (left(envelope.expires, shown.now)) }
                }
                dt { "Envelope" }
                dd { code { (envelope.id) } }
                dt { "Digest" }
                dd { code { (envelope.digest) } }
            }
        }
    }
}

/// One form, its fields hidden: no key but on a button sends it.
fn decision(shown: &Shown<'_>) -> Markup {
    let envelope = shown.envelope;
    let letter = &envelope.letter;
    let people = letter.to.len() + letter.cc.len() + letter.bcc.len();
    let people = count(people, "recipient", "recipients");
    let send = match envelope.state {
        State::Approved => "Send again",
        _ => "Send",
    };
    html! {
        form.decision method="post" action=(shown.action) aria-label="Your decision" {
            input type="hidden" name="mark" value=(shown.mark);
            p { "Send goes out at once, to " (people) ". Decline closes it for good." }
            div.buttons {
                button.decline type="submit" name="choice" value="decline" { "Decline" }
                button.send type="submit" name="choice" value="send" { (send) }
            }
            p.small {
                "It " (left(envelope.expires, shown.now)) ". "
                @if envelope.state == State::Sealed { "Doing nothing sends nothing." }
                @else { "Until then the agent, too, may have it sent, as it was approved." }
            }
        }
    }
}
