//! A body or a query against the operation's facts, before anything leaves.
//!
//! Nothing is changed on the way, unlike with a tool's own arguments: what Front gets is what
//! the agent wrote, or nothing. The first thing wrong is named by its path, with the right shape
//! beside it.

use serde_json::{Map, Value};

use super::{
    arguments::clip,
    error::ToolError,
    fix::{Fix, values},
    outline::outline,
};
use crate::shape::{
    text::{Text, Vouched},
    time,
};

/// Checks a value; `field` is the tool's argument that holds it.
pub fn check(schema: &Value, value: &Value, field: &str) -> Result<(), ToolError> {
    at(schema, value, field).map_err(|mut error| {
        let mut shape = Text::of("the right shape is ");
        shape.say(Vouched::ours(outline(schema)));
        error = error.next_text(shape);
        error
    })
}

fn at(schema: &Value, value: &Value, path: &str) -> Result<(), ToolError> {
    // Front's files mark few things as nullable that can be emptied: null is left to Front.
    if value.is_null() {
        return Ok(());
    }
    let kind = schema.get("type").and_then(Value::as_str);
    let fits = match kind {
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("number") => value.is_number(),
        Some("integer") => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        _ => true,
    };
    if !fits {
        let mut message = Text::of("must be of type ");
        message.say(Vouched::ours(kind.unwrap_or("value")));
        message
            .say(", and is ")
            .quote_text(&clip(&value.to_string()));
        return Err(ToolError::invalid(path, message).fixed_by(retyped(schema, kind, value, path)));
    }
    if values::is_time(path) && matches!(kind, Some("number" | "integer")) && is_milliseconds(value)
    {
        let message = Text::of("looks like milliseconds, and Front takes seconds");
        return Err(ToolError::invalid(path, message).fixed_by(Fix::Seconds));
    }
    if let Some(Value::Array(allowed)) = schema.get("enum")
        && !allowed.contains(value)
    {
        let mut message = Text::of("is ");
        message
            .quote_text(&clip(&value.to_string()))
            .say("; it must be one of ");
        message.say(Vouched::ours(outline(schema)));
        return Err(ToolError::invalid(path, message).fixed_by(in_other_case(allowed, value)));
    }
    bounds(schema, value, path)?;
    match value {
        Value::Array(items) => {
            let each = schema.get("items").unwrap_or(&Value::Null);
            for (index, item) in items.iter().enumerate() {
                at(each, item, &format!("{path}[{index}]"))?;
            }
            Ok(())
        }
        Value::Object(fields) => object(schema, fields, path),
        _ => Ok(()),
    }
}

/// The same in the type that is wanted, where it is plain what that is.
fn retyped(schema: &Value, kind: Option<&str>, value: &Value, path: &str) -> Option<Fix> {
    let text = value.as_str().map(str::trim);
    match (kind?, value) {
        ("number" | "integer", Value::String(_)) => {
            let number = text.and_then(|text| text.parse::<i64>().ok());
            match number.filter(|_| !values::is_time(path)) {
                Some(number) => Some(Fix::Here(number.into())),
                None => values::is_time(path).then_some(Fix::Seconds),
            }
        }
        ("boolean", value) => values::boolean(value).map(|value| Fix::Here(value.into())),
        ("string", Value::Number(number)) => Some(Fix::Here(number.to_string().into())),
        ("array", single) => {
            let each = schema.get("items").and_then(|items| items.get("type"));
            let is_one = match each.and_then(Value::as_str) {
                Some("string") => single.is_string(),
                Some("object") => single.is_object(),
                _ => false,
            };
            let list = || match text.and_then(values::parts) {
                Some(parts) => parts.into_iter().map(Value::from).collect(),
                None => Value::Array(vec![single.clone()]),
            };
            is_one.then(|| Fix::Here(list()))
        }
        _ => None,
    }
}

fn in_other_case(allowed: &[Value], value: &Value) -> Option<Fix> {
    let word = value.as_str()?.trim();
    let same = |one: &&Value| {
        one.as_str()
            .is_some_and(|one| one.eq_ignore_ascii_case(word))
    };
    allowed.iter().find(same).cloned().map(Fix::Here)
}

fn is_milliseconds(value: &Value) -> bool {
    value.as_f64().is_some_and(time::is_milliseconds)
}

