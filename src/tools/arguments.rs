//! Arguments as agents write them, read against the tool's own schema.
//!
//! Models write `"25"` for 25 and one string where a list is wanted: what has one meaning is
//! understood. Everything else is refused by name, with what was wrong and what would be right,
//! before any type is filled: serde's own messages name neither the field nor the cure.

use serde_json::{Map, Number, Value};

use super::{
    error::ToolError,
    fix::{Change, Fix, names, values},
};
use crate::alike::alike;
use crate::shape::{
    text::{Text, Vouched},
    time::{self, TimeError},
};

/// Reads arguments against an input schema; the result fits it.
pub fn read(
    schema: &Map<String, Value>,
    arguments: Map<String, Value>,
) -> Result<Value, ToolError> {
    object(schema, arguments, "")
}

fn object(
    schema: &Map<String, Value>,
    mut given: Map<String, Value>,
    path: &str,
) -> Result<Value, ToolError> {
    let Some(Value::Object(properties)) = schema.get("properties") else {
        return Ok(Value::Object(given));
    };
    if schema.get("additionalProperties") == Some(&Value::Bool(false))
        && let Some(unknown) = given.keys().find(|name| !properties.contains_key(*name))
    {
        return Err(
            unknown_argument(unknown, properties, path).fixed_by(renamed(schema, &given, path))
        );
    }
    for name in required(schema) {
        if given.get(name).is_none_or(Value::is_null) {
            let mut message = Text::of("is missing");
            describe(properties.get(name), &mut message);
            return Err(ToolError::invalid(join(path, name), message));
        }
    }
    let mut read = Map::new();
    for (name, property) in properties {
        // `null` is how many clients say "not given".
        let Some(value) = given.remove(name).filter(|value| !value.is_null()) else {
            continue;
        };
        if let Value::Object(property) = property {
            read.insert(name.clone(), one(property, value, &join(path, name))?);
        }
    }
    // What a schema without fixed properties leaves open is taken as it is.
    read.extend(given.into_iter().filter(|(_, value)| !value.is_null()));
    Ok(Value::Object(read))
}

fn required(schema: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let required = schema.get("required").and_then(Value::as_array);
    required.into_iter().flatten().filter_map(Value::as_str)
}

/// The same under the names that are known.
fn renamed(schema: &Map<String, Value>, given: &Map<String, Value>, path: &str) -> Option<Fix> {
    let known = schema.get("properties")?.as_object()?;
    let required: Vec<_> = required(schema).collect();
    let renamed = names::known(given, known, &required)?;
    Some(Fix::Changes(vec![Change::set(path, renamed)]))
}

fn one(schema: &Map<String, Value>, value: Value, path: &str) -> Result<Value, ToolError> {
    let kind = schema.get("type").and_then(Value::as_str).unwrap_or("any");
    match (kind, value) {
        ("any", value) => Ok(value),
        ("boolean", value) => match values::boolean(&value) {
            Some(read) => Ok(Value::Bool(read)),
            None => Err(wrong_kind(schema, name_of(&value), path)),
        },
        ("integer", value) => integer(schema, value, path),
        ("number", Value::Number(number)) => Ok(Value::Number(number)),
        ("string", value) => string(schema, only(value), path),
        ("array", Value::Array(items)) => array(schema, items, path),
        // No choice has a comma in it.
        ("array", Value::String(text))
            if choices(schema).is_some() && !text.trim_start().starts_with('[') =>
        {
            let parts = text.split(',').map(|part| Value::from(part.trim()));
            array(schema, parts.collect(), path)
        }
        // A JSON array in a string, as some clients send lists.
        ("array", Value::String(text)) if text.trim_start().starts_with('[') => {
            match serde_json::from_str(&text) {
                Ok(Value::Array(items)) => array(schema, items, path),
                _ => array(schema, vec![Value::String(text)], path),
            }
        }
        ("array", single @ (Value::String(_) | Value::Number(_) | Value::Object(_))) => {
            array(schema, vec![single], path)
        }
        ("object", Value::Object(fields)) => object(schema, fields, path),
        ("object", Value::String(text)) if text.trim_start().starts_with('{') => {
            match crate::strict_json::parse(text.as_bytes()) {
                Ok(Value::Object(fields)) => object(schema, fields, path),
                Ok(_) => Err(wrong_kind(schema, "text", path)),
                Err(error) => {
                    let mut message = Text::of("is not readable JSON: ");
                    message.quote_text(&error.to_string());
                    Err(ToolError::invalid(path, message))
                }
            }
        }
        (_, value) => {
            let handle = value.as_str().filter(|_| is_handle(schema));
            let fix = handle.and_then(names::handle).map(Fix::Here);
            Err(wrong_kind(schema, name_of(&value), path).fixed_by(fix))
        }
    }
}

