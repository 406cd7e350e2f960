//! One change to many conversations: planned first, then made, and gone on with where it stopped.
//!
//! A plan holds what was listed in the dry run and nothing else, so that what is made is what was
//! seen; a conversation that people moved on since is left alone. It lives in this process, for who made it, for half an hour; its handle cannot be guessed.

pub mod change;
pub mod plan;
pub mod plans;
pub mod seen;
pub mod survey;
pub mod work;

use std::time::Duration;

use tokio::time::Instant;

/// The most conversations of one plan.
pub const MOST: usize = 200;

/// How many conversations are asked for or changed at a time.
const AT_ONCE: usize = 4;

/// What is left of a call's time for its report.
const RESERVE: Duration = Duration::from_secs(3);

/// When the requests of a call must be through, so that it can still say what was done.
fn last_moment(deadline: Instant) -> Instant {
    let left = deadline.saturating_duration_since(Instant::now());
    deadline - RESERVE.min(left / 4)
}
