//! A plan: which conversations, and how far each of them is.

use std::sync::{Mutex, MutexGuard, PoisonError};

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    change::Change,
    seen::{Moved, Seen},
};
use crate::{
    front::{FrontError, FrontErrorKind, id::ConversationId, model::Conversation},
    shape::words::Words,
    tools::ToolError,
};

/// How far the change to one conversation is.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// Not tried, or tried and certainly not made.
    Waiting,
    /// Perhaps made: it was asked for, and no answer said. With when the conversation was last
    /// changed before: whatever is later is that attempt's, or somebody's after it.
    Unknown(Option<f64>),
    /// Made, or as wanted before it was made.
    Done,
    /// Left alone, as this moved since the dry run.
    Skipped(Moved),
    /// Front refused it, and would again.
    Failed(Failure),
}

/// Why a change was not made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Failure {
    /// A stable word, such as `not_found`.
    pub code: &'static str,
    /// Front's own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub front_says: Option<Words>,
    /// Where the conversation lives now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<ConversationId>,
}

impl Failure {
    /// Out of what Front answered.
    pub fn of(error: FrontError) -> Self {
        Self {
            front_says: error.said.as_ref().map(|said| Words::cut(said, 160)),
            merged_into: match &error.kind {
                FrontErrorKind::Merged(into) => Some(into.clone()),
                _ => None,
            },
            code: ToolError::from(error).code,
        }
    }
}

/// A change, the conversations that it is for, and how far it is.
#[derive(Debug)]
pub struct Plan {
    /// What is done to each.
    pub change: Change,
    conversations: Vec<(ConversationId, Seen)>,
    states: Mutex<Vec<State>>,
    /// Held by the call that carries it out: two at once would make everything twice.
    pub running: tokio::sync::Mutex<()>,
}

impl Plan {
    /// Nothing of it is done.
    pub fn new(change: Change, due: &[Conversation]) -> Self {
        let seen = |one: &Conversation| (one.id.clone(), Seen::of(one));
        Self {
            change,
            states: Mutex::new(vec![State::Waiting; due.len()]),
            conversations: due.iter().map(seen).collect(),
            running: tokio::sync::Mutex::default(),
        }
    }

    fn states(&self) -> MutexGuard<'_, Vec<State>> {
        self.states.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many conversations it is for.
    pub fn len(&self) -> usize {
        self.conversations.len()
    }

    /// Whether it is for none.
    pub fn is_empty(&self) -> bool {
        self.conversations.is_empty()
    }

    /// What is still to be made, or may be made again: place, id, and how far it is.
    pub fn open(&self) -> Vec<(usize, ConversationId, State)> {
        self.each()
            .into_iter()
            .enumerate()
            .filter(|(_, (_, state))| matches!(state, State::Waiting | State::Unknown(_)))
            .map(|(place, (id, state))| (place, id, state))
            .collect()
    }

    /// Every conversation, and how far it is.
    pub fn each(&self) -> Vec<(ConversationId, State)> {
        let states = self.states();
        self.conversations
            .iter()
            .map(|(id, _)| id.clone())
            .zip(states.iter().cloned())
            .collect()
    }

    /// What the dry run saw of one.
    pub fn seen(&self, place: usize) -> Option<&Seen> {
        self.conversations.get(place).map(|(_, seen)| seen)
    }

    /// Puts down how far one is.
    pub fn put(&self, place: usize, state: State) {
        if let Some(slot) = self.states().get_mut(place) {
            *slot = state;
        }
    }

    /// How many are made.
    pub fn done(&self) -> usize {
        let states = self.states();
        states.iter().filter(|state| **state == State::Done).count()
    }
}
