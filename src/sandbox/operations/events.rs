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

/// Every type that Front has.
const KINDS: [&str; 37] = [
    "assign",
    "unassign",
    "archive",
    "reopen",
    "trash",
    "restore",
    "reminder",
    "comment",
    "mention",
    "inbound",
    "outbound",
    "out_reply",
    "move",
    "forward",
    "tag",
    "untag",
    "sending_error",
    "message_bounce_error",
    "conversations_merged",
    "link_added",
    "link_removed",
    "custom_field_updated",
    "macro_triggered",
    "topic_identified",
    "ticket_status_update",
    "call_started",
    "call_abandoned",
    "call_queued",
    "call_on_hold",
    "call_parked",
    "call_resumed",
    "call_connected",
    "call_missed",
    "call_hangup",
    "call_transferred",
    "call_transcript_added",
    "call_voicemail_transcript_added",
];

/// What `q` asks for.
struct Filter<'a> {
    kinds: Vec<&'a str>,
    inboxes: Vec<Id>,
    after: f64,
    before: f64,
}

impl<'a> Filter<'a> {
    fn of(state: &State, call: &'a Call) -> Result<Self, Refusal> {
        let kinds: Vec<&str> = call.query.q("types").collect();
        if let Some(other) = kinds.iter().find(|kind| !KINDS.contains(kind)) {
            let complaint = format!("q.types: unknown type {other}");
            return Err(Refusal::bad_request(complaint));
        }
        let inbox = |text: &str| {
            Id::parse(text)
                .filter(|id| state.inboxes.get(*id).is_some())
                .ok_or_else(|| Refusal::bad_request(format!("q.inboxes: unknown id {text}")))
        };
        let inboxes = call.query.q("inboxes").map(inbox);
        Ok(Self {
            kinds,
            inboxes: inboxes.collect::<Result<_, _>>()?,
            after: bound(call, "after")?.unwrap_or(f64::MIN),
            before: bound(call, "before")?.unwrap_or(f64::MAX),
        })
    }

    fn lets_through(&self, state: &State, happening: &Happening<'_>) -> bool {
        let in_inbox = || {
            let conversation = state.conversations.get(happening.conversation());
            conversation.is_some_and(|conversation| self.inboxes.contains(&conversation.inbox))
        };
        happening.at() > self.after
            && happening.at() < self.before
            && (self.kinds.is_empty() || self.kinds.contains(&happening.kind()))
            && (self.inboxes.is_empty() || in_inbox())
    }
}

/// Unix seconds.
fn bound(call: &Call, name: &str) -> Result<Option<f64>, Refusal> {
    let read = |text: &str| {
        let at = text.parse().ok().filter(|at: &f64| at.is_finite());
        at.ok_or_else(|| Refusal::bad_request(format!("q.{name}: must be a timestamp")))
    };
    call.query.q(name).next().map(read).transpose()
}

fn is_ascending(call: &Call) -> Result<bool, Refusal> {
    if !matches!(call.query.first("sort_by"), None | Some("created_at")) {
        return Err(Refusal::bad_request("sort_by must be created_at"));
    }
    match call.query.first("sort_order") {
        None | Some("desc") => Ok(false),
        Some("asc") => Ok(true),
        Some(_) => Err(Refusal::bad_request("sort_order must be asc or desc")),
    }
}

pub(super) fn list(state: &State, call: &Call) -> Outcome {
    let filter = Filter::of(state, call)?;
    let is_ascending = is_ascending(call)?;
    let cut = Cut::with_limits(call, LIMIT, LIMIT)?;
    let messages = state
        .messages
        .iter()
        .filter(|message| message.draft.is_none())
        .map(Happening::Message);
    let mut happenings: Vec<Happening<'_>> = messages
        .chain(state.comments.iter().map(Happening::Comment))
        .chain(state.changes.iter().map(Happening::Change))
        .filter(|happening| filter.lets_through(state, happening))
        .collect();
    sort(&mut happenings);
    if is_ascending {
        happenings.reverse();
    }
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
    let changes = state.changes.iter();
    let changes = changes.filter(|change| change.conversation == conversation.id);
    let mut happenings: Vec<Happening<'_>> = messages
        .map(Happening::Message)
        .chain(comments.map(Happening::Comment))
        .chain(changes.map(Happening::Change))
        .collect();
    sort(&mut happenings);
    ok(&Cut::of(call)?.page(call, &happenings, None, |happening| {
        view::event(state, *happening)
    }))
}

pub(super) fn fetch(state: &State, call: &Call) -> Outcome {
    let id = call.id("evt", "event")?;
    let number = id.number();
    let happening = if let Some(change) = state.changes.get(id) {
        Some(Happening::Change(change))
    } else if number % 2 == 0 {
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
