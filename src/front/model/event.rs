//! What happened (`EventResponse`).

use compact_str::CompactString;
use serde::Deserialize;
use serde_json::Value;

use super::{Conversation, Recipient, or_default};
use crate::{front::id::EventId, untrusted::Untrusted};

/// One thing that happened.
#[derive(Debug, Clone, Deserialize)]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// Such as `inbound` or `assign`.
    #[serde(rename = "type", default, deserialize_with = "or_default")]
    pub kind: CompactString,
    /// Unix seconds.
    #[serde(default)]
    pub emitted_at: Option<f64>,
    /// Who did it.
    #[serde(default, deserialize_with = "or_default")]
    pub source: Part,
    /// What it was done with.
    #[serde(default, deserialize_with = "or_default")]
    pub target: Part,
    /// Where.
    #[serde(default)]
    pub conversation: Option<Conversation>,
}

/// One end of an event: a kind, and one thing or several of it.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Part {
    #[serde(rename = "_meta", default, deserialize_with = "or_default")]
    meta: Meta,
    #[serde(default)]
    data: Value,
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Meta {
    #[serde(rename = "type", default, deserialize_with = "or_default")]
    kind: CompactString,
}

impl Part {
    /// Front's word for what it is, such as `teammate`.
    pub fn kind(&self) -> &str {
        &self.meta.kind
    }

    /// The things, of which most events have one. Front writes them in many shapes, so each is
    /// asked for what it may have.
    pub fn things(&self) -> impl Iterator<Item = Thing<'_>> {
        let (one, many) = match &self.data {
            Value::Array(items) => (None, items.as_slice()),
            data => (Some(data), [].as_slice()),
        };
        one.into_iter()
            .chain(many)
            .filter(|data| data.is_object())
            .map(Thing)
    }
}

/// A resource of whatever kind.
#[derive(Clone, Copy, Debug)]
pub struct Thing<'part>(&'part Value);

impl Thing<'_> {
    /// A text of its own; empty where it has none.
    pub fn text(&self, name: &str) -> Untrusted {
        let text = self.0.get(name).and_then(Value::as_str);
        Untrusted::new(text.unwrap_or_default())
    }

    /// The id, if it is one of the wanted kind.
    pub fn id<Id: crate::front::id::Kind>(&self) -> Option<Id> {
        Id::read(self.0.get("id")?.as_str()?)
    }

    /// Who a message came from.
    pub fn sender(&self) -> Option<Recipient> {
        let all = self.0.get("recipients")?.as_array()?;
        let from = all
            .iter()
            .find(|one| one.get("role").is_some_and(|role| role == "from"))?;
        Recipient::deserialize(from).ok()
    }

    /// The first of these texts that says anything.
    pub fn first_of(&self, names: &[&str]) -> Untrusted {
        names
            .iter()
            .map(|name| self.text(name))
            .find(|text| !text.is_blank())
            .unwrap_or_default()
    }
}
