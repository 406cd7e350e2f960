//! What a person reads who is asked through the host: our words first, then the recipients, then
//! the body with a mark before every line, so that nothing in it can pass for the question.

use std::fmt::Write as _;

use super::sending::{Envelope, Kind};
use crate::shape::visible::{one_line, visible};

/// The whole question about an envelope.
pub fn text(envelope: &Envelope) -> String {
    format!(
        "Send this message? To send it, type this word: {}\nAnything else sends nothing.\n\n{}{}",
        envelope.word,
        facts(envelope),
        body(envelope),
    )
}

/// Who asks what to go to whom: our words, and one line of others' behind each.
pub fn facts(envelope: &Envelope) -> String {
    let letter = &envelope.letter;
    let mut text = String::new();
    for (name, people) in [("To", &letter.to), ("Cc", &letter.cc), ("Bcc", &letter.bcc)] {
        for address in people {
            let _ = writeln!(
                text,
                "{name}: {}{}",
                plain(address, 320),
                marks(envelope, address)
            );
        }
    }
    let _ = writeln!(text, "From: {}", plain(&letter.from, 320));
    if let Some(author) = &letter.author {
        let _ = writeln!(text, "In the name of: {}", plain(&author.name, 160));
    }
    if let Some(subject) = &letter.subject {
        let _ = writeln!(text, "Subject: {}", plain(subject, 900));
    }
    if let Kind::Reply { conversation, .. } = &letter.kind {
        let _ = writeln!(text, "Reply in: {conversation}");
    }
    for tag in &letter.tags {
        let _ = writeln!(text, "Applies the tag: {}", plain(&tag.name, 160));
    }
    if letter.archive {
        text.push_str("Archives the conversation.\n");
    }
    if envelope.repeats.is_some() {
        text.push_str("Warning: the same message to the same people was sent, or perhaps sent, within a day.\n");
    }
    let _ = writeln!(text, "Asked by: {}", plain(&envelope.caller.client, 60));
    text
}

/// The message, with a mark before every line.
pub fn body(envelope: &Envelope) -> String {
    let letter = &envelope.letter;
    let mut text = "\nThe message, each line behind a bar:\n".to_owned();
    for line in visible(&letter.text).lines() {
        let _ = writeln!(text, "| {line}");
    }
    text
}

fn marks(envelope: &Envelope, address: &str) -> String {
    let badged = envelope.badges.iter().find(|one| one.address == address);
    let words: Vec<_> = badged
        .map(|one| one.badges.iter().map(|badge| badge.word()).collect())
        .unwrap_or_default();
    match words.is_empty() {
        true => String::new(),
        false => format!("  ({})", words.join(", ")),
    }
}

/// On one line, with nothing invisible.
fn plain(text: &str, most: usize) -> String {
    one_line(text, most).into_owned()
}
