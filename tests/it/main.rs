//! The one integration-test binary: a module per behaviour.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "the helpers of tests may fail as tests do"
)]

mod front_failing;
mod gate;
mod hostile_input;
mod sandbox;
mod support;
