//! The one integration-test binary: a module per behaviour.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "the helpers of tests may fail as tests do"
)]

mod bad_arguments;
mod front_failing;
mod gate;
mod generated;
mod hostile_input;
mod mistakes;
mod raw_requests;
mod sandbox;
mod support;
