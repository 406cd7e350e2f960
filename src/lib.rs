//! front-mcp: the MCP server that lets AI agents work a Front inbox.

pub mod app;
pub mod call;
pub mod cli;
pub mod config;
pub mod digest;
pub mod front;
pub mod gate;
pub mod sandbox;
pub mod server;
pub mod shape;
pub mod strict_json;
pub mod tools;
pub mod transport;
pub mod untrusted;
