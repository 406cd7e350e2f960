//! The only door to Front.
//!
//! `operation` says what Front can do, `path` what may be named, `endpoints` what we ask in
//! types, `client` how a call is made, `wire` what happens on the way. Nothing in here knows
//! tools, the gate or MCP.

pub mod base;
pub mod client;
pub mod connection;
pub mod credential;
pub mod descriptions;
pub mod directory;
pub mod endpoints;
pub mod error;
pub mod facts;
pub mod fence;
pub mod id;
pub mod knowledge;
pub mod model;
pub mod operation;
pub mod page;
pub mod path;
pub mod signature;
pub mod upload;
pub mod wire;

pub use self::{
    client::{Call, Change, Client, Endpoint, Found},
    error::{FrontError, FrontErrorKind},
    operation::{Effect, Method, Operation},
    upload::Upload,
    wire::{
        Accept, Answer, Heard,
        fault::unreachable_reason,
        limit::{CallerKey, Priority},
    },
};
