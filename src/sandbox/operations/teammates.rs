//! Teammates and teams.

use crate::sandbox::{
    answer::{Outcome, ok},
    call::Call,
    refusal::Refusal,
    state::{State, Team, Teammate},
    view::{self, Listing},
};

pub(super) fn list(state: &State, call: &Call) -> Outcome {
    ok(&Listing::new(
        &call.path,
        state.teammates.iter().map(view::teammate),
    ))
}

pub(super) fn find<'a>(state: &'a State, call: &Call) -> Result<&'a Teammate, Refusal> {
    state
        .teammate(call.parameter(0))
        .ok_or_else(|| Refusal::not_found("teammate", call.parameter(0)))
}

pub(super) fn fetch(state: &State, call: &Call) -> Outcome {
    ok(&view::teammate(find(state, call)?))
}

/// Every inbox of the teams the teammate is in.
pub(super) fn inboxes(state: &State, call: &Call) -> Outcome {
    let teammate = find(state, call)?;
    let inboxes = state.inboxes.iter().filter(|inbox| {
        state
            .teams
            .get(inbox.team)
            .is_some_and(|team| team.members.contains(&teammate.id))
    });
    ok(&Listing::new(&call.path, inboxes.map(view::inbox)))
}

pub(super) fn teams(state: &State, call: &Call) -> Outcome {
    ok(&Listing::new(
        &call.path,
        state.teams.iter().map(view::team_preview),
    ))
}

fn find_team<'a>(state: &'a State, call: &Call) -> Result<&'a Team, Refusal> {
    let id = call.id("tim", "team")?;
    state
        .teams
        .get(id)
        .ok_or_else(|| Refusal::not_found("team", call.parameter(0)))
}

pub(super) fn team(state: &State, call: &Call) -> Outcome {
    ok(&view::team(state, find_team(state, call)?))
}

pub(super) fn team_inboxes(state: &State, call: &Call) -> Outcome {
    let team = find_team(state, call)?;
    let inboxes = state.inboxes.iter().filter(|inbox| inbox.team == team.id);
    ok(&Listing::new(&call.path, inboxes.map(view::inbox)))
}

pub(super) fn team_channels(state: &State, call: &Call) -> Outcome {
    let team = find_team(state, call)?;
    let channels = state.channels.iter().filter(|channel| {
        state
            .inboxes
            .get(channel.inbox)
            .is_some_and(|inbox| inbox.team == team.id)
    });
    ok(&Listing::new(&call.path, channels.map(view::channel)))
}