fn bounds(schema: &Value, value: &Value, path: &str) -> Result<(), ToolError> {
    let number = match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => Some(text.chars().count() as f64),
        Value::Array(items) => Some(items.len() as f64),
        _ => None,
    };
    let (least, most) = match value {
        Value::String(_) => ("minLength", "maxLength"),
        Value::Array(_) => ("minItems", "maxItems"),
        _ => ("minimum", "maximum"),
    };
    let bound = |name: &str| schema.get(name).and_then(Value::as_f64);
    let Some(number) = number else {
        return Ok(());
    };
    let (name, what) = match (bound(least), bound(most)) {
        (Some(bound), _) if number < bound => (least, "is less than the minimum: "),
        (_, Some(bound)) if number > bound => (most, "is more than the maximum: "),
        _ => return Ok(()),
    };
    let mut message = Text::of(what);
    let bound = schema.get(name);
    message.say(Vouched::ours(
        bound.map(Value::to_string).unwrap_or_default(),
    ));
    let most = bound.filter(|_| name == "maximum").cloned().map(Fix::Here);
    Err(ToolError::invalid(path, message).fixed_by(most))
}

fn object(schema: &Value, fields: &Map<String, Value>, path: &str) -> Result<(), ToolError> {
    let parts = parts(schema, fields);
    let properties = |part: &'_ Value| part.get("properties").and_then(Value::as_object).cloned();
    let known: Map<String, Value> = std::iter::once(schema)
        .chain(parts.iter().copied())
        .filter_map(properties)
        .flatten()
        .collect();
    let is_open = known.is_empty()
        || schema
            .get("additionalProperties")
            .is_some_and(|extra| extra != &Value::Bool(false));
    for (name, value) in fields {
        match known.get(name) {
            Some(property) => at(property, value, &format!("{path}.{name}"))?,
            None if is_open => {}
            None => {
                let mut message = Text::of("has no field ");
                message.quote_text(&clip(name));
                return Err(ToolError::invalid(path, message));
            }
        }
    }
    if let Some(name) = missing(schema, fields) {
        return Err(missing_field(path, name));
    }
    // Of several forms, one must be whole.
    let lacks: Vec<_> = parts.iter().map(|part| missing(part, fields)).collect();
    match lacks.iter().find_map(|lack| *lack) {
        Some(name) if lacks.iter().all(Option::is_some) => Err(missing_field(path, name)),
        _ => Ok(()),
    }
}

/// The forms that an object may take: the one its discriminator chooses, or all.
fn parts<'schema>(schema: &'schema Value, fields: &Map<String, Value>) -> Vec<&'schema Value> {
    let Some(Value::Array(parts)) = schema.get("anyOf") else {
        return Vec::new();
    };
    let chosen = schema.get("discriminator").and_then(|by| {
        let property = by.get("property")?.as_str()?;
        let cases = by.get("cases")?.as_array()?;
        let position = cases
            .iter()
            .position(|case| Some(case) == fields.get(property))?;
        parts.get(position)
    });
    match chosen {
        Some(part) => vec![part],
        None => parts.iter().collect(),
    }
}

fn missing<'schema>(schema: &'schema Value, fields: &Map<String, Value>) -> Option<&'schema str> {
    let required = schema.get("required").and_then(Value::as_array);
    required
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .find(|name| fields.get(*name).is_none_or(Value::is_null))
}

fn missing_field(path: &str, name: &str) -> ToolError {
    ToolError::invalid(format!("{path}.{name}"), Text::of("is missing"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::front::{Operation, facts};
    use serde_json::json;

    fn field_of_error(operation: &str, body: Value) -> Option<String> {
        let facts = facts::of(Operation::by_id(operation).unwrap()).unwrap();
        check(facts.body.as_ref().unwrap(), &body, "body")
            .err()
            .map(|error| error.field.unwrap())
    }

    #[test]
    fn the_first_thing_wrong_is_named() {
        for (operation, body, field) in [
            ("add-conversation-tag", json!({"tag_ids": ["tag_1"]}), None),
            (
                "add-conversation-tag",
                json!({"tag_ids": "tag_1"}),
                Some("body.tag_ids"),
            ),
            (
                "add-conversation-tag",
                json!({"tag_ids": [1]}),
                Some("body.tag_ids[0]"),
            ),
            ("add-conversation-tag", json!({}), Some("body.tag_ids")),
            ("add-conversation-tag", json!({"tags": []}), Some("body")),
            (
                "update-conversation",
                json!({"status": "done"}),
                Some("body.status"),
            ),
            ("update-conversation", json!({"assignee_id": null}), None),
            (
                "update-conversation",
                json!({"custom_fields": {"Any": 1}}),
                None,
            ),
            (
                "create-analytics-export",
                json!({"type": "messages", "start": 1, "end": 2, "columns": ["Message ID"],
                       "filters": {"tag_ids": ["tag_1"], "team_ids": ["tim_1"]}}),
                None,
            ),
            (
                "create-analytics-export",
                json!({"type": "messages", "start": 1, "end": 2, "filters": {"tags": []}}),
                Some("body.filters"),
            ),
        ] {
            assert_eq!(
                field_of_error(operation, body.clone()).as_deref(),
                field,
                "{operation} {body}"
            );
        }
    }
}
