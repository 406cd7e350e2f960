//! Operations, tools and tags.

use super::{denied_by, policy};
use crate::{
    front::{
        Effect as Does, Operation,
        fence::{Doorkeeper, TagLook},
    },
    gate::policy::{Decision, Policy, Rule, Table},
    tools::Effect,
};

fn decide(policy: &Policy, id: &str) -> Decision {
    policy.decide(Operation::by_id(id).unwrap())
}

#[test]
fn no_policy_allows_a_send_and_guarded_ones_must_be_named() {
    let named = policy("allow_operations = [\"merge-contacts\"]");
    let all = policy("allow_scopes = [\"*\"]");
    for operation in Operation::all() {
        if operation.effect == Does::Send {
            assert_eq!(named.decide(operation).rule, Rule::Sends);
            assert_eq!(all.decide(operation).rule, Rule::Sends);
        }
        assert_eq!(
            all.decide(operation).allowed,
            operation.effect != Does::Send && !operation.guarded,
            "{}",
            operation.id
        );
    }
    assert_eq!(
        decide(&named, "merge-contacts").rule.to_string(),
        "policy.allow_operations = \"merge-contacts\""
    );
    assert_eq!(
        decide(&named, "delete-tag").rule,
        Rule::Guarded("delete-tag", Table::default())
    );
    assert_eq!(
        decide(&named, "add-conversation-tag"),
        Decision::allowed(Rule::Unwritten)
    );
}

/// Webhooks, forged and imported messages, signatures, articles, drafts of others: each acts
/// outward without being a send.
#[test]
fn what_acts_outward_is_denied_by_default() {
    for id in [
        "update-channel",
        "receive-custom-messages",
        "import-inbox-message",
        "update-signature",
        "update-article-content-in-default-locale",
        "edit-draft",
        "delete-draft",
        "trigger-app-event",
        "mark-message-seen",
    ] {
        assert_eq!(
            decide(&Policy::default(), id).rule,
            Rule::Guarded(
                match Operation::by_id(id) {
                    Some(operation) => operation.id,
                    None => panic!("{id}"),
                },
                Table::default()
            )
        );
    }
    assert!(decide(&Policy::default(), "create-draft-reply").allowed);
}

#[test]
fn scopes_are_fronts_own_words() {
    let some = policy("allow_scopes = [\"conversations:read\", \"tags:*\", \"events:*:read\"]");
    for (id, allowed) in [
        ("list-conversations", true),
        ("update-conversation", false),
        ("list-tags", true),
        ("create-tag", true),
        ("delete-tag", false),
        ("list-events", true),
        ("list-contacts", false),
        ("list-conversation-messages", false),
        ("api-token-details", true),
        ("list-company-teammate-groups", false),
    ] {
        assert_eq!(decide(&some, id).allowed, allowed, "{id}");
    }
    assert_eq!(
        denied_by(&decide(&some, "list-contacts")),
        "policy.allow_scopes = [\"conversations:read\", \"tags:*\", \"events:*:read\"]"
    );
    // Nothing is allowed by an empty list.
    assert!(!decide(&policy("allow_scopes = []"), "list-tags").allowed);
}

#[test]
fn what_is_denied_by_name_is_denied_though_it_was_allowed() {
    let both = policy(
        "allow_scopes = [\"*\"]\nallow_operations = [\"delete-tag\"]\ndeny_operations = [\"delete-tag\", \"create-message\"]",
    );
    assert_eq!(
        denied_by(&decide(&both, "delete-tag")),
        "policy.deny_operations = \"delete-tag\""
    );
}

#[test]
fn read_only_reads_and_nothing_else() {
    reads_and_nothing_else(&policy(
        "read_only = true\nallow_operations = [\"delete-tag\"]",
    ));
}

#[test]
fn a_server_that_reads_is_a_policy_that_reads_and_says_which_line_it_was() {
    let lines = policy("allow_operations = [\"delete-tag\"]");
    let server = lines.clone().reading_only();
    reads_and_nothing_else(&server);
    // No other policy undoes it, from whichever side.
    reads_and_nothing_else(&server.tightened_by(&lines));
    reads_and_nothing_else(&lines.tightened_by(&server));
    let line = "tools.read_only = true (`--read-only`)";
    assert_eq!(denied_by(&decide(&server, "delete-tag")), line);
    assert_eq!(denied_by(&server.tool("add-tag", Effect::Set)), line);
}

fn reads_and_nothing_else(policy: &Policy) {
    for operation in Operation::all() {
        let reads = operation.effect == Does::Read && operation.method == crate::front::Method::Get;
        assert_eq!(policy.decide(operation).allowed, reads, "{}", operation.id);
        // The fence asks the same one.
        assert_eq!(
            Doorkeeper::operation(policy, operation).is_ok(),
            reads,
            "{}",
            operation.id
        );
    }
    for (name, effect, allowed) in [
        ("list-tags", Effect::Read, true),
        ("raw-api-request", Effect::Any, true),
        ("check-send", Effect::Read, false),
        ("add-tag", Effect::Set, false),
        ("create-contact", Effect::Create, false),
        ("send-message", Effect::Seal, false),
        ("confirm-send", Effect::Send, false),
    ] {
        assert_eq!(policy.tool(name, effect).allowed, allowed, "{name}");
    }
}

