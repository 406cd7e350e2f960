//! The company everybody starts with: a merchant of bicycle parts, its people, its customers and their mail.
//!
//! Made from fixed tables with a seeded generator, so that it is the same every time; only its dates move with the
//! day. Each part has a generator of its own, so that a change in one leaves the others as they were.

mod bundle;
mod company;
mod contacts;
mod dates;
mod files;
mod knowledge;
mod knowledge_abroad;
mod landmark_threads;
mod letters;
mod long_thread;
mod names;
mod ordinary;
mod quotes;
mod rota;
mod tags;
mod templates;
mod topics;
mod topics_abroad;
mod words;

use super::{clock::Clock, state::State};

/// Makes the company.
pub(crate) fn company(clock: Clock) -> State {
    let mut state = State::empty(clock);
    company::people_and_places(&mut state);
    tags::tags(&mut state);
    contacts::contacts(&mut state);
    ordinary::conversations(&mut state);
    landmark_threads::conversations(&mut state);
    long_thread::conversation(&mut state);
    rota::people(&mut state);
    templates::templates(&mut state);
    knowledge::articles(&mut state);
    state
}
