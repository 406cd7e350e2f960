//! A found operation, told so compactly that an agent can act on it and read five of them.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{
    front::{Effect, Operation, descriptions, facts},
    openapi::Facts,
    tools::outline,
};

/// How many characters a shape may take, best match first. Later matches are told without:
/// who wants one of those searches again in its words.
const ROOM: [usize; 3] = [600, 250, 250];

/// One operation.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Found {
    /// Its id.
    pub operation: &'static str,
    /// Its method.
    pub method: &'static str,
    /// Its path.
    pub path: &'static str,
    /// The scope it needs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<&'static str>,
    /// `read`, `write`, `delete` or `send`.
    pub effect: &'static str,
    /// Refused unless the operator's policy names it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub guarded: bool,
    /// What it does.
    pub description: &'static str,
    /// Path and query parameters; `*` is required.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub params: Option<String>,
    /// Its body; `*` is required.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// A trap.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caution: Option<&'static str>,
    /// Why it cannot simply be called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<&'static str>,
    /// It is deprecated; use this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<&'static str>,
}

/// The operations as told to an agent: the best with their shapes.
pub fn told(operations: &[&'static Operation]) -> Vec<Found> {
    let rooms = ROOM.into_iter().map(Some).chain(std::iter::repeat(None));
    operations
        .iter()
        .zip(rooms)
        .map(|(operation, room)| found(operation, room))
        .collect()
}

fn found(operation: &'static Operation, room: Option<usize>) -> Found {
    let description = descriptions::of(operation);
    let facts = facts::of(operation);
    // A send is not called, so its shape would only mislead.
    let room = room.filter(|_| operation.effect != Effect::Send);
    let shape = |schema: &Value| room.map(|room| outline::within(schema, room));
    Found {
        operation: operation.id,
        method: operation.method.name(),
        path: operation.template,
        scope: operation.scope,
        effect: operation.effect.name(),
        guarded: operation.guarded,
        description: description.map_or("", |description| description.text),
        params: facts.and_then(params).as_ref().and_then(shape),
        body: facts.and_then(|facts| facts.body.as_ref()).and_then(shape),
        caution: description.and_then(|description| description.caution),
        note: note(operation),
        replaced_by: description.and_then(|description| description.replaced_by),
    }
}

/// Path and query as raw-api-request takes them: in one object. The page token is left out,
/// since pages are followed there.
fn params(facts: &Facts) -> Option<Value> {
    let mut properties = facts.parameters.clone();
    let mut required: Vec<Value> = properties.keys().map(|name| json!(name)).collect();
    if let Some(query) = &facts.query {
        let of_query = query.get("properties").and_then(Value::as_object);
        let more = of_query.cloned().unwrap_or_else(Map::new);
        properties.extend(more.into_iter().filter(|(name, _)| name != "page_token"));
        let of_query = query.get("required").and_then(Value::as_array);
        required.extend(of_query.into_iter().flatten().cloned());
    }
    (!properties.is_empty())
        .then(|| json!({"type": "object", "properties": properties, "required": required}))
}

fn note(operation: &Operation) -> Option<&'static str> {
    if operation.effect == Effect::Send {
        Some("refused here: use send-message")
    } else if operation.guarded {
        Some("the operator's policy must name it")
    } else {
        None
    }
}
