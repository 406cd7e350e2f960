//! What strangers wrote as a model reads it, and what an agent wrote as Front sends it.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may panic"
)]

mod corpus;
mod hostile;
mod mail;
mod outgoing;
mod time;
mod tokens;
mod visible;
