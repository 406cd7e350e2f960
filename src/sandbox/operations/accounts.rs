//! Accounts: customers' companies.

use crate::sandbox::{
    answer::{Outcome, ok},
    call::Call,
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
