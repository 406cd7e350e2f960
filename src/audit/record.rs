//! What one record says: facts about a call, in words of known shape and bounded length.
//!
//! There is no field for what a message says or to whom it goes. Identifiers hold identifiers
//! alone: a text with other characters, an address or a sentence, is withheld as a whole.

use serde::{Deserialize, Serialize};

use super::event::{Channel, Decision, Event};
use crate::shape::visible::one_line;

/// The longest caller or client name, in characters: an agent may choose its own.
const NAME: usize = 80;
/// The longest identifier, in bytes. A SHA-256 digest takes 64; a Front token is longer.
const IDENTIFIER: usize = 96;
/// How many objects one record names.
const OBJECTS: usize = 20;
/// Stands where an identifier was none.
const WITHHELD: &str = "withheld";

/// One record, as its writer gives it; the log adds number, time and chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    event: Event,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    caller: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    client: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tool: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    operation: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    objects: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    effect: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    decision: Option<Decision>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rule: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    envelope: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    digest: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    channel: Option<Channel>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    approver: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    message_uid: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bytes: Option<u64>,
}

impl Record {
    /// A record that says only that something happened.
    pub fn new(event: Event) -> Self {
        Self {
            event,
            caller: None,
            client: None,
            tool: None,
            operation: None,
            objects: Vec::new(),
            effect: None,
            decision: None,
            rule: None,
            envelope: None,
            digest: None,
            channel: None,
            approver: None,
            status: None,
            message_uid: None,
            code: None,
            bytes: None,
        }
    }

    /// What the log says of bytes that it found at its end: how many, and their SHA-256.
    pub(super) fn of_residue(event: Event, bytes: u64, digest: &str) -> Self {
        let mut record = Self::new(event).digest(digest);
        record.bytes = Some(bytes);
        record
    }

    /// Who asked: `local/<account>`, or a token's id.
    #[must_use]
    pub fn caller(mut self, caller: &str) -> Self {
        self.caller = Some(name(caller));
        self
    }

    /// The client's declared name.
    #[must_use]
    pub fn client(mut self, client: &str) -> Self {
        self.client = Some(name(client));
        self
    }

    /// The tool, by name.
    #[must_use]
    pub fn tool(mut self, tool: &str) -> Self {
        self.tool = Some(identifier(tool));
        self
    }

    /// Front's operation, by id.
    #[must_use]
    pub fn operation(mut self, operation: &str) -> Self {
        self.operation = Some(identifier(operation));
        self
    }

    /// Adds an object that was touched, by id; the first 20 are kept.
    #[must_use]
    pub fn object(mut self, id: &str) -> Self {
        if self.objects.len() < OBJECTS {
            self.objects.push(identifier(id));
        }
        self
    }

    /// What kind of change it is, as the tool or operation states it.
    #[must_use]
    pub fn effect(mut self, effect: &str) -> Self {
        self.effect = Some(identifier(effect));
        self
    }

    /// What was decided, and the short name of the rule that decided.
    #[must_use]
    pub fn decision(mut self, decision: Decision, rule: &str) -> Self {
        self.decision = Some(decision);
        self.rule = Some(identifier(rule));
        self
    }

    /// The envelope, by id.
    #[must_use]
    pub fn envelope(mut self, id: &str) -> Self {
        self.envelope = Some(identifier(id));
        self
    }

    /// The digest of the sealed letter.
    #[must_use]
    pub fn digest(mut self, digest: &str) -> Self {
        self.digest = Some(identifier(digest));
        self
    }

    /// The way a yes or no came.
    #[must_use]
    pub fn channel(mut self, channel: Channel) -> Self {
        self.channel = Some(channel);
        self
    }

    /// The approver whose yes or no it is, by the name that the operator gave.
    #[must_use]
    pub fn approver(mut self, name: &str) -> Self {
        self.approver = Some(identifier(name));
        self
    }

    /// Front's HTTP status.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// Front's identifier of the accepted message.
    #[must_use]
    pub fn message_uid(mut self, uid: &str) -> Self {
        self.message_uid = Some(identifier(uid));
        self
    }

    /// A short code of what went wrong, in this program's own words.
    #[must_use]
    pub fn code(mut self, code: &str) -> Self {
        self.code = Some(identifier(code));
        self
    }

    /// What happened.
    pub fn event(&self) -> Event {
        self.event
    }

    /// The envelope, if it is about one.
    pub fn envelope_id(&self) -> Option<&str> {
        self.envelope.as_deref()
    }

    /// How many bytes stood before a record that the log wrote itself, and their digest.
    pub(super) fn residue(&self) -> Option<(u64, &str)> {
        Some((self.bytes?, self.digest.as_deref()?))
    }
}

/// A name that somebody chose: one line, bounded, nothing invisible.
fn name(text: &str) -> String {
    one_line(text, NAME).into_owned()
}

/// Letters, digits and what ids are joined with. `@` and blanks are not among them.
fn identifier(text: &str) -> String {
    let fits = (1..=IDENTIFIER).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_-.:/".contains(&byte));
    if fits { text } else { WITHHELD }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_agent_chooses_is_bounded_and_visible() {
        let client = format!("a\u{1b}[2J\n\u{202e}b{}", "x".repeat(5_000));
        let mut record = Record::new(Event::Called).caller(&client).client(&client);
        for _ in 0..1_000 {
            record = record.object("cnv_1");
        }
        let kept = record.client.as_deref().unwrap();
        assert_eq!(kept.chars().count(), 80);
        assert!(kept.starts_with("a[2J bxxx"), "{kept}");
        let line = serde_json::to_string(&record).unwrap();
        assert!(line.len() < 1_000, "{line}");
    }

    #[test]
    fn an_identifier_is_no_place_for_addresses_sentences_or_tokens() {
        for text in [
            "alt:email:ada@example.com",
            "Dear Ada, your order",
            "",
            "cnv_1\n",
            &"eyJhbGciOiJIUzI1NiJ9.".repeat(8),
        ] {
            let record = Record::new(Event::Called)
                .tool(text)
                .operation(text)
                .object(text)
                .effect(text)
                .decision(Decision::Denied, text)
                .envelope(text)
                .digest(text)
                .message_uid(text)
                .code(text);
            let line = serde_json::to_string(&record).unwrap();
            assert_eq!(line.matches("\"withheld\"").count(), 9, "{line}");
            assert!(text.is_empty() || !line.contains(text), "{line}");
        }
        assert_eq!(identifier("cnv_1a"), "cnv_1a");
        assert_eq!(identifier("alt:uid:9f"), "alt:uid:9f");
        assert_eq!(identifier(&"f".repeat(64)), "f".repeat(64));
    }
}
