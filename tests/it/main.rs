//! The one integration-test binary: a module per behaviour.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails where it stands"
)]

mod contract;
mod demo;
mod front_failing;
mod gate;
mod hostile_input;
mod openapi;
mod sandbox;
mod shape;
mod snapshots;
mod support;
mod tidy;
