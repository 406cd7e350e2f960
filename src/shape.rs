//! From what Front answers to what a model reads, and from what an agent
//! writes to what Front sends. Pure functions over text: no I/O, no clock.

pub mod mail;
pub mod outgoing;
pub mod time;
pub mod tokens;
pub mod visible;
