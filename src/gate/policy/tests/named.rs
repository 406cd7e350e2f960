//! Which table a decision under two policies stands in.

use super::{TOOLS, policy};
use crate::{
    front::Operation,
    gate::policy::{Policy, Rule, SendFacts},
    tools::Effect,
};

fn both(base: &str, named: &str) -> Policy {
    policy(base).under_name("support-agent", &policy(named))
}

fn decided(policy: &Policy, id: &str) -> String {
    let decision = policy.decide(Operation::by_id(id).unwrap());
    let word = if decision.allowed {
        "allowed"
    } else {
        "denied"
    };
    format!("{word}: {}", decision.rule)
}

#[test]
fn a_line_is_named_with_its_table() {
    let deny = "deny_operations = [\"list-tags\"]";
    let names = "allow_operations = [\"delete-tag\"]";
    let nothing = "allow_operations = []";
    let scopes = "allow_scopes = [\"tags:*\"]";
    for (base, named, operation, line) in [
        (
            deny,
            "",
            "list-tags",
            "denied: policy.deny_operations = \"list-tags\"",
        ),
        (
            deny,
            deny,
            "list-tags",
            "denied: policy.deny_operations = \"list-tags\"",
        ),
        (
            "",
            deny,
            "list-tags",
            "denied: policies.support-agent.deny_operations = \"list-tags\"",
        ),
        (
            "",
            "",
            "list-tags",
            "allowed: no line of [policy] is about it",
        ),
        (
            "",
            scopes,
            "list-tags",
            "allowed: policies.support-agent.allow_scopes = \"tags:*\"",
        ),
        (
            scopes,
            "",
            "list-tags",
            "allowed: policy.allow_scopes = \"tags:*\"",
        ),
        (
            "",
            scopes,
            "list-contacts",
            "denied: policies.support-agent.allow_scopes = [\"tags:*\"]",
        ),
        (
            names,
            "",
            "delete-tag",
            "allowed: policy.allow_operations = \"delete-tag\"",
        ),
        (
            names,
            names,
            "delete-tag",
            "allowed: policy.allow_operations = \"delete-tag\"",
        ),
        (
            names,
            nothing,
            "delete-tag",
            "denied: the guarded operation \"delete-tag\" is not in policies.support-agent.allow_operations",
        ),
        (
            "",
            names,
            "delete-tag",
            "denied: the guarded operation \"delete-tag\" is not in policy.allow_operations",
        ),
    ] {
        assert_eq!(
            decided(&both(base, named), operation),
            line,
            "{base} {named}"
        );
    }
}

#[test]
fn tools_tags_and_messages_are_decided_with_their_table() {
    let tight = both(
        "",
        "deny_tools = [\"add-tag\"]\ntags_deny = [\"tag_1\"]\nmax_recipients = 1",
    );
    let tool = tight.tool(TOOLS[0], Effect::Set).rule.to_string();
    assert_eq!(tool, "policies.support-agent.deny_tools = \"add-tag\"");
    let tag = tight.tag(Some("tag_1"), None).rule.to_string();
    assert_eq!(tag, "policies.support-agent.tags_deny = \"tag_1\"");
    let facts = SendFacts {
        is_reply: true,
        to: &["a@b.example", "c@b.example"],
        ..SendFacts::default()
    };
    let send = tight.send(&facts).rule.to_string();
    assert_eq!(send, "policies.support-agent.max_recipients = 1");
    let dotted = policy("").under_name("a.b", &policy("max_recipients = 1"));
    let send = dotted.send(&facts).rule.to_string();
    assert_eq!(send, "policies.\"a.b\".max_recipients = 1");
}

/// From what is guarded there is an exception for own drafts, from a line that denies there is none.
#[test]
fn a_named_line_closes_own_drafts_too() {
    let edit = Operation::by_id("edit-draft").unwrap();
    let decision = both("", "deny_operations = [\"edit-draft\"]").decide_own_draft(edit);
    assert!(!decision.allowed, "{decision:?}");
    assert_eq!(
        decision.rule.to_string(),
        "policies.support-agent.deny_operations = \"edit-draft\""
    );
    let open = both("", "allow_operations = []").decide_own_draft(edit);
    assert!(open.allowed && open.rule == Rule::OwnDraft, "{open:?}");
    let named = both(
        "allow_operations = [\"edit-draft\"]",
        "allow_operations = []",
    );
    assert!(named.decide_own_draft(edit).allowed);
}

#[test]
fn a_server_that_only_reads_does_so_under_every_name() {
    let tight = policy("")
        .reading_only()
        .under_name("bot", &policy("allow_operations = [\"delete-tag\"]"));
    assert!(tight.is_read_only());
    let rule = tight.tool("add-tag", Effect::Set).rule.to_string();
    assert_eq!(rule, "tools.read_only = true (`--read-only`)");
}
