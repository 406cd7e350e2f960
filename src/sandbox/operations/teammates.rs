//! Teammates and teams.

use crate::sandbox::{
    answer::{Outcome, no_content, ok},
    call::Call,
    fields::Fields,
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

/// PATCH: custom fields are replaced as a whole.
pub(super) fn update(state: &mut State, call: &Call) -> Outcome {
    let id = find(state, call)?.id;
    let mut fields = Fields::of(call)?;
    let username = fields.text("username");
    let (first_name, last_name) = (fields.text("first_name"), fields.text("last_name"));
    let is_available = fields.flag("is_available");
    let custom_fields = fields.object("custom_fields");
    fields.check()?;
    if let Some(teammate) = state.teammates.get_mut(id) {
        for (value, new) in [
            (&mut teammate.username, username),
            (&mut teammate.first_name, first_name),
            (&mut teammate.last_name, last_name),
        ] {
            if let Some(new) = new {
                *value = new;
            }
        }
        teammate.is_available = is_available.unwrap_or(teammate.is_available);
        if let Some(custom_fields) = custom_fields {
            teammate.custom_fields = custom_fields;
        }
    }
    no_content()
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

pub(super) fn find_team<'a>(state: &'a State, call: &Call) -> Result<&'a Team, Refusal> {
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
