//! Contacts, their handles and notes.

use http::StatusCode;
use serde_json::Value;

use crate::sandbox::{
    answer::{Answer, Outcome, created, no_content, ok},
    call::Call,
    fields::Fields,
    id::Id,
    page::Cut,
    refusal::Refusal,
    state::{Contact, HANDLE_SOURCES, Handle, Note, State},
    view::{self, Listing},
};

pub(super) fn list(state: &State, call: &Call) -> Outcome {
    let bound = |name| -> Result<Option<f64>, Refusal> {
        call.query
            .q(name)
            .next()
            .map(|text| {
                text.parse()
                    .map_err(|_| Refusal::bad_request(format!("q.{name}: must be a timestamp")))
            })
            .transpose()
    };
    let after = bound("updated_after")?.unwrap_or(f64::MIN);
    let before = bound("updated_before")?.unwrap_or(f64::MAX);
    let found = state
        .contacts
        .iter()
        .filter(|contact| contact.updated_at > after && contact.updated_at < before)
        .collect();
    page(state, call, found)
}

/// Changes each of the contacts that a body names, or none where one of them is unknown.
pub(super) fn change_named(
    state: &mut State,
    call: &Call,
    apply: impl Fn(&mut Contact),
) -> Outcome {
    let mut fields = Fields::of(call)?;
    let mut named = Vec::new();
    for text in fields.required_texts("contact_ids") {
        match state.contact(&text) {
            Some(contact) => named.push(contact.id),
            None => fields.complain("contact_ids", &format!("unknown id {text}")),
        }
    }
    fields.check()?;
    for id in named {
        if let Some(contact) = state.contacts.get_mut(id) {
            apply(contact);
        }
    }
    no_content()
}

/// A page of contacts in the order the query asks for; newest first when it does not.
pub(super) fn page(state: &State, call: &Call, mut found: Vec<&Contact>) -> Outcome {
    let by_update = match call.query.first("sort_by") {
        None | Some("created_at") => false,
        Some("updated_at") => true,
        Some(_) => {
            return Err(Refusal::bad_request(
                "sort_by must be created_at or updated_at",
            ));
        }
    };
    let at = |contact: &Contact| {
        if by_update {
            contact.updated_at
        } else {
            contact.created_at
        }
    };
    found.sort_by(|one, other| at(other).total_cmp(&at(one)).then(other.id.cmp(&one.id)));
    if call.query.first("sort_order") == Some("asc") {
        found.reverse();
    }
    ok(&Cut::of(call)?.page(call, &found, None, |contact| view::contact(state, contact)))
}

pub(super) fn find<'a>(state: &'a State, call: &Call) -> Result<&'a Contact, Refusal> {
    state
        .contact(call.parameter(0))
        .ok_or_else(|| Refusal::not_found("contact", call.parameter(0)))
}

fn find_mut<'a>(state: &'a mut State, call: &Call) -> Result<&'a mut Contact, Refusal> {
    let id = find(state, call)?.id;
    state
        .contacts
        .get_mut(id)
        .ok_or_else(|| Refusal::not_found("contact", call.parameter(0)))
}

pub(super) fn fetch(state: &State, call: &Call) -> Outcome {
    ok(&view::contact(state, find(state, call)?))
}

/// What creating and updating share.
struct Details {
    name: Option<String>,
    description: Option<String>,
    links: Option<Vec<String>>,
    lists: Option<Vec<Id>>,
    custom_fields: Option<serde_json::Map<String, Value>>,
}

fn details(state: &State, fields: &mut Fields) -> Details {
    let custom_fields = fields.object("custom_fields");
    for name in custom_fields.iter().flat_map(serde_json::Map::keys) {
        if !state.contact_fields.iter().any(|field| field.name == name) {
            fields.complain(&format!("custom_fields.{name}"), "unknown custom field");
        }
    }
    let names = fields
        .texts("list_names")
        .or_else(|| fields.texts("group_names"));
    let lists = names.map(|names| {
        let lists = state.contact_lists.iter();
        lists
            .filter(|list| names.contains(&list.name))
            .map(|list| list.id)
            .collect()
    });
    Details {
        name: fields.text("name"),
        description: fields.text("description"),
        links: fields.texts("links"),
        lists,
        custom_fields,
    }
}

/// A handle `{handle, source}`, checked.
fn handle(fields: &mut Fields, value: &Value, at: &str) -> Option<Handle> {
    let text = value.get("handle").and_then(Value::as_str);
    let source = value.get("source").and_then(Value::as_str);
    let source = HANDLE_SOURCES
        .into_iter()
        .find(|known| Some(*known) == source);
    match (text.filter(|text| !text.is_empty()), source) {
        (Some(text), Some(source)) => Some(Handle {
            handle: text.to_owned(),
            source,
        }),
        (None, _) => {
            fields.complain(&format!("{at}handle"), "missing");
            None
        }
        (_, None) => {
            let sources = HANDLE_SOURCES.join(", ");
            fields.complain(&format!("{at}source"), &format!("must be one of {sources}"));
            None
        }
    }
}

