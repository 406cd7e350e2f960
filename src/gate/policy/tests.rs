//! Each rule alone, hostile values included, and that tightening never loosens.

mod named;
mod operations;
mod sends;
mod settings;
mod tightening;

use super::{Decision, Policy, Settings};

const TOOLS: [&str; 5] = [
    "add-tag",
    "check-send",
    "confirm-send",
    "list-tags",
    "raw-api-request",
];

/// The policy of these lines of TOML.
pub(super) fn policy(lines: &str) -> Policy {
    let settings: Settings = toml::from_str(lines).unwrap();
    Policy::read(&settings, &TOOLS).unwrap()
}

/// The line that denies.
fn denied_by(decision: &Decision) -> String {
    assert!(!decision.allowed, "{decision:?}");
    decision.rule.to_string()
}
