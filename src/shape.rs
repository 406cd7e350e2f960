//! From what Front answers to what a model reads, and from what an agent writes to what Front
//! sends. Pure functions: nothing here asks Front, knows a tool or speaks a protocol.

pub mod ahead;
pub(crate) mod html;
pub mod inert;
pub mod mail;
pub mod moment;
pub mod outgoing;
pub mod text;
pub mod time;
pub mod tokens;
pub mod visible;
pub mod words;
