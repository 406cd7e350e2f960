//! Shifts and who is on them.

use crate::sandbox::{
    answer::{Outcome, ok},
    call::Call,
    id::Id,
    refusal::Refusal,
    state::{Shift, State},
    view::{self, Listing},
};

use super::teammates;

pub(super) fn list(state: &State, call: &Call) -> Outcome {
    ok(&Listing::new(
        &call.path,
        state.shifts.iter().map(view::shift),
    ))
}

fn find<'a>(state: &'a State, call: &Call) -> Result<&'a Shift, Refusal> {
    let id = call.id("shf", "shift")?;
    state
        .shifts
        .get(id)
        .ok_or_else(|| Refusal::not_found("shift", call.parameter(0)))
}

pub(super) fn fetch(state: &State, call: &Call) -> Outcome {
    ok(&view::shift(find(state, call)?))
}

pub(super) fn members(state: &State, call: &Call) -> Outcome {
    let members = find(state, call)?
        .members
        .iter()
        .filter_map(|id| state.teammates.get(*id));
    ok(&Listing::new(&call.path, members.map(view::teammate)))
}

pub(super) fn of_teammate(state: &State, call: &Call) -> Outcome {
    let teammate = teammates::find(state, call)?.id;
    of(state, call, |shift| shift.members.contains(&teammate))
}

pub(super) fn of_team(state: &State, call: &Call) -> Outcome {
    let team: Id = teammates::find_team(state, call)?.id;
    of(state, call, |shift| shift.team == team)
}

fn of(state: &State, call: &Call, is_wanted: impl Fn(&Shift) -> bool) -> Outcome {
    let shifts = state.shifts.iter().filter(|shift| is_wanted(shift));
    ok(&Listing::new(&call.path, shifts.map(view::shift)))
}
