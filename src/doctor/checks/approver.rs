//! Whether a person shows by a PIN that it is they who approve.

use crate::{
    doctor::{facts::Facts, finding::Finding, say::text},
    gate::mode::SendMode,
};

pub fn look(facts: &Facts) -> Vec<Finding> {
    let Some(inside) = facts.store.inside() else {
        return Vec::new();
    };
    let asks = facts.config.send.mode == SendMode::Approve;
    match &inside.has_pin {
        Ok(true) => vec![Finding::ok(text("a PIN is set for whoever approves"))],
        Ok(false) if asks => vec![Finding::note(
            text(
                "no PIN is set: an agent with a shell of this user's could approve its own message",
            ),
            text("`front-mcp approver set` sets one"),
        )],
        Ok(false) => Vec::new(),
        Err(why) => vec![Finding::error(
            text(format!("the PIN cannot be looked at: {why}")),
            text("see `store`"),
        )],
    }
}
