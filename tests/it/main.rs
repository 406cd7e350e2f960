//! The one integration-test binary: a module per behaviour.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that cannot go on fails where it stands"
)]

mod addresses;
mod analytics;
mod application;
mod approver;
mod attachments;
mod audit;
// The stand-in for a browser is a script.
#[cfg(unix)]
mod approval;
mod attacks;
mod bad_arguments;
mod changing;
mod contacts;
mod contract;
mod crash;
mod demo;
mod doctor;
mod drafts;
mod events;
mod everyday;
mod front_failing;
mod gate;
mod generated;
mod hosted;
mod hosted_approval;
mod hostile_bodies;
mod hostile_input;
mod hosts;
mod jobs;
mod knowledge;
mod limiter;
mod login;
mod messages;
mod mistakes;
mod near_misses;
mod obedient;
mod openapi;
mod people;
mod policy;
mod provenance;
mod raw_requests;
mod request_counts;
mod sandbox;
mod search;
mod searching;
mod sequences;
mod session;
mod shape;
mod sizes;
mod snapshots;
mod support;
mod templates;
mod tidy;
mod tokens;
mod toolsets;
