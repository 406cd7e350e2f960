//! Ticket statuses, where ticketing is on.

use http::StatusCode;

use crate::sandbox::{
    answer::{Outcome, ok},
    call::Call,
    fields::Fields,
    id::Id,
    refusal::Refusal,
    state::State,
    view::{self, Listing},
};

/// Where ticketing is off, Front has no statuses at all.
pub(super) fn statuses(state: &State, call: &Call) -> Outcome {
    if !state.ticketing.is_on() {
        return Err(Refusal::with_status(
            StatusCode::NOT_FOUND,
            "Ticketing is not enabled for this company.",
        ));
    }
    let statuses = state.ticketing.statuses().iter();
    ok(&Listing::new(&call.path, statuses.map(view::ticket_status)))
}

pub(super) fn status(state: &State, call: &Call) -> Outcome {
    let id = call.id("sts", "status")?;
    match state.ticketing.get(id) {
        Some(status) => ok(&view::ticket_status(status)),
        None => Err(Refusal::not_found("status", call.parameter(0))),
    }
}

/// The status that a change names, which excludes naming one of the plain ones.
pub(super) fn wanted(state: &State, fields: &mut Fields) -> Option<Id> {
    let given = fields.text("status_id")?;
    if !state.ticketing.is_on() {
        fields.complain("status_id", "ticketing is not enabled");
        return None;
    }
    if fields.has("status") {
        fields.complain("status_id", "only one of status and status_id");
    }
    let known = Id::parse(&given).filter(|id| state.ticketing.get(*id).is_some());
    if known.is_none() {
        fields.complain("status_id", &format!("unknown id {given}"));
    }
    known
}
