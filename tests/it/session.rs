//! Sign-ins that are used and renewed by several at once, over a Front that fails: one renewal
//! for all who wait, nothing lost, and nobody is sent to sign in again without need.

mod crowd;
mod killed;
mod renewed;
mod rotation;
mod secrets;
