//! Inboxes and what hangs on them.

use crate::sandbox::{
    answer::{Outcome, ok},
    call::Call,
    refusal::Refusal,
    state::{Inbox, State},
    view::{self, Listing},
};

pub(super) fn list(state: &State, call: &Call) -> Outcome {
    ok(&Listing::new(
        &call.path,
        state.inboxes.iter().map(view::inbox),
    ))
}

pub(super) fn find<'a>(state: &'a State, call: &Call) -> Result<&'a Inbox, Refusal> {
    let id = call.id("inb", "inbox")?;
    state
        .inboxes
        .get(id)
        .ok_or_else(|| Refusal::not_found("inbox", call.parameter(0)))
}

pub(super) fn fetch(state: &State, call: &Call) -> Outcome {
    ok(&view::inbox(find(state, call)?))
}

pub(super) fn channels(state: &State, call: &Call) -> Outcome {
    let inbox = find(state, call)?;
    let channels = state
        .channels
        .iter()
        .filter(|channel| channel.inbox == inbox.id);
    ok(&Listing::new(&call.path, channels.map(view::channel)))
}

/// The members of the team the inbox belongs to.
pub(super) fn teammates(state: &State, call: &Call) -> Outcome {
    let inbox = find(state, call)?;
    let members = state.teams.get(inbox.team).map(|team| &team.members);
    let teammates = members
        .into_iter()
        .flatten()
        .filter_map(|id| state.teammates.get(*id));
    ok(&Listing::new(&call.path, teammates.map(view::teammate)))
}
