//! The one integration-test binary: a module per behaviour.

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
