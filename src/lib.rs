//! front-mcp: the MCP server that lets AI agents work a Front inbox.

pub mod sandbox;
pub mod shape;
