//! Whether the server can be spoken to, and what its tools cost.

use crate::doctor::{
    facts::Facts,
    finding::Finding,
    say::{self, text},
};

pub fn look(facts: &Facts) -> Vec<Finding> {
    match &facts.server {
        None => Vec::new(),
        Some(Ok(tried)) => vec![Finding::ok(text(format!(
            "speaks MCP {}; {} tools, at most {} tokens in a model's context",
            say::list(&tried.versions),
            tried.tools,
            tried.tokens
        )))],
        Some(Err(why)) => vec![Finding::error(
            text(format!("the server cannot be spoken to: {why}")),
            text("run `front-mcp doctor --log debug`; this is a fault of front-mcp"),
        )],
    }
}
