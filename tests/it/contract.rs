//! The catalogue as hosts get it: names, hints, schemas, and what definitions and results cost.
//!
//! `manifests/tools.json` and `manifests/tokens.json` are written here. A change of a tool makes
//! the test fail once, rewrites the file, and shows as a diff to be looked at and committed.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "the helpers of tests may fail, and tell, as tests do"
)]

pub mod binary;
mod budgets;
mod catalogue;
mod corpus;
mod manifests;
mod packages;
pub mod tokens;
