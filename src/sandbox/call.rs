//! One API request as the operations see it: path parameters, query, body.

use bytes::Bytes;
use http::{HeaderMap, header};
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::{
    form::{Form, Upload},
    id::Id,
    refusal::Refusal,
};

/// A request that was routed.
#[derive(Debug)]
pub(crate) struct Call {
    /// As it was sent, still percent-encoded.
    pub(crate) path: String,
    /// The decoded values of the template's `{…}` segments, in order.
    pub(crate) parameters: Vec<String>,
    pub(crate) query: Query,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The body as a form, if it is one.
    pub(crate) form: Option<Form>,
}

impl Call {
    pub(crate) fn parameter(&self, position: usize) -> &str {
        self.parameters.get(position).map_or("", String::as_str)
    }

    /// The first path parameter as an id of the given prefix; anything else is "unknown", as it is for Front.
    pub(crate) fn id(&self, prefix: &str, what: &str) -> Result<Id, Refusal> {
        let text = self.parameter(0);
        Id::parse(text)
            .filter(|id| id.prefix() == prefix)
            .ok_or_else(|| Refusal::not_found(what, text))
    }

    /// The JSON body; a missing one reads as an empty object.
    pub(crate) fn json(&self) -> Result<Value, Refusal> {
        if let Some(form) = &self.form {
            return Ok(Value::Object(form.fields.clone()));
        }
        if self.body.is_empty() {
            return Ok(Value::Object(serde_json::Map::new()));
        }
        serde_json::from_slice(&self.body)
            .map_err(|error| Refusal::bad_request(format!("Invalid JSON: {error}")))
    }

    /// The files that came along.
    pub(crate) fn files(&self) -> &[Upload] {
        self.form.as_ref().map_or(&[], |form| &form.files)
    }

    pub(crate) fn accepts(&self, media_type: &str) -> bool {
        self.headers
            .get(header::ACCEPT)
            .and_then(|accept| accept.to_str().ok())
            .is_some_and(|accept| accept.contains(media_type))
    }
}

/// Decoded query pairs in the order they came.
#[derive(Debug, Default)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    pub(crate) fn parse(raw: Option<&str>) -> Self {
        let pairs = raw
            .unwrap_or_default()
            .split('&')
            .filter(|pair| !pair.is_empty());
        Self(
            pairs
                .map(|pair| {
                    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                    (decode_form(name), decode_form(value))
                })
                .collect(),
        )
    }

    pub(crate) fn first(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Every value of `q[name]`, in both spellings seen working: repeated, and with a trailing `[]`.
    pub(crate) fn q<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter_map(move |(key, value)| {
            let inner = key.strip_prefix("q[")?.strip_prefix(name)?;
            matches!(inner, "]" | "][]").then_some(value.as_str())
        })
    }

    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

fn decode_form(text: &str) -> String {
    decode(&text.replace('+', " "))
}

/// Percent-decoding of a path segment, where `+` is a plus.
pub(crate) fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