/// Whether these are the fields of a way to reach somebody.
fn is_handle(schema: &Map<String, Value>) -> bool {
    let has = |name| {
        let fields = schema.get("properties").and_then(Value::as_object);
        fields.is_some_and(|fields| fields.contains_key(name))
    };
    has("source") && has("handle")
}

/// The words that the entries of a list are chosen from.
fn choices(schema: &Map<String, Value>) -> Option<&Vec<Value>> {
    schema.get("items")?.get("enum")?.as_array()
}

/// A list of one text is that text.
fn only(value: Value) -> Value {
    match value {
        Value::Array(mut items)
            if items.len() == 1 && items.first().is_some_and(Value::is_string) =>
        {
            items.swap_remove(0)
        }
        value => value,
    }
}

fn integer(schema: &Map<String, Value>, value: Value, path: &str) -> Result<Value, ToolError> {
    let number = match &value {
        Value::Number(number) => whole(number),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
    .ok_or_else(|| wrong_kind(schema, name_of(&value), path))?;
    let bound = |name: &str| schema.get(name).and_then(Value::as_i64);
    if let Some(minimum) = bound("minimum").filter(|minimum| number < *minimum) {
        let mut message = Text::of("is ");
        message
            .say(number)
            .say(", and the minimum is ")
            .say(minimum);
        return Err(ToolError::invalid(path, message));
    }
    if let Some(maximum) = bound("maximum").filter(|maximum| number > *maximum) {
        let mut message = Text::of("is ");
        message
            .say(number)
            .say(", and the maximum is ")
            .say(maximum);
        return Err(ToolError::invalid(path, message)
            .next("page through more with `next_cursor` where the result has one")
            .fixed_by(Fix::Here(maximum.into())));
    }
    Ok(Value::Number(number.into()))
}

/// 25 and 25.0 are the same number to JavaScript clients; 2.5 is none.
fn whole(number: &Number) -> Option<i64> {
    number.as_i64().or_else(|| {
        let value = number.as_f64()?;
        (value.fract() == 0.0 && value.abs() < 9e15).then_some(value as i64)
    })
}

fn string(schema: &Map<String, Value>, value: Value, path: &str) -> Result<Value, ToolError> {
    let text = match value {
        Value::String(text) => text,
        Value::Number(number) => number.to_string(),
        other => return Err(wrong_kind(schema, name_of(&other), path)),
    };
    if let Some(Value::Array(allowed)) = schema.get("enum") {
        let wanted = text.trim().to_lowercase().replace([' ', '-'], "_");
        return allowed
            .iter()
            .find(|each| {
                each.as_str()
                    .is_some_and(|each| each == text || each.to_lowercase() == wanted)
            })
            .cloned()
            .ok_or_else(|| {
                let mut message = Text::of("is ");
                message.quote_text(&clip(&text)).say("; it must be one of ");
                message.say(list(allowed.iter().filter_map(Value::as_str)));
                ToolError::invalid(path, message).fixed_by(values::choice(&text, allowed))
            });
    }
    let longest = schema.get("maxLength").and_then(Value::as_u64);
    let length = text.chars().count() as u64;
    if let Some(longest) = longest.filter(|longest| length > *longest) {
        let mut message = Text::of("has ");
        message
            .say(length)
            .say(" characters, and the maximum is ")
            .say(longest);
        return Err(ToolError::invalid(path, message));
    }
    if schema.get("minLength").and_then(Value::as_u64) > Some(0) && text.trim().is_empty() {
        return Err(ToolError::invalid(path, Text::of("is empty")));
    }
    Ok(Value::String(text))
}

fn array(schema: &Map<String, Value>, items: Vec<Value>, path: &str) -> Result<Value, ToolError> {
    let bound = |name: &str| schema.get(name).and_then(Value::as_u64);
    let count = items.len() as u64;
    if let Some(most) = bound("maxItems").filter(|most| count > *most) {
        let mut message = Text::of("has ");
        message
            .say(count)
            .say(" entries, and the maximum is ")
            .say(most);
        return Err(ToolError::invalid(path, message));
    }
    if let Some(least) = bound("minItems").filter(|least| count < *least) {
        let mut message = Text::of("needs at least ");
        message
            .say(least)
            .say(if least == 1 { " entry" } else { " entries" });
        return Err(ToolError::invalid(path, message));
    }
    let Some(Value::Object(each)) = schema.get("items") else {
        return Ok(Value::Array(items));
    };
    items
        .into_iter()
        .enumerate()
        .map(|(index, item)| one(each, item, &format!("{path}[{index}]")))
        .collect::<Result<Vec<_>, _>>()
        .map(Value::Array)
}

fn unknown_argument(name: &str, known: &Map<String, Value>, path: &str) -> ToolError {
    let mut message = Text::of("there is no argument ");
    message.quote_text(&clip(&join(path, name)));
    let nearest = known
        .keys()
        .filter(|each| !names::is_contrary(each, name))
        .map(|each| (alike(each, name), each))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|one, other| one.0.total_cmp(&other.0));
    if let Some((_, nearest)) = nearest {
        message
            .say("; perhaps `")
            .say(Vouched::ours(nearest.clone()))
            .say("` is meant");
    }
    if known.is_empty() {
        message.say("; this tool takes none");
    } else {
        message
            .say("; known are ")
            .say(list(known.keys().map(String::as_str)));
    }
    ToolError::new("unknown_argument", message).on(clip(&join(path, name)))
}

