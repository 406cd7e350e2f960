//! Channels.

use crate::sandbox::{
    answer::{Outcome, ok},
    call::Call,
    refusal::Refusal,
    state::{Channel, State},
    view::{self, Listing},
};

pub(super) fn list(state: &State, call: &Call) -> Outcome {
    ok(&Listing::new(
        &call.path,
        state.channels.iter().map(view::channel),
    ))
}

pub(super) fn find<'a>(state: &'a State, call: &Call) -> Result<&'a Channel, Refusal> {
    state
        .channel(call.parameter(0))
        .ok_or_else(|| Refusal::not_found("channel", call.parameter(0)))
}

pub(super) fn fetch(state: &State, call: &Call) -> Outcome {
    ok(&view::channel(find(state, call)?))
}
