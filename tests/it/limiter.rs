//! The request budget against a simulated Front, on a paused clock.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "the helpers of tests may fail as tests do"
)]

mod front;
mod hour;
mod outage;
mod sharing;
