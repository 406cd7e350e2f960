//! The tools: what one is (`contract`), which there are (`catalog`), and what their files share.
//!
//! A tool file says name, effect, input, output and a short script; everything that must hold
//! for all of them (parsing, policy, deadline, marking, errors) happens outside it, in `call`.

pub mod addressing;
pub mod api_index;
pub mod arguments;
pub mod asking;
pub mod attaching;
pub mod catalog;
pub mod choice;
pub mod contact_row;
pub mod context;
pub mod contract;
pub mod conversation_row;
pub mod cursor;
pub mod detail;
pub mod error;
pub mod fact_check;
pub mod fit;
pub mod handle;
pub mod listing;
pub mod mail_source;
pub mod outline;
pub mod permission;
pub mod question;
pub mod raw;
pub mod resolve;
pub mod roster;
pub mod schema;
pub mod search_query;
pub mod sending;
pub mod sources;
pub mod surface;
pub mod timeline;
pub mod toolset;

pub use self::{
    context::Context,
    contract::{Effect, Entry, Report, Spec, Tool},
    error::ToolError,
    toolset::Toolset,
};
