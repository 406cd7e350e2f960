//! The tools: what one is (`contract`), which there are (`catalog`), and what their files share.
//!
//! A tool file says name, effect, input, output and a short script; everything that must hold
//! for all of them (parsing, policy, deadline, marking, errors) happens outside it, in `call`.

pub mod addressing;
pub mod analytics;
pub mod api_index;
pub mod application;
pub mod arguments;
pub mod article;
pub mod asking;
pub mod attaching;
pub mod before;
pub mod bulk;
pub mod catalog;
pub mod choice;
pub mod composing;
pub mod contact_merge;
pub mod contact_named;
pub mod contact_row;
pub mod context;
pub mod contract;
pub mod conversation_row;
pub mod cursor;
pub mod detail;
pub mod drafting;
pub mod edits;
pub mod error;
pub mod event_row;
pub mod fact_check;
pub mod fit;
pub mod fix;
pub mod handle;
pub mod library;
pub mod listing;
pub mod mail_source;
pub mod outline;
pub mod permission;
pub mod placeholders;
pub mod preview;
pub mod question;
pub mod ranking;
pub mod raw;
pub mod resolve;
pub mod roster;
pub mod rota;
pub mod schema;
pub mod search_filters;
pub mod search_query;
pub mod sending;
pub mod shelf;
pub mod sources;
pub mod surface;
pub mod template;
pub mod time_off_row;
pub mod timeline;
pub mod toolset;
pub mod working_hours;

pub use self::{
    context::Context,
    contract::{Effect, Entry, Report, Spec, Tool},
    error::ToolError,
    toolset::Toolset,
};
