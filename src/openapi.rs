//! Facts out of Front's OpenAPI files: what each operation takes and gives, without the prose.
//!
//! Pure: JSON in, [`Facts`] out. Used by `front-mcp catalog import` and by the test that holds
//! the operation table against the files; the running server reads the table alone.

mod schema;
pub mod table;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use thiserror::Error;

use self::schema::Schemas;
use crate::front::Method;

/// What is known of one operation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// Front's operation id.
    pub operation: String,
    /// The method, in capitals.
    pub method: String,
    /// The path template.
    pub path: String,
    /// Which of Front's APIs have it: `core`, `channel`.
    pub apis: Vec<String>,
    /// The one scope it needs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// Flagged as deprecated.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deprecated: bool,
    /// Path parameters by name, as schemas.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub parameters: Map<String, Value>,
    /// The query as the schema of an object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<Value>,
    /// The body as a schema.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
    /// Media types of the body.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub takes: Vec<String>,
    /// How its list is paged.
    pub paging: Paging,
    /// Statuses of success.
    pub success: Vec<u16>,
    /// Media types of the answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gives: Vec<String>,
}

/// How a list is paged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paging {
    /// Not a list, or all of it at once.
    None,
    /// By `page_token`.
    Token,
    /// The answer has a `next` although the operation takes no token.
    Next,
}

/// Why a file cannot be imported.
#[derive(Debug, Error)]
pub enum ImportError {
    /// It lacks what an OpenAPI file has.
    #[error("`{0}` is missing: not an OpenAPI file")]
    NotOpenApi(&'static str),
    /// A reference leads nowhere, or in a circle.
    #[error("the reference `{0}` leads nowhere or in a circle")]
    Reference(String),
    /// An operation without what the table needs.
    #[error("{method} {path}: {problem}")]
    Operation {
        /// The method.
        method: String,
        /// The path.
        path: String,
        /// What is wrong.
        problem: &'static str,
    },
    /// The same route stands in two files, and they disagree.
    #[error("{0} stands in two files that disagree about it")]
    Disagreement(String),
}

/// The facts of several files, one row a route, sorted by path and method. A route that stands
/// in two files is one row.
pub fn read(files: &[Value]) -> Result<Vec<Facts>, ImportError> {
    let mut rows: BTreeMap<(String, String), Facts> = BTreeMap::new();
    for file in files {
        for facts in read_file(file)? {
            let key = (facts.path.clone(), facts.method.clone());
            match rows.get_mut(&key) {
                None => {
                    rows.insert(key, facts);
                }
                Some(known) if known.operation == facts.operation => {
                    known.apis.extend(facts.apis);
                }
                Some(_) => return Err(ImportError::Disagreement(facts.operation)),
            }
        }
    }
    Ok(rows.into_values().collect())
}

fn read_file(file: &Value) -> Result<Vec<Facts>, ImportError> {
    let paths = file
        .get("paths")
        .and_then(Value::as_object)
        .ok_or(ImportError::NotOpenApi("paths"))?;
    let title = file
        .pointer("/info/title")
        .and_then(Value::as_str)
        .ok_or(ImportError::NotOpenApi("info.title"))?;
    let api = if title.to_lowercase().contains("channel") {
        "channel"
    } else {
        "core"
    };
    let schemas = Schemas::of(file);
    let mut rows = Vec::new();
    for (path, methods) in paths {
        let shared = methods.get("parameters");
        for method in Method::ALL {
            if let Some(operation) = methods.get(method.name().to_lowercase()) {
                rows.push(facts(&schemas, api, method, path, operation, shared)?);
            }
        }
    }
    Ok(rows)
}

fn facts(
    schemas: &Schemas<'_>,
    api: &str,
    method: Method,
    path: &str,
    operation: &Value,
    shared: Option<&Value>,
) -> Result<Facts, ImportError> {
    let wrong = |problem| ImportError::Operation {
        method: method.name().to_owned(),
        path: path.to_owned(),
        problem,
    };
    let id = operation
        .get("operationId")
        .and_then(Value::as_str)
        .ok_or_else(|| wrong("has no operationId"))?;
    let (parameters, query) = parameters(schemas, operation, shared)?;
    let (body, takes) = body(schemas, operation)?;
    let (success, gives, has_next) = answers(schemas, operation)?;
    let takes_token = query
        .as_ref()
        .is_some_and(|query| query.pointer("/properties/page_token").is_some());
    Ok(Facts {
        operation: id.to_owned(),
        method: method.name().to_owned(),
        path: path.to_owned(),
        apis: vec![api.to_owned()],
        scope: scope(operation).map_err(wrong)?,
        deprecated: operation.get("deprecated") == Some(&Value::Bool(true)),
        parameters,
        query,
        body,
        takes,
        paging: match (takes_token, has_next) {
            (true, _) => Paging::Token,
            (false, true) => Paging::Next,
            (false, false) => Paging::None,
        },
        success,
        gives,
    })
}

/// `x-required-scopes`: exactly one, or the operation needs none.
fn scope(operation: &Value) -> Result<Option<String>, &'static str> {
    let Some(scopes) = operation.get("x-required-scopes") else {
        return Ok(None);
    };
    match scopes.as_array().map(Vec::as_slice) {
        Some([Value::String(scope)]) => Ok(Some(scope.clone())),
        Some([]) => Ok(None),
        _ => Err("needs several scopes, which the table cannot say"),
    }
}

