//! The one integration-test binary: a module per behaviour.

mod contract;
mod sandbox;
mod snapshots;
mod tidy;
