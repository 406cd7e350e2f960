//! JSON schemas as hosts can read them.
//!
//! schemars describes Rust types faithfully, which is more than some hosts and model providers
//! accept: `$ref`, unions with `null` and number formats make them drop a tool or the whole
//! list. Here references are written out, `null` leaves inputs (an optional argument is one
//! that may be absent), formats of numbers go, and the keyword of strangers' words is turned
//! into a list of paths.

use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::{Map, Value};

use crate::shape::words::{JSON, KEYWORD};

/// The schema keyword of ids whose type lets no other text pass.
const TYPED: &str = "x-typed";

/// The schema of a result, and what is known of its strings.
#[derive(Debug)]
pub struct Output {
    /// As hosts read it.
    pub schema: Map<String, Value>,
    /// The paths of strangers' words.
    pub untrusted: Vec<String>,
    /// Those of them that are any JSON, which is kept as it is.
    pub foreign: Vec<String>,
    /// The paths of strings that no type vouches for: neither a stranger's nor an id, a time or a
    /// word of a list.
    pub plain: Vec<String>,
}

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
pub fn output<T: JsonSchema>() -> Output {
    let mut schema = inlined::<T>(SchemaSettings::draft2020_12().for_serialize());
    let (mut untrusted, mut foreign, mut plain) = (Vec::new(), Vec::new(), Vec::new());
    collect(&mut schema, String::new(), &mut |path, kind| match kind {
        Found::Untrusted => untrusted.push(path),
        Found::Foreign => {
            foreign.push(path.clone());
            untrusted.push(path);
        }
        Found::Plain => plain.push(path),
    });
    tidy(&mut schema, false);
    Output {
        schema: object(schema),
        untrusted,
        foreign,
        plain,
    }
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
            fields.remove(TYPED);
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

/// What a place in a schema is, besides what its type vouches for.
enum Found {
    Untrusted,
    Foreign,
    Plain,
}

/// Takes the keywords out, and notes the path of each place of a stranger's words or of a plain
/// string.
fn collect(schema: &mut Value, path: String, note: &mut impl FnMut(String, Found)) {
    match schema {
        Value::Object(fields) => {
            let is_typed = fields.remove(TYPED).is_some();
            if let Some(kind) = fields.remove(KEYWORD) {
                let is_json = kind.as_str() == Some(JSON);
                let found = if is_json {
                    Found::Foreign
                } else {
                    Found::Untrusted
                };
                note(path.clone(), found);
            } else if !is_typed && is_plain_string(fields) {
                note(path.clone(), Found::Plain);
            }
            for (name, value) in fields.iter_mut() {
                match name.as_str() {
                    "properties" => {
                        let Value::Object(properties) = value else {
                            continue;
                        };
                        for (property, inner) in properties.iter_mut() {
                            let dot = if path.is_empty() { "" } else { "." };
                            collect(inner, format!("{path}{dot}{property}"), note);
                        }
                    }
                    "items" => collect(value, format!("{path}[]"), note),
                    "additionalProperties" => collect(value, format!("{path}.*"), note),
                    "anyOf" | "oneOf" | "allOf" => collect(value, path.clone(), note),
                    _ => {}
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                collect(item, path.clone(), note);
            }
        }
        _ => {}
    }
}

/// Whether any string may stand here.
fn is_plain_string(fields: &Map<String, Value>) -> bool {
    let is_string = match fields.get("type") {
        Some(Value::String(kind)) => kind == "string",
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == "string"),
        _ => false,
    };
    is_string && !is_date(fields) && !fields.contains_key("enum") && !fields.contains_key("const")
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
        id: crate::front::id::TagId,
        kind: Kind,
        note: Option<String>,
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
        let output = output::<Output>();
        assert_eq!(output.untrusted, ["rows[].subject", "names.*"]);
        assert_eq!(output.plain, ["rows[].note"]);
        let schema = Value::Object(output.schema).to_string();
        assert!(!schema.contains(KEYWORD) && !schema.contains(TYPED));
    }
}
