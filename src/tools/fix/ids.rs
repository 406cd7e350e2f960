//! Something else where an id is wanted.

use serde_json::{Value, json};

use super::Fix;
use crate::{
    front::id,
    shape::text::Own,
    tools::{handle, resolve::unwrapped},
};

/// What was meant by this where the id in the example of `wanted` was (`a tag id such as
/// ``tag_55c8c149` ``).
pub fn id(given: &str, wanted: &str) -> Option<Fix> {
    let prefix = wanted.split('`').nth(1)?.split_once('_')?.0;
    let bare = unwrapped(given);
    if let Some(id) = id::respelt(bare, prefix) {
        return Some(Fix::Here(id.into()));
    }
    if let Some(found) = link(bare) {
        return Some(found);
    }
    if let Some(address) = handle::email(given.trim()) {
        return match prefix {
            "cnv" => Some(Fix::instead(
                "search-conversations",
                "participants",
                json!([address]),
            )),
            _ => None,
        };
    }
    let name = Some(bare).filter(|name| is_name(name))?;
    match prefix {
        "cnv" => Some(Fix::instead("search-conversations", "text", name)),
        "crd" => Some(Fix::instead("list-contacts", "query", name)),
        _ => None,
    }
}

/// The tool that reads what an id or a link of another kind names.
pub fn link(given: &str) -> Option<Fix> {
    let (prefix, id) = id::named(given)?;
    let (tool, argument, is_list) = match prefix {
        "cnv" => ("get-conversation", "conversation_id", false),
        "msg" => ("get-message", "message_id", false),
        "crd" => ("get-contact", "contact", false),
        "fil" => ("get-attachment", "attachment_id", false),
        "inb" => ("list-conversations", "inboxes", true),
        "tag" => ("list-conversations", "tag", false),
        "tea" => ("list-conversations", "assignee", false),
        _ => return None,
    };
    let value = if is_list {
        json!([id])
    } else {
        Value::String(id)
    };
    Some(Fix::instead(tool, argument, value))
}

/// The id among those that exist which was written without its prefix, or with another spelling.
pub fn of_existing<'id, Id: Own + 'id>(
    given: &str,
    mut ids: impl Iterator<Item = &'id Id>,
) -> Option<Fix> {
    let found = ids.find_map(|each| {
        let mut id = String::new();
        each.write(&mut id);
        let prefix = id.split_once('_')?.0;
        (id::respelt(given, prefix).as_deref() == Some(id.as_str())).then_some(id)
    })?;
    Some(Fix::Here(found.into()))
}

/// Letters, as people and companies are called.
fn is_name(text: &str) -> bool {
    (3..=80).contains(&text.len())
        && text.chars().any(char::is_alphabetic)
        && text.chars().all(|c| c.is_alphabetic() || " '-".contains(c))
}
