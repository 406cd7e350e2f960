//! front-mcp: the MCP server that lets AI agents work a Front inbox.

pub mod front;
pub mod sandbox;
pub mod shape;
pub mod untrusted;
