//! What is put on record of a call: one line in the log for every call, and in the audit log what
//! was changed and what was refused. Neither holds arguments: they hold people's names and words.

use std::time::Instant;

use crate::{
    audit::{Audit, Decision, Event, Record},
    front::Client,
    tools::{Effect, Entry, ToolError, context::Caller, contract::Shaped},
};

/// Records one call.
pub fn record(
    entry: &Entry,
    caller: &Caller,
    client: &Client,
    audit: &Audit,
    started: Instant,
    result: &Result<Shaped, ToolError>,
) {
    let tool = entry.spec.name;
    let duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    match result {
        Ok(_) => tracing::info!(tool, duration_ms, "done"),
        Err(error) => tracing::info!(tool, duration_ms, code = error.code, "not done"),
    }
    let begun = |event| {
        Record::new(event)
            .caller(&caller.id)
            .client(&caller.client)
            .tool(tool)
    };
    for change in client.changes() {
        let mut record = begun(Event::Called)
            .operation(change.operation.id)
            .effect(change.operation.effect.name())
            .decision(Decision::Allowed, change.exception.unwrap_or("policy"));
        for id in &change.ids {
            record = record.object(id);
        }
        if let Err(error) = result {
            record = record.code(error.code);
        }
        audit.note(record);
    }
    if let Err(error) = result
        && is_refusal(entry, error)
    {
        let record = begun(Event::Refused)
            .effect(word(entry.spec.effect))
            .decision(Decision::Denied, error.code)
            .code(error.code);
        audit.note(record);
    }
}

/// A no of the policy or the gate; and whatever kept a message from being prepared or released.
fn is_refusal(entry: &Entry, error: &ToolError) -> bool {
    error.is_refusal() || matches!(entry.spec.effect, Effect::Seal | Effect::Send)
}

const fn word(effect: Effect) -> &'static str {
    match effect {
        Effect::Read => "read",
        Effect::Set => "set",
        Effect::Create => "create",
        Effect::Remove => "remove",
        Effect::Seal => "seal",
        Effect::Send => "send",
        Effect::Any => "any",
    }
}
