//! The one integration-test binary: a module per behaviour.

mod front_failing;
mod gate;
mod sandbox;
mod support;
