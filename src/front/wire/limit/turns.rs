//! Whose turn it is: the order of those who wait.
//!
//! Every request gets a round number, one more than its caller's last. The lowest round goes
//! first, so callers take turns however many requests each has waiting. A caller who was away
//! comes back a few rounds early, but not more: who works now and then is not punished for
//! those who never stop, and nobody saves up turns.

use std::{collections::HashMap, sync::Arc};

/// Rounds by which a caller who was away comes before the others.
const HEAD_START: u64 = 8;

/// Callers remembered before those who were long away are forgotten.
const MANY_CALLERS: usize = 256;

/// Who asks, for fairness alone: it proves nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CallerKey(Arc<str>);

impl CallerKey {
    /// A caller of this name.
    pub fn new(name: &str) -> Self {
        Self(name.into())
    }
}

impl Default for CallerKey {
    fn default() -> Self {
        Self::new("local")
    }
}

/// Who goes first, before fairness is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Priority {
    /// Somebody waits for this answer.
    #[default]
    Interactive,
    /// Paging through much.
    Bulk,
}

/// The rounds of all callers.
#[derive(Debug, Default)]
pub struct Turns {
    /// The round that is being served.
    round: u64,
    last: HashMap<CallerKey, u64>,
}

impl Turns {
    /// The round that a request of this caller would be in.
    pub fn next(&self, caller: &CallerKey) -> u64 {
        let earliest = self.round.saturating_sub(HEAD_START);
        let last = self.last.get(caller).copied().unwrap_or_default();
        last.max(earliest) + 1
    }

    /// A request of this caller joined that round.
    pub fn join(&mut self, caller: &CallerKey, round: u64) {
        match self.last.get_mut(caller) {
            Some(last) => *last = round,
            None => {
                self.forget_absent();
                self.last.insert(caller.clone(), round);
            }
        }
    }

    /// A request left the queue unserved, and its round is the caller's again.
    pub fn resign(&mut self, caller: &CallerKey) {
        if let Some(last) = self.last.get_mut(caller) {
            *last = last.saturating_sub(1);
        }
    }

    /// A request of this round was served.
    pub fn serve(&mut self, round: u64) {
        self.round = self.round.max(round);
    }

    /// Whether anybody else asked within the last rounds.
    pub fn has_others(&self, caller: &CallerKey) -> bool {
        let earliest = self.round.saturating_sub(HEAD_START);
        self.last
            .iter()
            .any(|(other, last)| other != caller && *last > earliest)
    }

    fn forget_absent(&mut self) {
        if self.last.len() < MANY_CALLERS {
            return;
        }
        let earliest = self.round.saturating_sub(HEAD_START);
        self.last.retain(|_, last| *last > earliest);
        if self.last.len() >= 4 * MANY_CALLERS {
            // Names made up by the thousand would fill the memory: all start anew.
            self.last.clear();
        }
    }
}
