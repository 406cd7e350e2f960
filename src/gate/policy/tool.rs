//! Whether a tool is there at all.

use super::{Decision, Policy, Rule};
use crate::{front::Operation, tools::Effect};

/// What a message leaves by.
const SENDS: [&str; 2] = ["create-message-reply", "create-message"];

/// What a draft is left by.
const DRAFTS: [&str; 2] = ["create-draft-reply", "create-draft"];

/// Leaves drafts, and has no other way.
const OF_DRAFTS: &str = "create-draft";

/// Tools that work on the caller's own drafts whether or not the policy names these operations, and
/// not where it denies them.
const OF_OWN_DRAFTS: [(&str, &str); 2] = [
    ("update-draft", "edit-draft"),
    ("delete-draft", "delete-draft"),
];

/// Reads, and has no meaning where nothing can be sent.
const OF_SENDING: &str = "check-send";

impl Policy {
    /// Whether a tool of this name and effect may be listed and called. What it is called on is
    /// decided at the door to Front.
    pub fn tool(&self, name: &str, effect: Effect) -> Decision {
        self.placed(self.tool_of_both(name, effect), |one| {
            one.tool(name, effect)
        })
    }

    fn tool_of_both(&self, name: &str, effect: Effect) -> Decision {
        if self.denied_tools.contains(name) {
            return Decision::denied(Rule::entry("deny_tools", name));
        }
        if let Some(list) = self.tools.refusing(|entry| entry == name) {
            return Decision::denied(Rule::list("allow_tools", list));
        }
        let changes = match effect {
            Effect::Read => name == OF_SENDING,
            // Its operation decides: what reads may go on.
            Effect::Any => false,
            Effect::Set | Effect::Create | Effect::Remove | Effect::Seal | Effect::Send => true,
        };
        if let Some(rule) = self.reading_rule().filter(|_| changes) {
            return Decision::denied(rule);
        }
        let ways: &[&str] = match effect {
            Effect::Send => &SENDS,
            Effect::Seal => &[SENDS, DRAFTS].concat(),
            Effect::Read if name == OF_SENDING => &SENDS,
            _ if name == OF_DRAFTS => &DRAFTS,
            _ => &[],
        };
        if let Some(rule) = self.forbids_all(ways) {
            return Decision::denied(rule);
        }
        let own = OF_OWN_DRAFTS.iter().find(|(tool, _)| *tool == name);
        if let Some(operation) = own.and_then(|(_, id)| Operation::by_id(id)) {
            let decision = self.decide_own_draft(operation);
            if !decision.allowed {
                return decision;
            }
        }
        let entry = self.tools.admitting(|entry| entry == name);
        Decision::allowed(entry.map_or(Rule::Unwritten, |entry| Rule::entry("allow_tools", entry)))
    }

    /// The line that closes the last of these ways.
    fn forbids_all(&self, ways: &[&str]) -> Option<Rule> {
        let mut closed = None;
        for operation in ways.iter().filter_map(|id| Operation::by_id(id)) {
            closed = Some(self.forbids(operation)?);
        }
        closed
    }
}
