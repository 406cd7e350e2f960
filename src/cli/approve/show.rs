//! What a person at a terminal reads. Nothing that a stranger wrote reaches it with control
//! characters: a terminal obeys them.

use std::{fmt::Write as _, path::Path};

use crate::{
    gate::envelope::{Envelope, State},
    shape::{
        time::iso,
        visible::{one_line, visible},
    },
    tools::{question, sending::approvers},
};

/// All that wait, one a line.
pub fn list(pending: &[Envelope], folder: &Path) -> String {
    if pending.is_empty() {
        return format!(
            "No message waits for a decision in {}. A server with another `--state-dir` keeps its own.",
            folder.display()
        );
    }
    let mut text = String::new();
    for envelope in pending {
        let letter = &envelope.letter;
        let people: Vec<_> = [&letter.to, &letter.cc, &letter.bcc]
            .into_iter()
            .flatten()
            .map(|address| one_line(address, 320))
            .collect();
        let _ = writeln!(
            text,
            "{}  until {}  to {}{}  | {}",
            envelope.id,
            iso(envelope.expires),
            people.join(", "),
            decided_by(envelope),
            one_line(&letter.text, 60)
        );
    }
    text.push_str("\nDecide with `front-mcp approve ENVELOPE`.");
    text
}

fn decided_by(envelope: &Envelope) -> String {
    match &envelope.approvers {
        None => String::new(),
        Some(_) => format!("  for {} (`--as NAME`)", approvers(envelope)),
    }
}

/// One message, whole.
pub fn whole(envelope: &Envelope) -> String {
    let mut text = question::facts(envelope);
    for file in &envelope.letter.attachments {
        let _ = writeln!(
            text,
            "Attachment: {}, {} bytes, SHA-256 {}",
            one_line(&file.name, 255),
            file.size,
            file.sha256
        );
    }
    let _ = writeln!(
        text,
        "Envelope: {}, digest {}, until {}",
        envelope.id,
        envelope.digest,
        iso(envelope.expires)
    );
    text.push_str(&question::body(envelope));
    text
}

/// What became of it.
pub fn outcome(envelope: &Envelope) -> String {
    match envelope.state {
        State::Sealed => "Nothing was decided; the message still waits.".to_owned(),
        State::Approved => "Approved, and not sent: the server that sealed it runs no more, its policy or limits hold the message back, or Front did not take it. Its log tells; the agent can release it with `confirm-send` until it expires.".to_owned(),
        State::Sending => "Being sent; `check-send` tells what becomes of it.".to_owned(),
        State::Sent => "Sent: accepted by Front.".to_owned(),
        State::Failed => {
            let said = envelope.refusal.as_ref().map_or("", |said| said.raw());
            format!("Not sent: Front refused it: {}", visible(&one_line(said, 300)))
        }
        State::Unknown => "UNKNOWN whether it was sent: look at the conversation in Front. It will not be sent again.".to_owned(),
        State::Declined => "Declined: it will not be sent.".to_owned(),
        State::Expired => "Not sent: its time is over, or the conversation changed.".to_owned(),
    }
}
