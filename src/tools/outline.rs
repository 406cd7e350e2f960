//! The shape of a body or query on one line, as a model can act on it:
//! `{body*: string, to: [string], options: {archive: boolean}}`. A star marks what is required.

use serde_json::{Map, Value};

/// As deep as an outline goes; what is deeper is `{...}`.
const DEEPEST: usize = 4;

/// Enums longer than this are cut.
const LONGEST_ENUM: usize = 8;

/// The outline of a schema of the facts.
pub fn outline(schema: &Value) -> String {
    let mut out = String::new();
    write(schema, DEEPEST, &mut out);
    out
}

/// The deepest outline of at most so many characters; if even the shallowest is longer, its
/// beginning, where what is required stands.
pub fn within(schema: &Value, longest: usize) -> String {
    let mut out = String::new();
    for depth in (1..=DEEPEST).rev() {
        out.clear();
        write(schema, depth, &mut out);
        if out.chars().count() <= longest {
            return out;
        }
    }
    let end = out
        .char_indices()
        .nth(longest)
        .map_or(out.len(), |(at, _)| at);
    let start = out.get(..end).unwrap_or_default();
    let kept = start.rsplit_once(", ").map_or(start, |(kept, _)| kept);
    format!("{kept}, ...}}")
}

fn write(schema: &Value, depth: usize, out: &mut String) {
    if let Some(Value::Array(values)) = schema.get("enum") {
        let words: Vec<_> = values
            .iter()
            .take(LONGEST_ENUM)
            .map(|value| {
                value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned)
            })
            .collect();
        out.push_str(&words.join("|"));
        if values.len() > LONGEST_ENUM {
            out.push_str("|...");
        }
        return;
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("array") => {
            out.push('[');
            write(schema.get("items").unwrap_or(&Value::Null), depth, out);
            out.push(']');
        }
        Some("object") | None if schema.get("properties").is_some() => fields(schema, depth, out),
        _ if schema.get("anyOf").is_some() => choices(schema, depth, out),
        Some("object") => out.push_str("{...}"),
        Some(kind) => {
            out.push_str(kind);
            if let Some(maximum) = schema.get("maximum") {
                out.push_str("<=");
                out.push_str(&maximum.to_string());
            }
        }
        None => out.push_str("any"),
    }
}

fn fields(schema: &Value, depth: usize, out: &mut String) {
    let Some(depth) = depth.checked_sub(1) else {
        out.push_str("{...}");
        return;
    };
    out.push('{');
    let empty = Map::new();
    let properties = schema
        .get("properties")
        .and_then(Value::as_object)
        .unwrap_or(&empty);
    let required = |name: &str| {
        schema
            .get("required")
            .and_then(Value::as_array)
            .is_some_and(|names| names.iter().any(|each| each == name))
    };
    // What must be given comes first.
    let mut names: Vec<_> = properties.keys().collect();
    names.sort_by_key(|name| !required(name));
    for (index, name) in names.into_iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        out.push_str(name);
        if required(name) {
            out.push('*');
        }
        out.push_str(": ");
        write(properties.get(name).unwrap_or(&Value::Null), depth, out);
    }
    out.push('}');
    if schema.get("anyOf").is_some() {
        out.push_str(" and ");
        choices(schema, depth, out);
    }
}

fn choices(schema: &Value, depth: usize, out: &mut String) {
    let parts = schema.get("anyOf").and_then(Value::as_array);
    let mut seen = Vec::new();
    for part in parts.into_iter().flatten() {
        let mut text = String::new();
        write(part, depth, &mut text);
        if !seen.contains(&text) {
            seen.push(text);
        }
    }
    out.push_str(&seen.join(" or "));
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_outline_reads_on_one_line() {
        let schema = json!({
            "type": "object",
            "properties": {
                "to": {"type": "array", "items": {"type": "string"}},
                "body": {"type": "string"},
                "mode": {"type": "string", "enum": ["private", "shared"]},
                "options": {"type": "object", "properties": {"archive": {"type": "boolean"}}},
                "custom_fields": {"type": "object"}
            },
            "required": ["body"]
        });
        assert_eq!(
            outline(&schema),
            "{body*: string, to: [string], mode: private|shared, options: {archive: boolean}, custom_fields: {...}}"
        );
    }
}
