//! Keeps what a change did to a conversation, as Front's events tell it.
//!
//! A change is told by what is different afterwards: what was so before is no event.

use serde_json::{Map, Value};

use crate::sandbox::{
    id::Id,
    state::{By, Change, Conversation, Standing, State, What},
};

/// The first event's number: more than an id that follows from a message or a comment has.
const FIRST: u64 = 3_000_000_000_000;

/// A conversation as it was.
#[derive(Debug)]
pub(super) struct Before {
    id: Id,
    standing: Standing,
    is_snoozed: bool,
    assignee: Option<Id>,
    inbox: Id,
    tags: Vec<Id>,
    custom_fields: Map<String, Value>,
    ticket: Option<Id>,
}

impl Before {
    pub(super) fn of(state: &State, conversation: &Conversation) -> Self {
        Self {
            id: conversation.id,
            standing: conversation.standing,
            is_snoozed: conversation.is_snoozed(),
            assignee: conversation.assignee,
            inbox: conversation.inbox,
            tags: conversation.tags.clone(),
            custom_fields: conversation.custom_fields.clone(),
            ticket: state
                .ticketing
                .status_of(conversation)
                .map(|status| status.id),
        }
    }

    /// The events that led from here to how the conversation is now.
    pub(super) fn record(self, state: &mut State) {
        let Some(after) = state.conversations.get(self.id) else {
            return;
        };
        let after = Self::of(state, after);
        let mut done = self.moves(&after);
        let fields = state.conversation_fields.iter();
        let changed = fields
            .filter(|one| self.custom_fields.get(one.name) != after.custom_fields.get(one.name));
        done.extend(changed.map(|one| (By::Api, What::CustomField(one.id))));
        if self.ticket != after.ticket {
            done.push((By::Api, What::TicketStatus));
        }
        done.extend(self.steps(&after));
        for (by, what) in done {
            record(state, self.id, by, what);
        }
    }

    /// Who has it, where it is, and its tags.
    fn moves(&self, after: &Self) -> Vec<(By, What)> {
        let mut done = Vec::new();
        if self.inbox != after.inbox {
            done.push(What::Move(after.inbox));
        }
        if self.assignee != after.assignee {
            done.push(after.assignee.map_or(What::Unassign, What::Assign));
        }
        let gone = self.tags.iter().filter(|tag| !after.tags.contains(tag));
        done.extend(gone.map(|tag| What::Untag(*tag)));
        let new = after.tags.iter().filter(|tag| !self.tags.contains(tag));
        done.extend(new.map(|tag| What::Tag(*tag)));
        done.into_iter().map(|what| (By::Api, what)).collect()
    }

    /// The ways into the archive and the trash, and out of them.
    fn steps(&self, after: &Self) -> Vec<(By, What)> {
        let mut done = Vec::new();
        if after.is_trashed() {
            if !self.is_trashed() {
                done.push((By::Api, What::Trash));
            }
            return done;
        }
        if self.is_trashed() {
            done.push((By::Api, What::Restore));
        }
        let was_open = self.is_trashed() || !self.is_put_away();
        match (was_open, after.is_put_away()) {
            (true, true) if after.is_snoozed => done.push((By::Reminder, What::Archive)),
            (true, true) => done.push((By::Api, What::Archive)),
            (false, false) => done.push((By::Api, What::Reopen)),
            _ => {}
        }
        done
    }

    fn is_trashed(&self) -> bool {
        matches!(self.standing, Standing::Deleted | Standing::Spam)
    }

    fn is_put_away(&self) -> bool {
        self.is_snoozed || self.standing == Standing::Archived
    }
}

/// The conversation as it is, before it is changed.
pub(super) fn before(state: &State, conversation: Id) -> Option<Before> {
    let conversation = state.conversations.get(conversation)?;
    Some(Before::of(state, conversation))
}

/// One event more.
pub(super) fn record(state: &mut State, conversation: Id, by: By, what: What) {
    let number = FIRST.max(state.changes.next_id("evt").number());
    let at = state.tick();
    state.changes.insert(Change {
        id: Id::new("evt", number),
        conversation,
        at,
        by,
        what,
    });
}

/// The event of a comment that names somebody: one, whoever it names.
pub(super) fn record_mention(state: &mut State, comment: Id) {
    let Some(comment) = state.comments.get(comment) else {
        return;
    };
    let mut teammates = state.teammates.iter();
    if teammates.any(|teammate| comment.mentions(teammate)) {
        let (conversation, by) = (comment.conversation, By::Teammate(comment.author));
        let what = What::Mention(comment.id);
        record(state, conversation, by, what);
    }
}
