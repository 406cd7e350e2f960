//! What the requests of one door brought besides their answers: how many left, and what the last
//! headers said. For whoever asks about the way itself, and not about what Front knows.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::SignedDuration;

use super::rules::Carried;

/// Shared by a door and its clones.
#[derive(Clone, Debug, Default)]
pub struct Heard(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    requests: u32,
    limit: Option<u32>,
    remaining: Option<u32>,
    ahead: Option<SignedDuration>,
}

impl Heard {
    /// Requests that left this machine, repeated ones each time.
    pub fn requests(&self) -> u32 {
        self.state().requests
    }

    /// Requests a minute, as Front said last.
    pub fn limit(&self) -> Option<u32> {
        self.state().limit
    }

    /// Requests left in the minute, as Front said last.
    pub fn remaining(&self) -> Option<u32> {
        self.state().remaining
    }

    /// How far Front's clock is ahead of this machine's.
    pub fn ahead(&self) -> Option<SignedDuration> {
        self.state().ahead
    }

    /// Takes note of one exchange.
    pub(in crate::front) fn note(&self, carried: &Carried) {
        let mut state = self.state();
        state.requests += u32::from(carried.has_left());
        let Some(lesson) = carried.lesson else {
            return;
        };
        state.limit = lesson.limit.or(state.limit);
        state.remaining = lesson.remaining.or(state.remaining);
        state.ahead = lesson.ahead.or(state.ahead);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
