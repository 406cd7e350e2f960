//! Comments and whom they mention.

use crate::sandbox::{
    answer::{Outcome, created, ok},
    call::Call,
    fields::Fields,
    id::Id,
    refusal::Refusal,
    state::{Comment, State},
    view::{self, Listing},
};

use super::{conversations, recording::record_mention, sending};

/// Newest first, as messages are.
pub(super) fn of_conversation(state: &State, call: &Call) -> Outcome {
    let comments = conversations::find(state, call)?
        .comments
        .iter()
        .rev()
        .filter_map(|id| state.comments.get(*id));
    ok(&Listing::new(
        &call.path,
        comments.map(|comment| view::comment(state, comment)),
    ))
}

fn find<'a>(state: &'a State, call: &Call) -> Result<&'a Comment, Refusal> {
    let id = call.id("com", "comment")?;
    state
        .comments
        .get(id)
        .ok_or_else(|| Refusal::not_found("comment", call.parameter(0)))
}

pub(super) fn fetch(state: &State, call: &Call) -> Outcome {
    ok(&view::comment(state, find(state, call)?))
}

pub(super) fn mentions(state: &State, call: &Call) -> Outcome {
    let comment = find(state, call)?;
    let mentioned = state
        .teammates
        .iter()
        .filter(|teammate| comment.mentions(teammate));
    ok(&Listing::new(&call.path, mentioned.map(view::teammate)))
}

/// Without `author_id` the token is the author, and Front shows its owner: here the first teammate.
pub(super) fn create(state: &mut State, call: &Call) -> Outcome {
    let conversation = conversations::find(state, call)?.id;
    add(state, call, conversation, None)
}

/// A reply stands in the conversation of the comment that it answers.
pub(super) fn reply(state: &mut State, call: &Call) -> Outcome {
    let answered = find(state, call)?;
    let (conversation, answered) = (answered.conversation, answered.id);
    add(state, call, conversation, Some(answered))
}

fn add(state: &mut State, call: &Call, conversation: Id, replied_to: Option<Id>) -> Outcome {
    let mut fields = Fields::of(call)?;
    let author = sending::author(state, &mut fields)
        .or_else(|| state.teammates.at(0).map(|teammate| teammate.id));
    let body = fields.required_text("body");
    let is_pinned = fields.flag("is_pinned").unwrap_or(false);
    fields.check()?;
    let Some(author) = author else {
        return Err(Refusal::bad_request("Nobody to comment as"));
    };
    let now = state.tick();
    let id = state.comments.next_id("com");
    let comment = Comment {
        id,
        conversation,
        author,
        body,
        posted_at: now,
        is_pinned,
        replied_to,
    };
    let answer = created(&view::comment(state, &comment));
    state.comments.insert(comment);
    if let Some(conversation) = state.conversations.get_mut(conversation) {
        conversation.comments.push(id);
    }
    record_mention(state, id);
    answer
}