/// Path parameters, and the query as one object.
fn parameters(
    schemas: &Schemas<'_>,
    operation: &Value,
    shared: Option<&Value>,
) -> Result<(Map<String, Value>, Option<Value>), ImportError> {
    let own = operation.get("parameters");
    let all = [shared, own]
        .into_iter()
        .flatten()
        .filter_map(Value::as_array)
        .flatten();
    let (mut in_path, mut properties, mut required) = (Map::new(), Map::new(), Vec::new());
    for parameter in all {
        let parameter = schemas.follow(parameter)?;
        let (Some(name), Some(place)) = (
            parameter.get("name").and_then(Value::as_str),
            parameter.get("in").and_then(Value::as_str),
        ) else {
            continue;
        };
        let schema = schemas.facts(parameter.get("schema").unwrap_or(&Value::Null))?;
        match place {
            "path" => {
                in_path.insert(name.to_owned(), schema);
            }
            "query" => {
                if parameter.get("required") == Some(&Value::Bool(true)) {
                    required.push(Value::from(name));
                }
                properties.insert(name.to_owned(), schema);
            }
            _ => {}
        }
    }
    if properties.is_empty() {
        return Ok((in_path, None));
    }
    let mut query = Map::new();
    query.insert("type".into(), "object".into());
    query.insert("properties".into(), Value::Object(properties));
    if !required.is_empty() {
        query.insert("required".into(), Value::Array(required));
    }
    Ok((in_path, Some(Value::Object(query))))
}

fn body(
    schemas: &Schemas<'_>,
    operation: &Value,
) -> Result<(Option<Value>, Vec<String>), ImportError> {
    let Some(body) = operation.get("requestBody") else {
        return Ok((None, Vec::new()));
    };
    let content = schemas
        .follow(body)?
        .get("content")
        .and_then(Value::as_object);
    let mut takes = Vec::new();
    let mut shape = None;
    for (media_type, content) in content.into_iter().flatten() {
        takes.push(media_type.clone());
        if let (None, Some(schema)) = (&shape, content.get("schema")) {
            shape = Some(schemas.facts(schema)?);
        }
    }
    Ok((shape, takes))
}

/// Statuses of success, media types, and whether the answer has a `_pagination`.
fn answers(
    schemas: &Schemas<'_>,
    operation: &Value,
) -> Result<(Vec<u16>, Vec<String>, bool), ImportError> {
    let (mut success, mut gives, mut has_next) = (Vec::new(), Vec::new(), false);
    let answers = operation.get("responses").and_then(Value::as_object);
    for (status, answer) in answers.into_iter().flatten() {
        let Some(status) = status
            .parse()
            .ok()
            .filter(|status| (200..300).contains(status))
        else {
            continue;
        };
        success.push(status);
        let content = schemas
            .follow(answer)?
            .get("content")
            .and_then(Value::as_object);
        for (media_type, content) in content.into_iter().flatten() {
            if !gives.contains(media_type) {
                gives.push(media_type.clone());
            }
            if let Some(schema) = content.get("schema") {
                has_next |= schemas
                    .facts(schema)?
                    .pointer("/properties/_pagination")
                    .is_some();
            }
        }
    }
    success.sort_unstable();
    Ok((success, gives, has_next))
}
