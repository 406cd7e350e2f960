//! The one integration-test binary: a module per behaviour.

mod demo;
mod openapi;
mod sandbox;
mod shape;
