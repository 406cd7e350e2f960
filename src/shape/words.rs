//! A stranger's words, cleaned for reading.
//!
//! [`Words`] is what becomes of [`Untrusted`] once invisible characters are gone and its
//! length is bounded and no form in it that a renderer would fetch, follow or run is left. In JSON it is a string, whose quoting is its mark; in text only
//! [`super::text::Text::quote`] takes it, and fences it. Its schema carries a keyword by which
//! the paths of such strings are found and listed in the result's `_meta`.

use std::borrow::Cow;

use compact_str::CompactString;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;

use super::{
    inert::{inert, inert_json},
    visible::{one_line, visible},
};
use crate::untrusted::Untrusted;

/// The schema keyword of a stranger's string. It is taken out before a schema is published.
pub const KEYWORD: &str = "x-untrusted";

/// What the keyword says of [`Foreign`].
pub const JSON: &str = "json";

/// The longest single-line value (a subject, a name) that is shown.
const LINE: usize = 160;

/// Cleaned words of a stranger.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Words(CompactString);

impl Words {
    /// On one line, at most 160 characters: names, subjects, handles.
    pub fn line(text: &Untrusted) -> Self {
        Self::cut(text, LINE)
    }

    /// On one line of at most `max_chars` characters, escapes not counted.
    pub fn cut(text: &Untrusted, max_chars: usize) -> Self {
        Self(inert(&one_line(text.raw(), max_chars)).into())
    }

    /// With its line breaks: a body already turned into Markdown, a comment.
    pub fn block(text: &str) -> Self {
        Self(inert(visible(text).trim()).into())
    }

    /// A line, or nothing when it is blank.
    pub fn some_line(text: &Untrusted) -> Option<Self> {
        Some(Self::line(text)).filter(|words| !words.is_empty())
    }

    /// Whether nothing is left to read.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The cleaned text, for measuring and matching.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl JsonSchema for Words {
    fn schema_name() -> Cow<'static, str> {
        "Words".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "x-untrusted": true })
    }
}

/// Any JSON of a stranger's: custom fields, a raw answer. Every string in it is cleaned of what cannot be seen, and
/// else kept as it is, since it may be sent back; in a text it is inert ([`Foreign::written`]).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Foreign(serde_json::Value);

impl Foreign {
    /// Cleans every string and key of a value.
    pub fn clean(value: serde_json::Value) -> Self {
        Self(clean(value))
    }

    /// As JSON in which nothing can be fetched, for [`super::text::Text::quote_json`].
    pub(super) fn written(&self) -> String {
        let json = self.0.to_string();
        match inert_json(&json) {
            Cow::Borrowed(_) => json,
            Cow::Owned(inert) => inert,
        }
    }

    /// The cleaned value.
    pub fn value(&self) -> &serde_json::Value {
        &self.0
    }
}

impl JsonSchema for Foreign {
    fn schema_name() -> Cow<'static, str> {
        "Foreign".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "x-untrusted": JSON })
    }
}

/// As deep as its parser allowed (serde_json: 128), so recursion is bounded.
fn clean(value: serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::String(text) => Value::String(match visible(&text) {
            Cow::Borrowed(_) => text,
            Cow::Owned(cleaned) => cleaned,
        }),
        Value::Array(items) => Value::Array(items.into_iter().map(clean).collect()),
        Value::Object(fields) => Value::Object(
            fields
                .into_iter()
                .map(|(name, value)| (visible(&name).into_owned(), clean(value)))
                .collect(),
        ),
        other => other,
    }
}
