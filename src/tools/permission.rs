//! The gate's decisions about an operation, a tag and a message, in a caller's words.

use super::{context::Context, error::ToolError, sending::Message};
use crate::{
    front::Operation,
    gate::{
        Gate,
        judge::judge,
        policy::{Decision, Rule},
    },
    shape::text::{Text, Vouched},
};

/// Whether the operator's policy lets an agent call this operation.
pub fn check(gate: &Gate, operation: &Operation) -> Result<(), ToolError> {
    let decision = gate.policy().decide(operation);
    if decision.allowed {
        return Ok(());
    }
    Err(match decision.rule {
        Rule::Sends => ToolError::refused(Text::of(
            "this operation sends to a customer, and nothing was sent; messages leave only through `send-message` and its confirmation",
        ))
        .next("call `send-message` with the conversation or channel and the body"),
        Rule::Guarded(id, table) => {
            let mut message = Text::of("the operation `");
            message.say(id).say(
                "` acts outward or cannot be undone, and this server's policy does not name it; nothing was done",
            );
            let next = format!(
                "ask the operator whether `[{table}] allow_operations = [\"{id}\"]` may be set"
            );
            ToolError::refused(message).next(Vouched::ours(next))
        }
        _ => denied(&decision),
    })
}

/// Whether a caller's own drafts may be changed or deleted by this operation.
pub fn check_own_draft(gate: &Gate, operation: &Operation) -> Result<(), ToolError> {
    let decision = gate.policy().decide_own_draft(operation);
    match decision.allowed {
        true => Ok(()),
        false => Err(denied(&decision)),
    }
}

/// A decision against, with the line that made it.
pub fn denied(decision: &Decision) -> ToolError {
    if let Rule::Tools { key, flag, .. } = decision.rule {
        let what = match key {
            "read_only" => "this server reads and changes nothing, so nothing was done: ",
            _ => "the operator does not show this tool here, and nothing was done: ",
        };
        let mut message = Text::of(what);
        message.say(Vouched::ours(decision.rule.to_string()));
        let mut next = Text::of("tell the user; the operator can change `--");
        next.say(flag).say("`");
        return ToolError::refused(message).next_text(next);
    }
    let mut message = Text::of("the operator's policy does not allow it and nothing was done: ");
    message.say(Vouched::ours(decision.rule.to_string()));
    if let Some(reason) = decision.reason {
        message.say("; ").say(reason);
    }
    if let Some(about) = &decision.about {
        message.say(": ").quote_text(about);
    }
    ToolError::refused(message).next("tell the user; the operator can change the policy")
}

/// Whether the operator's policy lets an agent apply this tag.
pub fn check_tag(gate: &Gate, field: &str, id: &str, name: &str) -> Result<(), ToolError> {
    let decision = gate.policy().tag(Some(id), Some(name));
    match decision.allowed {
        true => Ok(()),
        false => Err(denied(&decision).on(field)),
    }
}

/// Whether the operator's policy lets this message be prepared.
pub async fn check_send(
    context: &Context<'_>,
    letter: &Message,
    is_draft: bool,
) -> Result<(), ToolError> {
    let (client, directory) = (&context.client, context.directory);
    let channels = directory.channels(client).await?;
    let inbox = channels
        .iter()
        .find(|channel| channel.id == letter.channel)
        .and_then(|channel| channel.links.inbox());
    let decision = judge(context.gate.policy(), letter, inbox.as_ref(), is_draft);
    match decision.allowed {
        true => Ok(()),
        false => Err(denied(&decision)),
    }
}
