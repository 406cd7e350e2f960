//! The company's request budget, shared by everyone who uses one `Wire`.
//!
//! Front counts requests per company, for everybody together, and keeps tighter limits for some
//! resources. A request that would only earn a 429 is not made: it waits its turn where its
//! deadline allows, and is told at once how long to stay away otherwise.
//!
//! `lesson` reads what answers say, `company`, `burst` and `guard` are the arithmetic, `turns`
//! decides who goes first, `state` holds them together. This file is the only one that waits.
//!
//! Nobody drives the queue but those in it: every change wakes all who wait, and every one of
//! them also sleeps until the next moment at which anybody could leave. A caller that is dropped
//! can therefore not take anybody's wake-up with it.

mod burst;
pub mod class;
mod company;
mod guard;
pub mod lesson;
mod state;
#[cfg(test)]
mod tests;
mod turns;

use std::{
    pin::pin,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::{
    sync::Notify,
    time::{Instant, timeout_at},
};

use self::state::{Standing, State, Ticket};
pub use self::{
    class::{GuardKey, RateClass},
    lesson::Lesson,
    state::{Ask, MOST_WAITING},
    turns::{CallerKey, Priority},
};

/// What is known of the budget, and who waits for it.
#[derive(Debug)]
pub struct Budget {
    state: Mutex<State>,
    changed: Notify,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            state: Mutex::new(State::new(Instant::now())),
            changed: Notify::new(),
        }
    }
}

/// What became of a request that was let through.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fate {
    /// An answer came.
    Answered(Lesson),
    /// Nothing left this machine.
    NeverLeft,
    /// Bytes left, and no answer came: it counts as one that Front saw.
    Lost,
}

impl Budget {
    /// Waits until the request may leave; the error says how long to stay away.
    pub async fn enter(&self, ask: &Ask) -> Result<Permit<'_>, Duration> {
        let ticket = match self.with(|state, now| state.ask(now, ask)) {
            Standing::Granted => return Ok(self.permit(&ask.guard)),
            Standing::Refused(wait) => return Err(wait),
            Standing::Waits(ticket, _) => ticket,
        };
        let _place = Place {
            budget: self,
            ticket,
        };
        loop {
            // Listening comes before looking, so that no change falls between.
            let mut changed = pin!(self.changed.notified());
            changed.as_mut().enable();
            match self.with(|state, now| state.stand(now, ticket)) {
                Standing::Granted => return Ok(self.permit(&ask.guard)),
                Standing::Refused(wait) => return Err(wait),
                // Time passing and a change lead to the same: look again.
                Standing::Waits(_, until) => drop(timeout_at(until, changed).await),
            }
        }
    }

    /// Counts a request that nobody may hold back: a send.
    pub fn count(&self, guard: &GuardKey) -> Permit<'_> {
        self.with(|state, now| state.take(now, guard));
        self.permit(guard)
    }

    /// Requests left in this minute, where Front has said so and the minute has not turned.
    pub fn remaining(&self) -> Option<u32> {
        self.with(|state, now| state.company.stated_left(now))
    }

    /// Requests a minute, where Front has said so.
    pub fn limit(&self) -> Option<u32> {
        self.with(|state, _| state.company.stated_limit())
    }

    fn permit(&self, guard: &GuardKey) -> Permit<'_> {
        Permit {
            budget: self,
            guard: guard.clone(),
            fate: Fate::Lost,
        }
    }

    /// The one way to the state: whoever waits hears of what changed.
    fn with<T>(&self, act: impl FnOnce(&mut State, Instant) -> T) -> T {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let result = act(&mut state, Instant::now());
        let has_news = state.take_news();
        drop(state);
        if has_news {
            self.changed.notify_waiters();
        }
        result
    }
}

/// A request that left and is counted; dropped (a cancelled call), it is lost.
#[derive(Debug)]
#[must_use]
pub struct Permit<'budget> {
    budget: &'budget Budget,
    guard: GuardKey,
    fate: Fate,
}

impl Permit<'_> {
    /// Takes note of what became of the request.
    pub fn end(mut self, fate: Fate) {
        self.fate = fate;
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.budget
            .with(|state, now| state.end(now, &self.guard, self.fate));
    }
}

/// A place in the queue; dropped, it is given back, and with it what was granted meanwhile.
struct Place<'budget> {
    budget: &'budget Budget,
    ticket: Ticket,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.budget.with(|state, now| state.leave(now, self.ticket));
    }
}
