//! Contact lists and who is on them.

use crate::sandbox::{
    answer::{Outcome, no_content, ok},
    call::Call,
    fields::Fields,
    id::Id,
    refusal::Refusal,
    state::State,
    view::{self, Listing},
};

use super::contacts;

pub(super) fn list(state: &State, call: &Call) -> Outcome {
    ok(&Listing::new(
        &call.path,
        state.contact_lists.iter().map(view::contact_list),
    ))
}

fn find(state: &State, call: &Call) -> Result<Id, Refusal> {
    let id = call.id("grp", "contact list")?;
    match state.contact_lists.get(id) {
        Some(_) => Ok(id),
        None => Err(Refusal::not_found("contact list", call.parameter(0))),
    }
}

pub(super) fn contacts(state: &State, call: &Call) -> Outcome {
    let list = find(state, call)?;
    let members = state
        .contacts
        .iter()
        .filter(|contact| contact.lists.contains(&list))
        .collect();
    contacts::page(state, call, members)
}

pub(super) fn add(state: &mut State, call: &Call) -> Outcome {
    change(state, call, |lists, list| {
        if !lists.contains(&list) {
            lists.push(list);
        }
    })
}

pub(super) fn remove(state: &mut State, call: &Call) -> Outcome {
    change(state, call, |lists, list| {
        lists.retain(|known| *known != list);
    })
}

fn change(state: &mut State, call: &Call, apply: impl Fn(&mut Vec<Id>, Id)) -> Outcome {
    let list = find(state, call)?;
    let mut fields = Fields::of(call)?;
    let mut members = Vec::new();
    for text in fields.required_texts("contact_ids") {
        match state.contact(&text) {
            Some(contact) => members.push(contact.id),
            None => fields.complain("contact_ids", &format!("unknown id {text}")),
        }
    }
    fields.check()?;
    for id in members {
        if let Some(contact) = state.contacts.get_mut(id) {
            apply(&mut contact.lists, list);
        }
    }
    no_content()
}
