//! One thing that happened, as a row: when, what, who, with what, where.

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    ToolError, analytics, arguments,
    conversation_row::{Counterpart, Person},
};
use crate::{
    front::{
        id::{ConversationId, EventId, TeammateId},
        model::event::{Event, Part, Thing},
    },
    shape::{moment::Moment, text::Text, tokens::estimate, words::Words},
    untrusted::Untrusted,
};

/// Front's types of events (`EventResponse`), each beside the word that people have for it.
const TYPES: [(&str, &str); 37] = [
    ("assign", "assigned"),
    ("unassign", "unassigned"),
    ("archive", "archived"),
    ("reopen", "reopened"),
    ("trash", "trashed"),
    ("restore", "restored"),
    ("reminder", "unsnoozed"),
    ("comment", "commented"),
    ("mention", "mentioned"),
    ("inbound", "received"),
    ("outbound", "started"),
    ("out_reply", "replied"),
    ("move", "moved"),
    ("forward", "forwarded"),
    ("tag", "tagged"),
    ("untag", "untagged"),
    ("sending_error", "not_sent"),
    ("message_bounce_error", "bounced"),
    ("conversations_merged", "merged"),
    ("link_added", "linked"),
    ("link_removed", "unlinked"),
    ("custom_field_updated", "field_changed"),
    ("macro_triggered", "macro_run"),
    ("topic_identified", "topic_found"),
    ("ticket_status_update", "ticket_status_changed"),
    ("call_started", "call"),
    ("call_abandoned", "call"),
    ("call_queued", "call"),
    ("call_on_hold", "call"),
    ("call_parked", "call"),
    ("call_resumed", "call"),
    ("call_connected", "call"),
    ("call_missed", "call"),
    ("call_hangup", "call"),
    ("call_transferred", "call"),
    ("call_transcript_added", "call"),
    ("call_voicemail_transcript_added", "call"),
];

/// Words for several types.
const GROUPS: [(&str, &[&str]); 2] = [
    ("sent", &["outbound", "out_reply"]),
    ("message", &["inbound", "outbound", "out_reply"]),
];

/// What may stand at either end of an event.
const ENDS: [&str; 14] = [
    "api",
    "comment",
    "custom_field",
    "deleted_conversation_ids",
    "gmail",
    "imap",
    "inboxes",
    "link",
    "message",
    "oauth_client",
    "recipient",
    "reminder",
    "rule",
    "tag",
];

/// What is shown of a text in a list.
const SHORT: usize = 120;

/// What is shown of a text by itself.
const LONG: usize = 4_000;

/// One event.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EventRow {
    /// The event.
    pub id: EventId,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Moment>,
    /// Front's type, such as `inbound`.
    #[serde(rename = "type")]
    pub kind: Words,
    /// Who did it, or by what it was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<End>,
    /// Who a message came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Counterpart>,
    /// With what, or for whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<End>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversation: Option<Where>,
}

/// One end of an event.
#[derive(Debug, Serialize, JsonSchema)]
pub struct End {
    /// What it is, such as `teammate`, `rule`, `inboxes`, `message` or `tag`.
    pub kind: Words,
    /// A teammate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub teammate: Option<Person>,
    /// The id of anything else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Words>,
    /// A name, or the first words of a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Words>,
}

/// A conversation in short.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Where {
    /// The conversation.
    pub id: ConversationId,
    /// Its subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<Words>,
}

