//! The request that was meant by one that names no operation of Front's.
//!
//! A path is never repaired on its way to Front ([`crate::front::path`]): what is made here is a
//! suggestion, obeys the same grammar, and is read as strictly when it is called. What would
//! send is not suggested as a request at all.

use serde_json::{Map, Value, json};

use super::request::{Asked, scalar};
use crate::{
    front::{
        Method, Operation,
        client::resolve,
        id::{self, ChannelId, ConversationId},
        operation::Effect,
        path::{RoutePath, Segment},
    },
    tools::fix::{Change, Fix, names},
};

/// What was meant, if it is one operation.
pub fn request(asked: &Asked) -> Option<Fix> {
    match (&asked.operation, &asked.path) {
        (Some(operation), None) if operation.contains('/') => {
            by_path(asked, operation).filter(|_| asked.method.is_none())
        }
        (Some(operation), None) if asked.method.is_none() => by_id(asked, operation),
        (None, Some(path)) => by_path(asked, path),
        (Some(operation), Some(path)) => {
            // Said twice, and the same both times.
            let path = RoutePath::parse(path).ok()?;
            let (found, _) = resolve(asked.method?, &path)?;
            let is_same = found.id == kebab(operation) && asked.params.is_empty();
            is_same.then(|| Fix::Changes(vec![Change::removed("operation")]))
        }
        _ => None,
    }
}

fn by_id(asked: &Asked, operation: &str) -> Option<Fix> {
    let operation = Operation::by_id(&kebab(operation)).filter(|one| may_be_asked(one))?;
    let mut params = asked.params.clone();
    for (name, value) in &asked.query {
        if params.insert(name.clone(), value.clone()).is_some() {
            return None;
        }
    }
    let mut changes = vec![Change::set("operation", operation.id)];
    if !params.is_empty() {
        changes.push(Change::set("params", params));
    }
    if !asked.query.is_empty() {
        changes.push(Change::removed("query"));
    }
    Some(Fix::Changes(changes))
}

fn by_path(asked: &Asked, given: &str) -> Option<Fix> {
    let (method, given) = match given.trim().split_once(' ') {
        Some((method, path)) => (Method::parse(&method.to_ascii_uppercase()), path.trim()),
        None => (asked.method, given.trim()),
    };
    if asked.method.is_some() && method != asked.method {
        return None;
    }
    let path = match id::api_path(given) {
        Some(path) => path,
        None => given.strip_prefix('/').unwrap_or(given),
    };
    let (path, words) = path.split_once('?').unwrap_or((path, ""));
    let mut query = asked.query.clone();
    let mut params = asked.params.clone();
    let path = filled(
        path.strip_suffix('/').unwrap_or(path),
        &mut query,
        &mut params,
    )?;
    for (name, value) in params.into_iter().chain(pairs(words)?) {
        if query.insert(name, value).is_some() {
            return None;
        }
    }
    // A request without a method that brings nothing only reads.
    let method = method.or_else(|| asked.body.is_none().then_some(Method::Get))?;
    let path = ["", "api/v1/", "v1/", "api/"].iter().find_map(|version| {
        let path = format!("/{}", path.strip_prefix(version)?);
        let (operation, _) = resolve(method, &RoutePath::parse(&path).ok()?)?;
        may_be_asked(operation).then_some(path)
    })?;
    let mut changes = vec![
        Change::set("method", method.name()),
        Change::set("path", path),
    ];
    if !query.is_empty() {
        changes.push(Change::set("query", query));
    } else if !asked.query.is_empty() {
        changes.push(Change::removed("query"));
    }
    if !asked.params.is_empty() {
        changes.push(Change::removed("params"));
    }
    if asked.operation.is_some() {
        changes.push(Change::removed("operation"));
    }
    Some(Fix::Changes(changes))
}

/// A template's parameters filled in from those that were given beside it.
fn filled(
    path: &str,
    query: &mut Map<String, Value>,
    params: &mut Map<String, Value>,
) -> Option<String> {
    let segments = path.split('/').map(|segment| {
        let Some(name) = segment
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'))
        else {
            return Some(segment.to_owned());
        };
        let value = scalar(&params.remove(name).or_else(|| query.remove(name))?)?;
        Segment::plain(&value).ok().map(|_| value)
    });
    Some(segments.collect::<Option<Vec<_>>>()?.join("/"))
}

/// Parameters that were written behind the path. Encoded ones are not decoded.
fn pairs(words: &str) -> Option<Map<String, Value>> {
    let mut pairs = Map::new();
    for pair in words.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=')?;
        if pair.contains(['%', '+', '#']) || value.contains('=') {
            return None;
        }
        match pairs.get_mut(name) {
            None => drop(pairs.insert(name.to_owned(), value.into())),
            Some(Value::Array(values)) => values.push(value.into()),
            Some(first) => *first = json!([first.clone(), value]),
        }
    }
    Some(pairs)
}

fn may_be_asked(operation: &Operation) -> bool {
    operation.effect != Effect::Send
}

/// `listInboxes` and `list_inboxes` as `list-inboxes`.
fn kebab(id: &str) -> String {
    names::snake(id).replace('_', "-")
}

/// The message that a request would have sent, for `send-message`: nothing, unless all that the
/// request says can be said there.
pub fn message(
    operation: &Operation,
    parameters: &[Segment],
    body: Option<&Map<String, Value>>,
) -> Option<Fix> {
    if operation.effect != Effect::Send {
        return None;
    }
    let place = parameters.first()?.as_str();
    let mut arguments = Map::new();
    if let Some(conversation) = ConversationId::parse(place) {
        arguments.insert("conversation_id".into(), conversation.as_str().into());
    } else {
        let channel = ChannelId::parse(place)?;
        arguments.insert("channel_id".into(), channel.as_str().into());
    }
    for (name, value) in body?.iter().filter(|(_, value)| !value.is_null()) {
        let name = match name.as_str() {
            "body" | "subject" | "to" | "cc" | "bcc" | "channel_id" => name,
            "author_id" => "author",
            "options" => {
                options(value, &mut arguments)?;
                continue;
            }
            _ => return None,
        };
        if arguments.insert(name.to_owned(), value.clone()).is_some() {
            return None;
        }
    }
    // Front reads a body as HTML.
    arguments.insert("body_format".into(), "html".into());
    arguments.contains_key("body").then_some(Fix::Instead {
        tool: "send-message",
        arguments,
    })
}

fn options(options: &Value, arguments: &mut Map<String, Value>) -> Option<()> {
    for (name, value) in options.as_object()? {
        let name = match name.as_str() {
            "archive" => "archive",
            "tag_ids" => "tags",
            _ => return None,
        };
        arguments.insert(name.to_owned(), value.clone());
    }
    Some(())
}