#[test]
fn tools_are_allowed_and_denied_by_name() {
    let some = policy("allow_tools = [\"add-tag\", \"list-tags\"]\ndeny_tools = [\"add-tag\"]");
    assert_eq!(
        denied_by(&some.tool("add-tag", Effect::Set)),
        "policy.deny_tools = \"add-tag\""
    );
    assert_eq!(
        some.tool("list-tags", Effect::Read),
        Decision::allowed(Rule::entry("allow_tools", "list-tags"))
    );
    assert_eq!(
        denied_by(&some.tool("raw-api-request", Effect::Any)),
        "policy.allow_tools = [\"add-tag\", \"list-tags\"]"
    );
}

#[test]
fn tools_that_send_go_with_the_scope() {
    let reading = policy(
        "allow_scopes = [\"*\"]\ndeny_operations = [\"create-message\", \"create-message-reply\"]",
    );
    assert!(!reading.tool("confirm-send", Effect::Send).allowed);
    assert!(!reading.tool("check-send", Effect::Read).allowed);
    assert!(reading.tool("list-tags", Effect::Read).allowed);
    assert!(reading.tool("send-message", Effect::Seal).allowed, "drafts");
    let tags = policy("allow_scopes = [\"tags:*\"]");
    assert!(!tags.tool("send-message", Effect::Seal).allowed);
    let drafts = policy("allow_scopes = [\"drafts:write\"]");
    assert!(drafts.tool("send-message", Effect::Seal).allowed);
    assert!(!drafts.tool("confirm-send", Effect::Send).allowed);
}

#[test]
fn contacts_go_with_the_inboxes_unless_they_are_named() {
    let cases = [
        ("", true),
        ("allow_contacts = false", false),
        ("allow_inboxes = [\"inb_1\"]", false),
        ("allow_inboxes = [\"inb_1\"]\nallow_contacts = true", true),
    ];
    for (lines, allowed) in cases {
        for id in [
            "list-contacts",
            "get-contact",
            "list-contacts-in-contact-list",
        ] {
            assert_eq!(decide(&policy(lines), id).allowed, allowed, "{lines} {id}");
        }
    }
    let fenced = policy("allow_inboxes = [\"inb_1\"]\nallow_contacts = true");
    assert!(
        !decide(&fenced, "create-contact").allowed,
        "contacts stay readable, no more"
    );
}

#[test]
fn inboxes_close_what_cannot_be_limited_to_them() {
    let fenced = policy(
        "allow_inboxes = [\"inb_1\"]\nallow_operations = [\"import-inbox-message\", \"delete-draft\"]",
    );
    for id in [
        "list-accounts",
        "create-analytics-export",
        "import-inbox-message",
        "create-tag",
    ] {
        assert_eq!(
            denied_by(&decide(&fenced, id)),
            "policy.allow_inboxes = [\"inb_1\"]",
            "{id}"
        );
    }
    for id in [
        "list-tags",
        "list-teammates",
        "add-conversation-tag",
        "delete-draft",
    ] {
        assert!(decide(&fenced, id).allowed, "{id}");
    }
}

#[test]
fn a_denied_tag_is_found_by_id_and_by_name() {
    let policy = policy("tags_deny = [\"tag_1a\", \"Auto reply\"]");
    for (id, name) in [
        (Some("tag_1a"), None),
        (Some("tag_01a"), None),
        (Some("tag_1a"), Some("harmless")),
        (Some("tag_2"), Some("Auto reply")),
        (Some("tag_2"), Some("  auto   REPLY ")),
        (None, Some("auto reply")),
    ] {
        assert!(!policy.tag(id, name).allowed, "{id:?} {name:?}");
    }
    for (id, name) in [
        (Some("tag_2"), Some("tag_1a")),
        (Some("tag_1a0"), Some("reply")),
        (Some("tag_2"), None),
    ] {
        assert!(policy.tag(id, name).allowed, "{id:?} {name:?}");
    }
}

#[test]
fn tags_are_looked_up_where_the_list_needs_it() {
    for (list, look) in [
        ("", TagLook::None),
        (
            "\"tag_1a\"",
            TagLook::At {
                ids: true,
                names: false,
            },
        ),
        (
            "\"Auto reply\"",
            TagLook::At {
                ids: false,
                names: true,
            },
        ),
        (
            "\"Auto reply\", \"tag_1a\"",
            TagLook::At {
                ids: true,
                names: true,
            },
        ),
    ] {
        let policy = policy(&format!("tags_deny = [{list}]"));
        assert_eq!(policy.tags(), look, "{list}");
        assert_eq!(policy.denies_tags(), look != TagLook::None, "{list}");
    }
}
