//! The one integration-test binary: a module per behaviour.

mod sandbox;
mod search;
