//! Custom fields: Front replaces all of them at once, so what is to stay is sent along.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::Output;
use crate::{
    front::{FrontErrorKind, model::Conversation},
    shape::words::{Foreign, Words},
    tools::{Context, ToolError, resolve},
    untrusted::Untrusted,
};

/// A custom field that was changed.
#[derive(Serialize, JsonSchema)]
pub(super) struct FieldChange {
    pub(super) name: Words,
    /// Absent where it had no value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) before: Option<Foreign>,
    /// Absent where it was cleared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) after: Option<Foreign>,
}

/// The fields under the names that Front knows them by. Where the token may not read the
/// definitions, Front itself judges the names.
pub(super) async fn named(
    context: &Context<'_>,
    given: Map<String, Value>,
) -> Result<Map<String, Value>, ToolError> {
    if given.is_empty() {
        return Ok(given);
    }
    let known = match context.directory.conversation_fields(&context.client).await {
        Ok(known) => known,
        Err(error) if matches!(error.kind, FrontErrorKind::Status(403)) => return Ok(given),
        Err(error) => return Err(error.into()),
    };
    let mut fields = Map::new();
    for (name, value) in given {
        let names = known.iter().map(|field| &field.name);
        let name = resolve::name(
            "custom_fields",
            "custom field of conversations",
            names,
            &name,
        )?;
        fields.insert(name.raw().to_owned(), value);
    }
    Ok(fields)
}

/// Puts the whole set into the body where one of the fields is changed.
pub(super) fn merge(
    now: &Conversation,
    wanted: Map<String, Value>,
    body: &mut Map<String, Value>,
    output: &mut Output,
) {
    let shown = |value: Option<&Value>| value.cloned().map(Foreign::clean);
    let has = |value: &&Value| !value.is_null();
    let mut whole = now.custom_fields.clone();
    whole.retain(|_, value| !value.is_null());
    for (name, value) in wanted {
        let (before, after) = (whole.get(&name), Some(&value).filter(has));
        if before == after {
            continue;
        }
        output.custom_fields.push(FieldChange {
            name: Words::line(&Untrusted::new(name.as_str())),
            before: shown(before),
            after: shown(after),
        });
        match value {
            Value::Null => whole.remove(&name),
            value => whole.insert(name, value),
        };
    }
    if output.custom_fields.is_empty() {
        output.already.push("custom_fields");
    } else {
        body.insert("custom_fields".into(), Value::Object(whole));
    }
}
