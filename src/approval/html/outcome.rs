//! What became of an envelope, in a person's words, with what to do next.

use maud::{Markup, html};

use super::{clock, lines};
use crate::gate::envelope::{Channel, Envelope, State};

/// The heading of its page.
pub const fn title(envelope: &Envelope) -> &'static str {
    match envelope.state {
        State::Sealed => "Send this message?",
        State::Approved => "Approved, not sent yet",
        State::Sending => "On its way",
        State::Sent => "Sent",
        State::Failed => "Not sent: Front refused it",
        State::Unknown => "Perhaps sent: nobody can know yet",
        State::Declined => "Declined",
        State::Expired => "Expired, not sent",
    }
}

/// What it means.
pub fn told(envelope: &Envelope, here: &str) -> Markup {
    match envelope.state {
        State::Sealed => html! {
            p.lead { "An agent wrote this and asks to send it. Read who gets it and every line; the buttons are at the end." }
        },
        State::Approved => html! {
            p.lead.outcome.wait { "Nothing has left. Front did not take it yet, because of its rate limit or a broken connection, or another message went first. Your yes is kept: send it again in a moment, or decline it." }
        },
        State::Sending => html! {
            p.lead.outcome.wait { "It is being handed to Front now. " a href=(here) { "Look again" } "." }
        },
        State::Sent => html! {
            p.lead.outcome.good { "Front accepted the message" (by(envelope)) ". You can close this page." }
        },
        State::Failed => html! {
            div.outcome.bad {
                p.lead { "No customer got it. The agent can correct it and ask anew." }
                @match &envelope.refusal {
                    Some(said) if !said.is_blank() => {
                        p { "Front said:" }
                        blockquote dir="auto" { (lines(said.raw())) }
                    }
                    _ => p { "Front gave no reason." }
                }
            }
        },
        State::Unknown => html! {
            div.outcome.bad {
                p.lead { "The answer of Front was lost, so the message may have left or not. It is never sent again from here." }
                p { "Look into the conversation in Front, or ask the agent to check. Write anew only when you see that it did not arrive." }
            }
        },
        State::Declined => html! {
            p.lead.outcome.wait { "Nothing was sent, and this message never will be. The agent is told. You can close this page." }
        },
        State::Expired => html! {
            p.lead.outcome.wait { "Nobody approved it in time, or the conversation changed before it could leave. Nothing was sent. The agent can ask anew." }
        },
    }
}

/// Who said yes, and when.
fn by(envelope: &Envelope) -> String {
    let Some(approval) = &envelope.approval else {
        return String::new();
    };
    let way = match approval.channel {
        Channel::Page => "on this page",
        Channel::Elicitation => "in the agent’s own dialog",
        Channel::Terminal => "in a terminal",
        Channel::Agent => "by the agent’s own confirmation",
    };
    let who = match &approval.by {
        Some(name) => format!(" by {name}"),
        None => String::new(),
    };
    format!("; it was approved {way}{who} at {}", clock(approval.at))
}
