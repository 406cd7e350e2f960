//! From method and path, or operation and parameters, to a checked call.
//!
//! Both forms end in the same table, the same policy and the same checks; giving both is
//! refused, because two sources of truth are how a checked operation and a sent one differ.

use serde_json::{Map, Value};

use super::meant;
use crate::{
    front::{
        Accept, Call, Method, Operation,
        client::resolve,
        facts,
        path::{PathRefusal, RoutePath, Segment},
    },
    shape::{
        text::{Text, Vouched},
        time,
    },
    tools::{
        ToolError, arguments, fact_check,
        fix::{Change, Fix, names, values},
    },
};

/// What an agent asked for.
#[derive(Debug, Default)]
pub struct Asked {
    /// The first form.
    pub method: Option<Method>,
    /// The first form.
    pub path: Option<String>,
    /// The second form.
    pub operation: Option<String>,
    /// The second form: path and query parameters by name.
    pub params: Map<String, Value>,
    /// Query parameters of the first form.
    pub query: Map<String, Value>,
    /// The body.
    pub body: Option<Map<String, Value>>,
}

/// The operation that was asked for, and its path parameters; no policy and no facts yet.
pub fn find(asked: &Asked) -> Result<(&'static Operation, Vec<Segment>), ToolError> {
    found(asked).map_err(|error| error.fixed_by(meant::request(asked)))
}

fn found(asked: &Asked) -> Result<(&'static Operation, Vec<Segment>), ToolError> {
    match (&asked.operation, asked.method, &asked.path) {
        (Some(_), None, None) if !asked.query.is_empty() => Err(ToolError::invalid(
            "query",
            Text::of(
                "goes with `method` and `path`; with `operation`, query parameters stand in `params`",
            ),
        )),
        (Some(id), None, None) => by_id(id, &asked.params),
        (Some(_), _, _) => Err(ToolError::invalid(
            "operation",
            Text::of(
                "cannot be combined with `method` and `path`: one of the two must say what is called",
            ),
        )),
        (None, _, _) if !asked.params.is_empty() => Err(ToolError::invalid(
            "params",
            Text::of(
                "goes with `operation`; with `method` and `path`, parameters stand in `path` and `query`",
            ),
        )),
        (None, Some(method), Some(path)) => by_path(method, path),
        (None, None, _) => Err(missing("method")),
        (None, Some(_), None) => Err(missing("path")),
    }
}

fn missing(field: &'static str) -> ToolError {
    ToolError::invalid(field, Text::of("is missing")).next(
        "give `method` and `path`, or `operation` and `params`; `search-api` finds operations",
    )
}

fn by_path(method: Method, path: &str) -> Result<(&'static Operation, Vec<Segment>), ToolError> {
    let path = RoutePath::parse(path).map_err(|refusal| bad_path("path", &refusal))?;
    resolve(method, &path).ok_or_else(|| no_route(method, &path))
}

fn by_id(
    id: &str,
    params: &Map<String, Value>,
) -> Result<(&'static Operation, Vec<Segment>), ToolError> {
    let operation = Operation::by_id(id.trim()).ok_or_else(|| {
        let mut message = Text::of("Front has no operation with the id ");
        message.quote_text(&arguments::clip(id));
        ToolError::invalid("operation", message).next("find it with `search-api`")
    })?;
    let segments = operation
        .parameters()
        .map(|name| {
            let field = format!("params.{name}");
            let text = params.get(name).and_then(scalar).ok_or_else(|| {
                let mut message = Text::of("is missing; the path is ");
                message.say(operation.template);
                ToolError::invalid(field.as_str(), message)
            })?;
            // Search words may hold anything. Every other parameter is an id or an alias, and obeys
            // the grammar of paths: an encoded slash is still a slash to a lenient server.
            let is_search = operation.method == Method::Get && name == "query";
            let segment = if is_search {
                Segment::encoded(&text)
            } else {
                Segment::plain(&text)
            };
            segment.map_err(|refusal| bad_path(&field, &refusal))
        })
        .collect::<Result<_, ToolError>>()?;
    Ok((operation, segments))
}

fn bad_path(field: &str, refusal: &PathRefusal) -> ToolError {
    ToolError::invalid(field, Text::of(Vouched::ours(refusal.to_string()))).next(
        "write the path of Front's API with ids filled in and parameters in `query`; what needs other characters goes through `operation` and `params`",
    )
}

fn no_route(method: Method, path: &RoutePath) -> ToolError {
    let others = Operation::methods_at(path);
    let mut message = Text::of("Front has no operation ");
    message.say(method.name()).say(" at this path");
    if others.is_empty() {
        return ToolError::invalid("path", message)
            .next("find the operation with `search-api`; a trailing slash counts");
    }
    message.say("; it has ");
    message.say(arguments::list(others.iter().map(|method| method.name())));
    ToolError::invalid("method", message).next("call again with one of these methods")
}

