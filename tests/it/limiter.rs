//! The request budget against a simulated Front, on a paused clock.

mod front;
mod hour;
mod outage;
mod sharing;
