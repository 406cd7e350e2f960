//! Events: what happened, newest first.

use crate::sandbox::{
    answer::{Outcome, ok},
    call::Call,
    id::Id,
    page::Cut,
    refusal::Refusal,
    state::State,
    view::{self, Happening},
};

use super::conversations;

/// Front gives events in small pages only.
const LIMIT: usize = 15;

pub(super) fn list(state: &State, call: &Call) -> Outcome {
    let bound = |name| -> Result<Option<f64>, Refusal> {
        call.query
            .q(name)
            .next()
            .map(|text| {
                text.parse()
                    .map_err(|_| Refusal::bad_request(format!("q.{name}: must be a timestamp")))
            })
            .transpose()
    };
    let after = bound("after")?.unwrap_or(f64::MIN);
    let before = bound("before")?.unwrap_or(f64::MAX);
    let kinds: Vec<&str> = call.query.q("types").collect();
    let inboxes: Vec<Id> = call.query.q("inboxes").filter_map(Id::parse).collect();
    let in_inbox = |happening: &Happening<'_>| {
        let conversation = state.conversations.get(happening.conversation());
        conversation.is_some_and(|conversation| inboxes.contains(&conversation.inbox))
    };
    let messages = state
        .messages
        .iter()
        .filter(|message| message.draft.is_none())
        .map(Happening::Message);
    let mut happenings: Vec<Happening<'_>> = messages
        .chain(state.comments.iter().map(Happening::Comment))
        .filter(|happening| happening.at() > after && happening.at() < before)
        .filter(|happening| kinds.is_empty() || kinds.contains(&happening.kind()))
        .filter(|happening| inboxes.is_empty() || in_inbox(happening))
        .collect();
    sort(&mut happenings);
    if call.query.first("sort_order") == Some("asc") {
        happenings.reverse();
    }
    let cut = Cut::with_limits(call, LIMIT, LIMIT)?;
    ok(&cut.page(call, &happenings, None, |happening| {
        view::event(state, *happening)
    }))
}

fn sort(happenings: &mut [Happening<'_>]) {
    happenings.sort_by(|one, other| {
        other
            .at()
            .total_cmp(&one.at())
            .then(other.id().cmp(&one.id()))
    });
}

pub(super) fn of_conversation(state: &State, call: &Call) -> Outcome {
    let conversation = conversations::find(state, call)?;
    let messages = conversation
        .messages
        .iter()
        .filter_map(|id| state.messages.get(*id));
    let comments = conversation
        .comments
        .iter()
        .filter_map(|id| state.comments.get(*id));
    let mut happenings: Vec<Happening<'_>> = messages
        .map(Happening::Message)
        .chain(comments.map(Happening::Comment))
        .collect();
    sort(&mut happenings);
    ok(&Cut::of(call)?.page(call, &happenings, None, |happening| {
        view::event(state, *happening)
    }))
}

pub(super) fn fetch(state: &State, call: &Call) -> Outcome {
    let number = call.id("evt", "event")?.number();
    let happening = if number % 2 == 0 {
        let message = state.messages.get(Id::new("msg", number / 2));
        message.map(Happening::Message)
    } else {
        let comment = state.comments.get(Id::new("com", number / 2));
        comment.map(Happening::Comment)
    };
    match happening {
        Some(happening) => ok(&view::event(state, happening)),
        None => Err(Refusal::not_found("event", call.parameter(0))),
    }
}
