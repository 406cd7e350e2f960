//! Contact lists and who is on them.

use crate::sandbox::{
    answer::{Outcome, ok},
    call::Call,
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
    let list = find(state, call)?;
    contacts::change_named(state, call, |contact| {
        if !contact.lists.contains(&list) {
            contact.lists.push(list);
        }
    })
}

pub(super) fn remove(state: &mut State, call: &Call) -> Outcome {
    let list = find(state, call)?;
    contacts::change_named(state, call, |contact| {
        contact.lists.retain(|known| *known != list);
    })
}
