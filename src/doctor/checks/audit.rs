//! Whether the audit log is what was written.

use crate::doctor::{facts::Facts, finding::Finding, say::text, store::Log};

const VERIFY: &str = "`front-mcp audit verify` tells all of it";

pub fn look(facts: &Facts) -> Vec<Finding> {
    let log = facts.store.inside().and_then(|inside| inside.log.as_ref());
    let finding = match log {
        None => return Vec::new(),
        Some(Log::Intact(records)) => Finding::ok(text(format!("intact; {records} records"))),
        Some(Log::Large) => Finding::note(
            text("the log is too large to be verified here"),
            text(VERIFY),
        ),
        Some(Log::Damaged(first)) => {
            Finding::error(text(format!("not what was written: {first}")), text(VERIFY))
        }
        Some(Log::WithoutKey) => Finding::error(
            text(
                "there is a log without the key or the head that belong to it: nobody can tell who wrote it",
            ),
            text("put audit.key and envelopes.db back, or move audit.jsonl away"),
        ),
        Some(Log::Unreadable(why)) => Finding::error(
            text(format!("the log cannot be read: {why}")),
            text("see `store`"),
        ),
    };
    vec![finding]
}
