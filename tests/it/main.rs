//! The one integration-test binary: a module per behaviour.

mod limiter;
mod sandbox;
