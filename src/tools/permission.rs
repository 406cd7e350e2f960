//! The gate's decision about an operation, in a caller's words.

use super::error::ToolError;
use crate::{
    front::Operation,
    gate::{Gate, policy::Denial},
    shape::text::{Text, Vouched},
};

/// Whether the operator's policy lets an agent call this operation.
pub fn check(gate: &Gate, operation: &Operation) -> Result<(), ToolError> {
    match gate.policy().decide(operation) {
        Ok(()) => Ok(()),
        Err(Denial::Sends) => Err(ToolError::refused(Text::of(
            "this operation sends to a customer, and nothing was sent; messages leave only through `send-message` and its confirmation",
        ))
        .next("call `send-message` with the conversation or channel and the body")),
        Err(Denial::Guarded) => {
            let mut message = Text::of("the operation `");
            message.say(operation.id).say(
                "` acts outward or cannot be undone, and this server's policy does not name it; nothing was done",
            );
            let next = format!(
                "ask the operator whether `[policy] allow_operations = [\"{}\"]` may be set",
                operation.id
            );
            Err(ToolError::refused(message).next(Vouched::ours(next)))
        }
    }
}
