//! What tests of the whole program share: the real binary on its streams, a sandbox Front to
//! point it at, a Front that misbehaves as a test says, and the judge of a tool's result.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the helpers of tests may fail as tests do"
)]

pub mod front;
pub mod mcp;
pub mod scripted;
pub mod verdict;
