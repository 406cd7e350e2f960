//! JSON schemas as hosts can read them.
//!
//! schemars describes Rust types faithfully, which is more than some hosts and model providers
//! accept: `$ref`, unions with `null` and number formats make them drop a tool or the whole
//! list. Here references are written out, `null` leaves inputs (an optional argument is one
//! that may be absent), formats of numbers go, and the keyword of strangers' words is turned
//! into a list of paths.

use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::{Map, Value};

use crate::shape::words::KEYWORD;

/// The schema of a tool's arguments.
pub fn input<T: JsonSchema>() -> Map<String, Value> {
    let mut schema = inlined::<T>(SchemaSettings::draft2020_12());
    tidy(&mut schema, true);
    let mut schema = object(schema);
    // Without arguments too: some model providers refuse an object that does not say so.
    schema
        .entry("properties")
        .or_insert_with(|| Value::Object(Map::new()));
    schema
}

/// The schema of a tool's result, and the paths of strangers' words in it.
pub fn output<T: JsonSchema>() -> (Map<String, Value>, Vec<String>) {
    let mut schema = inlined::<T>(SchemaSettings::draft2020_12().for_serialize());
    let mut paths = Vec::new();
    collect_untrusted(&mut schema, String::new(), &mut paths);
    tidy(&mut schema, false);
    (object(schema), paths)
}

fn inlined<T: JsonSchema>(settings: SchemaSettings) -> Value {
    let settings = settings.with(|settings| {
        settings.inline_subschemas = true;
        settings.meta_schema = None;
    });
    settings.into_generator().into_root_schema_for::<T>().into()
}

fn object(schema: Value) -> Map<String, Value> {
    match schema {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

/// What hosts do without: titles made from type names, number formats, `null` in inputs.
fn tidy(schema: &mut Value, is_input: bool) {
    match schema {
        Value::Object(fields) => {
            fields.remove("title");
            fields.remove("$schema");
            if !is_date(fields) {
                fields.remove("format");
            }
            // An optional value is absent, in inputs and outputs alike, and never `null`.
            drop_null(fields);
            if is_input {
                // Absence is the default; saying so costs tokens in every context.
                if fields
                    .get("default")
                    .is_some_and(|value| value.is_null() || is_empty(value))
                {
                    fields.remove("default");
                }
            }
            fold_constants(fields);
            for (name, value) in fields.iter_mut() {
                if name == "properties" {
                    if let Value::Object(properties) = value {
                        properties
                            .values_mut()
                            .for_each(|each| tidy(each, is_input));
                    }
                } else if !matches!(name.as_str(), "default" | "enum" | "const" | "examples") {
                    tidy(value, is_input);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| tidy(item, is_input)),
        _ => {}
    }
}

fn is_date(fields: &Map<String, Value>) -> bool {
    fields.get("format").and_then(Value::as_str) == Some("date-time")
}

fn is_empty(value: &Value) -> bool {
    value == &Value::Bool(false)
        || value.as_array().is_some_and(Vec::is_empty)
        || value.as_object().is_some_and(Map::is_empty)
}

fn drop_null(fields: &mut Map<String, Value>) {
    if let Some(Value::Array(types)) = fields.get_mut("type") {
        types.retain(|kind| kind != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            fields.insert("type".into(), only);
        }
    }
    if let Some(Value::Array(values)) = fields.get_mut("enum") {
        values.retain(|value| !value.is_null());
    }
    if let Some(Value::Array(alternatives)) = fields.get_mut("anyOf") {
        alternatives.retain(|each| each.get("type").and_then(Value::as_str) != Some("null"));
        if let [Value::Object(only)] = alternatives.as_slice() {
            let only = only.clone();
            fields.remove("anyOf");
            for (name, value) in only {
                fields.entry(name).or_insert(value);
            }
        }
    }
}

/// `oneOf` of documented constants is an enum, in the form that every host understands.
fn fold_constants(fields: &mut Map<String, Value>) {
    let Some(Value::Array(alternatives)) = fields.get("oneOf") else {
        return;
    };
    let constants: Option<Vec<Value>> = alternatives
        .iter()
        .map(|each| {
            each.get("const")
                .cloned()
                .map(|value| vec![value])
                .or_else(|| each.get("enum")?.as_array().cloned())
        })
        .collect::<Option<Vec<_>>>()
        .map(|lists| lists.concat());
    if let Some(constants) = constants {
        fields.remove("oneOf");
        fields.insert("type".into(), "string".into());
        fields.insert("enum".into(), Value::Array(constants));
    }
}

/// Takes the keyword out, and notes the path of each place where it stood.
fn collect_untrusted(schema: &mut Value, path: String, paths: &mut Vec<String>) {
    match schema {
        Value::Object(fields) => {
            if fields.remove(KEYWORD).is_some() {
                paths.push(path.clone());
            }
            for (name, value) in fields.iter_mut() {
                match name.as_str() {
                    "properties" => {
                        let Value::Object(properties) = value else {
                            continue;
                        };
                        for (property, inner) in properties.iter_mut() {
                            let dot = if path.is_empty() { "" } else { "." };
                            collect_untrusted(inner, format!("{path}{dot}{property}"), paths);
                        }
                    }
                    "items" => collect_untrusted(value, format!("{path}[]"), paths),
                    "additionalProperties" => {
                        collect_untrusted(value, format!("{path}.*"), paths);
                    }
                    "anyOf" | "oneOf" | "allOf" => {
                        collect_untrusted(value, path.clone(), paths);
                    }
                    _ => {}
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                collect_untrusted(item, path.clone(), paths);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::words::Words;
    use serde::{Deserialize, Serialize};

    #[derive(Serialize, Deserialize, JsonSchema)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        /// One.
        One,
        /// Two.
        Two,
    }

    #[derive(Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only its schema is looked at")]
    struct Input {
        /// A limit.
        #[schemars(range(min = 1, max = 100))]
        limit: Option<u32>,
        /// A kind.
        kind: Option<Kind>,
        /// Tags.
        #[serde(default)]
        tags: Vec<String>,
    }

    #[derive(Serialize, JsonSchema)]
    struct Output {
        rows: Vec<Row>,
        names: std::collections::BTreeMap<String, Words>,
    }

    #[derive(Serialize, JsonSchema)]
    struct Row {
        #[serde(skip_serializing_if = "Option::is_none")]
        subject: Option<Words>,
    }

    #[test]
    fn inputs_are_flat_and_without_null() {
        let schema = Value::Object(input::<Input>());
        let text = schema.to_string();
        for banned in [
            "$ref", "null", "anyOf", "oneOf", "format", "$schema", "title",
        ] {
            assert!(!text.contains(banned), "{banned} in {text}");
        }
        assert_eq!(schema["additionalProperties"], false);
        assert_eq!(schema["properties"]["limit"]["maximum"], 100);
        assert_eq!(
            schema["properties"]["kind"]["enum"],
            serde_json::json!(["one", "two"])
        );
    }

    #[test]
    fn no_arguments_are_said_too() {
        #[derive(Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        struct Nothing {}
        assert_eq!(
            Value::Object(input::<Nothing>()),
            serde_json::json!({ "type": "object", "properties": {}, "additionalProperties": false })
        );
    }

    #[test]
    fn strangers_words_are_found() {
        let (schema, paths) = output::<Output>();
        assert_eq!(paths, ["rows[].subject", "names.*"]);
        assert!(!Value::Object(schema).to_string().contains(KEYWORD));
    }
}
