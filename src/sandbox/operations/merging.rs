//! Several contacts become one.

use crate::sandbox::{
    answer::{Outcome, ok},
    call::Call,
    fields::Fields,
    id::Id,
    refusal::Refusal,
    state::{Contact, State},
    view,
};

const MOST: usize = 50;

/// By the rules that Front states: descriptions one after the other with the target's first, all
/// handles, lists, links and notes, and of anything else the value that was changed last.
pub(super) fn merge(state: &mut State, call: &Call) -> Outcome {
    let mut fields = Fields::of(call)?;
    let mut ids: Vec<Id> = Vec::new();
    let named = fields.text("target_contact_id");
    let target = named
        .as_ref()
        .and_then(|text| find(state, &mut fields, text));
    for text in fields.required_texts("contact_ids") {
        if let Some(id) = find(state, &mut fields, &text)
            && Some(id) != target
            && !ids.contains(&id)
        {
            ids.push(id);
        }
    }
    fields.check()?;
    let target = target.or_else(|| (!ids.is_empty()).then(|| ids.remove(0)));
    let count = ids.len() + 1;
    let Some(target) = target.filter(|_| (2..=MOST).contains(&count)) else {
        return Err(Refusal::bad_body(vec![format!(
            "body.contact_ids: must name 2 to {MOST} contacts"
        )]));
    };
    let mut others: Vec<Contact> = ids
        .iter()
        .filter_map(|id| state.contacts.remove(*id))
        .collect();
    others.sort_by(|one, other| one.created_at.total_cmp(&other.created_at));
    let now = state.tick();
    if let Some(kept) = state.contacts.get_mut(target) {
        absorb(kept, others);
        kept.updated_at = now;
    }
    for owner in state.handles.values_mut().filter(|id| ids.contains(id)) {
        *owner = target;
    }
    let to = state
        .messages
        .iter_mut()
        .flat_map(|message| &mut message.recipients);
    let with = state
        .conversations
        .iter_mut()
        .filter_map(|conversation| conversation.recipient.as_mut());
    for recipient in to.chain(with) {
        if recipient.contact.is_some_and(|id| ids.contains(&id)) {
            recipient.contact = Some(target);
        }
    }
    let contact = state.contacts.get(target);
    ok(&contact.map(|contact| view::contact(state, contact)))
}

fn find(state: &State, fields: &mut Fields, text: &str) -> Option<Id> {
    let found = state.contact(text).map(|contact| contact.id);
    if found.is_none() {
        fields.complain("contact_ids", &format!("unknown id {text}"));
    }
    found
}

fn absorb(kept: &mut Contact, others: Vec<Contact>) {
    let descriptions: Vec<String> = std::iter::once(kept.description.take())
        .chain(others.iter().map(|other| other.description.clone()))
        .flatten()
        .filter(|text| !text.is_empty())
        .collect();
    kept.description = (!descriptions.is_empty()).then(|| descriptions.join("\n"));
    let (mut newest, mut fields) = (kept.updated_at, kept.custom_fields.clone());
    for other in others {
        kept.handles.extend(other.handles);
        kept.notes.extend(other.notes);
        for list in other.lists {
            if !kept.lists.contains(&list) {
                kept.lists.push(list);
            }
        }
        for link in other.links {
            if !kept.links.contains(&link) {
                kept.links.push(link);
            }
        }
        let is_newer = other.updated_at > newest;
        for (name, value) in other.custom_fields {
            if is_newer || !fields.contains_key(&name) {
                fields.insert(name, value);
            }
        }
        newest = newest.max(other.updated_at);
        kept.account = kept.account.or(other.account);
        if kept.name.is_empty() {
            kept.name = other.name;
        }
    }
    kept.custom_fields = fields;
}