fn refuse_taken(state: &State, handle: &str) -> Result<(), Refusal> {
    match state.contact_by_handle(handle) {
        None => Ok(()),
        Some(owner) => Err(Refusal::conflict(format!(
            "The handle {handle} already belongs to contact {}",
            owner.id
        ))),
    }
}

pub(super) fn create(state: &mut State, call: &Call) -> Outcome {
    let mut fields = Fields::of(call)?;
    let details = details(state, &mut fields);
    let handles = match fields.get("handles").cloned() {
        Some(Value::Array(items)) if !items.is_empty() => items
            .iter()
            .enumerate()
            .filter_map(|(position, item)| {
                handle(&mut fields, item, &format!("handles[{position}]."))
            })
            .collect(),
        Some(Value::Array(_)) => {
            fields.complain("handles", "must not be empty");
            Vec::new()
        }
        Some(_) => {
            fields.complain("handles", "must be array");
            Vec::new()
        }
        None => {
            fields.complain("handles", "missing");
            Vec::new()
        }
    };
    fields.check()?;
    for handle in &handles {
        refuse_taken(state, &handle.handle)?;
    }
    let now = state.tick();
    let contact = Contact {
        id: state.contacts.next_id("crd"),
        name: details.name.unwrap_or_default(),
        description: details.description,
        handles,
        links: details.links.unwrap_or_default(),
        lists: details.lists.unwrap_or_default(),
        account: None,
        custom_fields: details.custom_fields.unwrap_or_default(),
        notes: Vec::new(),
        is_private: false,
        created_at: now,
        updated_at: now,
    };
    let answer = created(&view::contact(state, &contact));
    state.add_contact(contact);
    answer
}

/// PATCH: custom fields left out are erased, as Front does.
pub(super) fn update(state: &mut State, call: &Call) -> Outcome {
    find(state, call)?;
    let mut fields = Fields::of(call)?;
    let details = details(state, &mut fields);
    fields.check()?;
    let now = state.tick();
    let contact = find_mut(state, call)?;
    if let Some(name) = details.name {
        contact.name = name;
    }
    if let Some(description) = details.description {
        contact.description = Some(description);
    }
    if let Some(links) = details.links {
        contact.links = links;
    }
    if let Some(lists) = details.lists {
        contact.lists = lists;
    }
    if let Some(custom_fields) = details.custom_fields {
        contact.custom_fields = custom_fields;
    }
    contact.updated_at = now;
    no_content()
}

fn one_handle(call: &Call) -> Result<Handle, Refusal> {
    let mut fields = Fields::of(call)?;
    let handle = handle(&mut fields, &call.json()?, "");
    fields.check()?;
    handle.ok_or_else(|| Refusal::bad_body(vec!["body.handle: missing".to_owned()]))
}

pub(super) fn add_handle(state: &mut State, call: &Call) -> Outcome {
    find(state, call)?;
    let handle = one_handle(call)?;
    refuse_taken(state, &handle.handle)?;
    let now = state.tick();
    let contact = find_mut(state, call)?;
    let (id, key) = (contact.id, handle.handle.to_lowercase());
    contact.handles.push(handle);
    contact.updated_at = now;
    state.handles.insert(key, id);
    no_content()
}

pub(super) fn remove_handle(state: &mut State, call: &Call) -> Outcome {
    find(state, call)?;
    let handle = one_handle(call)?;
    let now = state.tick();
    let force = Fields::of(call)?.flag("force").unwrap_or(false);
    let contact = find_mut(state, call)?;
    let before = contact.handles.len();
    let is_it = |known: &Handle| known.handle.eq_ignore_ascii_case(&handle.handle);
    if !force && contact.handles.iter().all(is_it) {
        return Err(Refusal::bad_request(
            "The last handle of a contact is only deleted with force, and the contact with it",
        ));
    }
    contact
        .handles
        .retain(|known| !known.handle.eq_ignore_ascii_case(&handle.handle));
    if contact.handles.len() == before {
        return Err(Refusal::not_found("handle", &handle.handle));
    }
    contact.updated_at = now;
    state.handles.remove(&handle.handle.to_lowercase());
    no_content()
}

/// Front's specification answers 202 here, not 200.
pub(super) fn notes(state: &State, call: &Call) -> Outcome {
    let contact = find(state, call)?;
    let notes = contact
        .notes
        .iter()
        .rev()
        .map(|note| view::note(state, contact, note));
    Ok(Answer::json(
        StatusCode::ACCEPTED,
        &Listing::new(&call.path, notes),
    ))
}

pub(super) fn add_note(state: &mut State, call: &Call) -> Outcome {
    find(state, call)?;
    let mut fields = Fields::of(call)?;
    let author = fields.required_text("author_id");
    let body = fields.required_text("body");
    let author = state.teammate(&author).map(|teammate| teammate.id);
    if author.is_none() && fields.has("author_id") {
        fields.complain("author_id", "unknown id");
    }
    fields.check()?;
    let Some(author) = author else {
        return Err(Refusal::bad_body(vec![
            "body.author_id: missing".to_owned(),
        ]));
    };
    let created_at = state.tick();
    let note = Note {
        author,
        body,
        created_at,
    };
    let contact = find(state, call)?;
    let answer = created(&view::note(state, contact, &note));
    find_mut(state, call)?.notes.push(note);
    answer
}