fn wrong_kind(schema: &Map<String, Value>, found: &'static str, path: &str) -> ToolError {
    let wanted = schema
        .get("type")
        .and_then(Value::as_str)
        .unwrap_or("value");
    let mut message = Text::of("is ");
    message
        .say(found)
        .say(", and must be of type ")
        .say(Vouched::ours(wanted));
    if let Some(items) = schema.get("items").and_then(|items| items.get("type")) {
        message
            .say(" of ")
            .say(Vouched::ours(items.as_str().unwrap_or("value")));
    }
    describe(Some(&Value::Object(schema.clone())), &mut message);
    ToolError::invalid(path, message)
}

/// The property's own description, which stands in our schema.
fn describe(property: Option<&Value>, message: &mut Text) {
    let description = property
        .and_then(|property| property.get("description"))
        .and_then(Value::as_str);
    if let Some(description) = description {
        message.say(" (").say(Vouched::ours(description)).say(")");
    }
}

fn name_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

/// Unix seconds of a time argument.
pub fn time(
    context: &super::Context<'_>,
    field: &str,
    given: Option<&str>,
) -> Result<Option<i64>, ToolError> {
    let Some(given) = given.map(str::trim).filter(|given| !given.is_empty()) else {
        return Ok(None);
    };
    time::parse(given, context.now(), &context.zone)
        .map(|time| Some(time.as_second()))
        .map_err(|error| {
            let mut message = Text::of(match &error {
                TimeError::Unreadable(_) => "is no time that is understood here: ",
                TimeError::OutOfRange(_) => "is a time outside the years 1990 to 2100: ",
                TimeError::Milliseconds(_) => "looks like milliseconds, and seconds are wanted: ",
            });
            message.quote_text(&clip(given)).say("; ").say(time::FORMS);
            let meant = time::meant(given, &error);
            ToolError::invalid(field, message).fixed_by(meant.map(|meant| Fix::Here(meant.into())))
        })
}

/// What a caller wrote, short enough to repeat.
pub fn clip(text: &str) -> String {
    crate::shape::visible::one_line(text, 80).into_owned()
}

/// "`a`, `b`, `c`" of names of ours.
pub fn list<'name>(names: impl Iterator<Item = &'name str>) -> Vouched {
    Vouched::ours(
        names
            .map(|name| format!("`{name}`"))
            .collect::<Vec<_>>()
            .join(", "),
    )
}
