//! Accounts: customers' companies.

use crate::sandbox::{
    answer::{Outcome, ok},
    call::Call,
    fields::Fields,
    page::Cut,
    refusal::Refusal,
    state::{Account, State},
    view,
};

use super::contacts;

pub(super) fn list(state: &State, call: &Call) -> Outcome {
    let mut accounts: Vec<&Account> = state.accounts.iter().collect();
    accounts.sort_by(|one, other| other.created_at.total_cmp(&one.created_at));
    if call.query.first("sort_order") == Some("asc") {
        accounts.reverse();
    }
    ok(&Cut::of(call)?.page(call, &accounts, None, |account| view::account(account)))
}

fn find<'a>(state: &'a State, call: &Call) -> Result<&'a Account, Refusal> {
    let id = call.id("acc", "account")?;
    state
        .accounts
        .get(id)
        .ok_or_else(|| Refusal::not_found("account", call.parameter(0)))
}

pub(super) fn fetch(state: &State, call: &Call) -> Outcome {
    ok(&view::account(find(state, call)?))
}

pub(super) fn contacts(state: &State, call: &Call) -> Outcome {
    let account = find(state, call)?.id;
    let members = state
        .contacts
        .iter()
        .filter(|contact| contact.account == Some(account))
        .collect();
    contacts::page(state, call, members)
}

/// PATCH: domains and custom fields are replaced as a whole.
pub(super) fn update(state: &mut State, call: &Call) -> Outcome {
    let id = find(state, call)?.id;
    let mut fields = Fields::of(call)?;
    let (name, description) = (fields.text("name"), fields.text("description"));
    let domains = fields.texts("domains");
    let custom_fields = fields.object("custom_fields");
    for name in custom_fields.iter().flat_map(serde_json::Map::keys) {
        if !state.account_fields.iter().any(|field| field.name == name) {
            fields.complain(&format!("custom_fields.{name}"), "unknown custom field");
        }
    }
    fields.check()?;
    let now = state.tick();
    if let Some(account) = state.accounts.get_mut(id) {
        account.name = name.unwrap_or_else(|| account.name.clone());
        account.description = description.or_else(|| account.description.clone());
        account.domains = domains.unwrap_or_else(|| account.domains.clone());
        account.custom_fields = custom_fields.unwrap_or_else(|| account.custom_fields.clone());
        account.updated_at = now;
    }
    ok(&view::account(find(state, call)?))
}

pub(super) fn add(state: &mut State, call: &Call) -> Outcome {
    let account = find(state, call)?.id;
    contacts::change_named(state, call, |contact| contact.account = Some(account))
}

pub(super) fn remove(state: &mut State, call: &Call) -> Outcome {
    let account = find(state, call)?.id;
    contacts::change_named(state, call, |contact| {
        contact.account = contact.account.filter(|current| *current != account);
    })
}