/// Front's types for what was asked: by Front's word, by people's, or by a word for several.
pub fn types(given: &[String]) -> Result<Vec<&'static str>, ToolError> {
    let mut found: Vec<&'static str> = Vec::new();
    for (index, one) in given.iter().enumerate() {
        let wanted = one.trim().to_lowercase().replace([' ', '-'], "_");
        let wanted = match wanted.as_str() {
            "calls" | "messages" => wanted.trim_end_matches('s'),
            other => other,
        };
        let group = GROUPS.into_iter().find(|(word, _)| *word == wanted);
        let fitting: Vec<_> = TYPES
            .into_iter()
            .filter(|(name, word)| {
                let is_in_group = group.is_some_and(|(_, names)| names.contains(name));
                *name == wanted || *word == wanted || is_in_group
            })
            .map(|(name, _)| name)
            .collect();
        if fitting.is_empty() {
            return Err(unknown(index, one));
        }
        found.extend(fitting);
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

fn unknown(index: usize, wanted: &str) -> ToolError {
    let names = TYPES.iter().flat_map(|(name, word)| [*name, *word]);
    let mut message = Text::of("Front has no such type of events: ");
    message
        .quote_text(&arguments::clip(wanted))
        .say("; the nearest are ")
        .say(analytics::likely(wanted, names));
    let mut next = Text::of("call again with one of ");
    next.say(arguments::list(TYPES.iter().map(|(name, _)| *name)))
        .say(", or `call`, `message` or `sent` for several");
    ToolError::invalid(format!("types[{index}]"), message).next_text(next)
}

impl EventRow {
    /// In a list.
    pub fn short(event: &Event) -> Self {
        Self::of(event, SHORT)
    }

    /// By itself.
    pub fn long(event: &Event) -> Self {
        Self::of(event, LONG)
    }

    fn of(event: &Event, most: usize) -> Self {
        let message = event.target.things().next();
        let is_inbound = event.kind == "inbound";
        Self {
            id: event.id.clone(),
            at: Moment::from_front(event.emitted_at),
            kind: Words::line(&Untrusted::new(event.kind.clone())),
            by: End::of(&event.source, most),
            from: message
                .filter(|_| is_inbound)
                .and_then(|message| message.sender())
                .map(|sender| Counterpart::of(&sender)),
            target: End::of(&event.target, most),
            conversation: event.conversation.as_ref().map(|conversation| Where {
                id: conversation.id.clone(),
                subject: Words::some_line(&conversation.subject),
            }),
        }
    }

    /// Tokens that the row costs at the most, with what stands around its words.
    pub fn cost(&self) -> usize {
        let ends = self.by.iter().chain(&self.target);
        let ends = ends.flat_map(|end| {
            let name = end.teammate.as_ref().map(|one| &one.name);
            [Some(&end.kind), name, end.id.as_ref(), end.text.as_ref()]
        });
        let from = self.from.iter();
        let from = from.flat_map(|from| [from.name.as_ref(), Some(&from.handle)]);
        let place = self.conversation.as_ref();
        let words = ends.chain(from).chain([
            Some(&self.kind),
            place.and_then(|place| place.subject.as_ref()),
        ]);
        words
            .flatten()
            .map(|one| estimate(one.as_str()))
            .sum::<usize>()
            + 70
    }

    /// `Wed 2026-03-18T09:14:05Z evt_1 inbound from «name <handle>» ...`.
    pub fn say(&self, text: &mut Text) {
        if let Some(at) = self.at {
            text.say(weekday(at)).say(" ").say(at).say(" ");
        }
        text.say(&self.id).say(" ");
        match TYPES.iter().find(|(name, _)| *name == self.kind.as_str()) {
            Some((name, _)) => text.say(*name),
            None => text.quote(&self.kind),
        };
        if let Some(from) = &self.from {
            text.say(" from ");
            from.say(text);
        }
        if let Some(by) = &self.by {
            text.say(" by ");
            by.say(text);
        }
        if let Some(target) = &self.target {
            text.say(": ");
            target.say(text);
        }
        if let Some(place) = &self.conversation {
            text.say("; in ");
            place.say(text);
        }
    }
}

impl Where {
    /// `cnv_1 «subject»`.
    pub fn say(&self, text: &mut Text) {
        text.say(&self.id);
        if let Some(subject) = &self.subject {
            text.say(" ").quote(subject);
        }
    }
}

impl End {
    fn of(part: &Part, most: usize) -> Option<Self> {
        if part.kind().is_empty() {
            return None;
        }
        let things: Vec<_> = part.things().collect();
        let person = things.first().and_then(teammate);
        let said = match things.as_slice() {
            [] => None,
            [one] => Some(words(one)),
            // Inboxes: their names.
            several => {
                let names = several.iter().map(words);
                let names: Vec<_> = names.map(|name| name.raw().to_owned()).collect();
                Some(Untrusted::new(names.join(", ")))
            }
        };
        let id = match things.as_slice() {
            [one] if person.is_none() => Words::some_line(&one.text("id")),
            _ => None,
        };
        Some(Self {
            kind: Words::line(&Untrusted::new(part.kind())),
            text: said
                .filter(|_| person.is_none())
                .map(|said| Words::cut(&said, most))
                .filter(|said| !said.is_empty()),
            teammate: person,
            id,
        })
    }

    fn say(&self, text: &mut Text) {
        if let Some(teammate) = &self.teammate {
            teammate.say(text);
            return;
        }
        match ENDS.iter().find(|kind| **kind == self.kind.as_str()) {
            Some(kind) => text.say(*kind),
            None => text.quote(&self.kind),
        };
        for words in self.id.iter().chain(&self.text) {
            text.say(" ").quote(words);
        }
    }
}

fn teammate(thing: &Thing<'_>) -> Option<Person> {
    let id: TeammateId = thing.id()?;
    let full = format!(
        "{} {}",
        thing.text("first_name").raw(),
        thing.text("last_name").raw()
    );
    let name = match full.trim() {
        "" => thing.first_of(&["username", "email"]),
        name => Untrusted::new(name),
    };
    Some(Person {
        id,
        name: Words::line(&name),
    })
}

/// A name, or what somebody wrote.
fn words(thing: &Thing<'_>) -> Untrusted {
    thing.first_of(&["name", "text", "blurb", "body", "subject", "handle"])
}

/// In UTC, as the time beside it.
fn weekday(at: Moment) -> &'static str {
    // The first day of Unix time was a Thursday.
    match at.seconds().div_euclid(86_400).rem_euclid(7) {
        0 => "Thu",
        1 => "Fri",
        2 => "Sat",
        3 => "Sun",
        4 => "Mon",
        5 => "Tue",
        _ => "Wed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_understood_by_either_word_and_by_groups() {
        let asked = |words: &[&str]| {
            let words: Vec<_> = words.iter().map(|word| (*word).to_owned()).collect();
            types(&words)
        };
        assert_eq!(
            asked(&["Tagged", "tag", "archive"]).unwrap(),
            ["archive", "tag"]
        );
        assert_eq!(asked(&["messages"]).unwrap().len(), 3);
        assert_eq!(asked(&["calls"]).unwrap().len(), 12);
        let error = asked(&["tag", "asigned"]).unwrap_err();
        assert_eq!(error.field.as_deref(), Some("types[1]"));
        assert!(error.text().contains("`assigned`"), "{}", error.text());
    }

    #[test]
    fn weekdays_are_those_of_the_calendar() {
        for (seconds, day) in [(0.5, "Thu"), (1_773_792_000.0, "Wed")] {
            assert_eq!(weekday(Moment::from_front(Some(seconds)).unwrap()), day);
        }
    }
}