/// The call, with query and body checked against the operation's facts.
pub fn call(
    operation: &'static Operation,
    parameters: Vec<Segment>,
    asked: Asked,
) -> Result<Call, ToolError> {
    if operation.method == Method::Get && asked.body.is_some() {
        return Err(ToolError::invalid("body", Text::of("a GET takes no body")));
    }
    let facts = facts::of(operation);
    let (field, given) = if asked.operation.is_some() {
        let mut given = asked.params;
        for name in operation.parameters() {
            given.remove(name);
        }
        ("params", given)
    } else {
        ("query", asked.query)
    };
    let query = query(facts.and_then(|facts| facts.query.as_ref()), &given, field)?;
    let body = asked.body.map(Value::Object);
    check_body(operation, body.as_ref())?;
    Ok(Call {
        operation,
        parameters,
        query,
        body,
        files: Vec::new(),
        accept: Accept::Usual,
    })
}

fn check_body(operation: &'static Operation, body: Option<&Value>) -> Result<(), ToolError> {
    let Some(facts) = facts::of(operation) else {
        return Ok(());
    };
    let only_files = !facts.takes.is_empty()
        && facts
            .takes
            .iter()
            .all(|media_type| media_type != "application/json");
    if only_files {
        return Err(ToolError::refused(Text::of(
            "this operation takes files alone (multipart/form-data), which cannot be sent from here; nothing was done",
        )));
    }
    match (&facts.body, body) {
        (Some(schema), Some(body)) => fact_check::check(schema, body, "body"),
        (Some(schema), None) => {
            // An operation whose body has nothing required is complete without one.
            let empty = Value::Object(Map::new());
            fact_check::check(schema, &empty, "body")
        }
        (None, Some(body)) if body.as_object().is_some_and(|fields| !fields.is_empty()) => Err(
            ToolError::invalid("body", Text::of("this operation takes no body")),
        ),
        (None, _) => Ok(()),
    }
}

/// Query parameters as pairs: lists repeat their name, and `q` may be an object
/// (`{"q": {"statuses": ["open"]}}` is `q[statuses]=open`).
fn query(
    schema: Option<&Value>,
    given: &Map<String, Value>,
    field: &str,
) -> Result<Vec<(String, String)>, ToolError> {
    let known = schema
        .and_then(|schema| schema.get("properties"))
        .and_then(Value::as_object);
    let mut pairs = Vec::new();
    for (name, value) in given {
        let base = name.split('[').next().unwrap_or(name);
        let Some(schema) = known.and_then(|known| known.get(base)) else {
            let mut message = Text::of("has no parameter ");
            message
                .quote_text(&arguments::clip(name))
                .say("; known are ");
            message.say(arguments::list(
                known
                    .into_iter()
                    .flat_map(|known| known.keys().map(String::as_str)),
            ));
            let renamed = known
                .filter(|_| base == name)
                .and_then(|known| names::known(given, known, &[]))
                .map(|given| Fix::Changes(vec![Change::set(field, given)]));
            return Err(ToolError::invalid(field, message).fixed_by(renamed));
        };
        match value {
            Value::Object(inner) if base == "q" && name == base => {
                for (key, value) in inner {
                    check_time(value, &format!("{field}.q.{key}"))?;
                    add(&format!("q[{key}]"), value, field, &mut pairs)?;
                }
            }
            _ if base == "q" => {
                check_time(value, &format!("{field}.{name}"))?;
                add(name, value, field, &mut pairs)?;
            }
            _ => {
                check_parameter(schema, value, &format!("{field}.{base}"))?;
                add(name, value, field, &mut pairs)?;
            }
        }
    }
    Ok(pairs)
}

/// Front's filters take times in seconds, and what it makes of others it does not say.
fn check_time(value: &Value, path: &str) -> Result<(), ToolError> {
    if !values::is_time(path) {
        return Ok(());
    }
    let seconds = match value {
        Value::String(text) => text.trim().parse().ok(),
        value => value.as_f64(),
    };
    match seconds {
        Some(seconds) if !time::is_milliseconds(seconds) => Ok(()),
        _ => Err(ToolError::invalid(
            arguments::clip(path),
            Text::of("must be a time in Unix seconds"),
        )
        .fixed_by(Fix::Seconds)),
    }
}

/// Numbers may be written as text: in an address they are text anyway.
fn check_parameter(schema: &Value, value: &Value, path: &str) -> Result<(), ToolError> {
    let as_number = || value.as_str()?.trim().parse::<i64>().ok().map(Value::from);
    let is_number = matches!(
        schema.get("type").and_then(Value::as_str),
        Some("integer" | "number")
    );
    match is_number.then(as_number).flatten() {
        Some(number) => fact_check::check(schema, &number, path),
        None if value.is_array() => Ok(()),
        None => fact_check::check(schema, value, path),
    }
}

fn add(
    name: &str,
    value: &Value,
    field: &str,
    pairs: &mut Vec<(String, String)>,
) -> Result<(), ToolError> {
    let values = match value {
        Value::Array(values) => values.iter().collect(),
        single => vec![single],
    };
    for value in values {
        let text = scalar(value).ok_or_else(|| {
            let mut message = Text::of("must be text, a number, a boolean or an array of them: ");
            message.quote_text(&arguments::clip(name));
            ToolError::invalid(field, message)
        })?;
        pairs.push((name.to_owned(), text));
    }
    Ok(())
}

/// A value as it is written in an address.
pub fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}
