//! OpenAPI 3.0 schemas as plain facts: references written out, `allOf` merged, prose dropped.
//!
//! Front's files need some care: bodies put `required` beside a `$ref` (strict readers drop
//! it), split `required` over the parts of an `allOf`, and put `properties` beside a `oneOf`.
//! Here all of them are merged.

use serde_json::{Map, Value};

use super::ImportError;

/// What says something about values; everything else is prose.
const FACTS: &[&str] = &[
    "type",
    "format",
    "enum",
    "nullable",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "pattern",
    "default",
    "uniqueItems",
];

/// Deeper than any body of Front's; a schema that refers to itself ends here.
const DEEPEST: usize = 24;

/// The reusable parts of one file.
pub struct Schemas<'file> {
    file: &'file Value,
}

impl<'file> Schemas<'file> {
    /// Of this file.
    pub fn of(file: &'file Value) -> Self {
        Self { file }
    }

    /// The thing itself where a reference stands for it.
    pub fn follow<'value>(
        &'value self,
        value: &'value Value,
    ) -> Result<&'value Value, ImportError> {
        let mut value = value;
        for _ in 0..DEEPEST {
            let Some(reference) = value.get("$ref").and_then(Value::as_str) else {
                return Ok(value);
            };
            value = self.target(reference)?;
        }
        Err(ImportError::Reference("a chain of references".into()))
    }

    fn target(&self, reference: &str) -> Result<&Value, ImportError> {
        reference
            .strip_prefix('#')
            .and_then(|pointer| self.file.pointer(pointer))
            .ok_or_else(|| ImportError::Reference(reference.to_owned()))
    }

    /// The facts of a schema.
    pub fn facts(&self, schema: &Value) -> Result<Value, ImportError> {
        let mut facts = Map::new();
        self.merge(schema, &mut facts, DEEPEST)?;
        Ok(Value::Object(facts))
    }

    /// Adds what a schema says to what its other parts said.
    fn merge(
        &self,
        schema: &Value,
        into: &mut Map<String, Value>,
        depth: usize,
    ) -> Result<(), ImportError> {
        let Some(depth) = depth.checked_sub(1) else {
            return Err(ImportError::Reference("a schema within itself".into()));
        };
        let Some(schema) = schema.as_object() else {
            return Ok(());
        };
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            self.merge(self.target(reference)?, into, depth)?;
        }
        for part in list(schema, "allOf") {
            self.merge(part, into, depth)?;
        }
        for (name, value) in schema {
            if FACTS.contains(&name.as_str()) {
                into.insert(name.clone(), value.clone());
            }
        }
        self.merge_properties(schema, into, depth)?;
        for inner in ["items", "additionalProperties"] {
            if let Some(value) = schema.get(inner) {
                let facts = match value {
                    Value::Bool(_) => value.clone(),
                    schema => {
                        let mut facts = Map::new();
                        self.merge(schema, &mut facts, depth)?;
                        Value::Object(facts)
                    }
                };
                into.insert(inner.into(), facts);
            }
        }
        for choice in ["oneOf", "anyOf"] {
            let mut parts = Vec::new();
            for part in list(schema, choice) {
                let mut facts = Map::new();
                self.merge(part, &mut facts, depth)?;
                parts.push(Value::Object(facts));
            }
            if !parts.is_empty() {
                into.insert("anyOf".into(), Value::Array(parts));
            }
        }
        if let Some(discriminator) = schema.get("discriminator") {
            into.insert("discriminator".into(), by_case(schema, discriminator));
        }
        Ok(())
    }

    fn merge_properties(
        &self,
        schema: &Map<String, Value>,
        into: &mut Map<String, Value>,
        depth: usize,
    ) -> Result<(), ImportError> {
        if let Some(Value::Object(properties)) = schema.get("properties") {
            into.entry("type").or_insert_with(|| "object".into());
            let mut known = match into.remove("properties") {
                Some(Value::Object(known)) => known,
                _ => Map::new(),
            };
            for (name, property) in properties {
                let mut facts = match known.remove(name) {
                    Some(Value::Object(facts)) => facts,
                    _ => Map::new(),
                };
                self.merge(property, &mut facts, depth)?;
                known.insert(name.clone(), Value::Object(facts));
            }
            into.insert("properties".into(), Value::Object(known));
        }
        let mut required = match into.remove("required") {
            Some(Value::Array(required)) => required,
            _ => Vec::new(),
        };
        for name in list(schema, "required") {
            if !required.contains(name) {
                required.push(name.clone());
            }
        }
        if !required.is_empty() {
            into.insert("required".into(), Value::Array(required));
        }
        Ok(())
    }
}

/// Which value of the discriminating property chooses which part of a `oneOf`, in its order.
fn by_case(schema: &Map<String, Value>, discriminator: &Value) -> Value {
    let mapping = discriminator.get("mapping").and_then(Value::as_object);
    let cases: Vec<Value> = list(schema, "oneOf")
        .map(|part| {
            mapping
                .into_iter()
                .flatten()
                .find(|(_, target)| part.get("$ref") == Some(target))
                .map_or(Value::Null, |(case, _)| Value::from(case.as_str()))
        })
        .collect();
    let name = discriminator.get("propertyName").cloned();
    serde_json::json!({ "property": name, "cases": cases })
}

fn list<'schema>(
    schema: &'schema Map<String, Value>,
    name: &str,
) -> impl Iterator<Item = &'schema Value> {
    schema
        .get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}
