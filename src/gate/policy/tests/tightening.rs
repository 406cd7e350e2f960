//! A request may tighten, and never loosens.

use proptest::{
    collection::vec,
    option,
    prelude::*,
    sample::{select, subsequence},
};

use super::{TOOLS, policy};
use crate::{
    front::Operation,
    gate::policy::{Author, Policy, SendFacts, Settings, Tag},
    tools::Effect,
};

fn texts(all: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    subsequence(all, 0..=all.len()).prop_map(|some| some.into_iter().map(str::to_owned).collect())
}

const DOMAINS: &[&str] = &["a.example", "*.a.example", "b.example"];
const RECIPIENTS: &[&str] = &[
    "x@a.example",
    "x@c.a.example",
    "x@b.example",
    "+4420",
    "x@@",
];

pub(super) fn policies() -> impl Strategy<Value = Policy> {
    let operations = (
        option::of(texts(&[
            "*",
            "tags:*",
            "conversations:read",
            "messages:send",
            "contacts:read",
        ])),
        option::of(texts(&["delete-tag", "edit-draft", "update-channel"])),
        texts(&["list-tags", "delete-tag", "create-message"]),
        option::of(texts(&TOOLS)),
        texts(&["add-tag", "list-tags"]),
        any::<bool>(),
    );
    let places = (
        option::of(texts(&["inb_1", "inb_2"])),
        option::of(any::<bool>()),
    );
    let sends = (
        option::of(texts(DOMAINS)),
        texts(DOMAINS),
        option::of(texts(&["tea_1", "x@a.example"])),
        texts(&["tag_1", "one"]),
        option::of(1..4_u32),
        option::of(any::<bool>()),
        option::of(1..4_u32),
        option::of(1..4_u32),
        any::<bool>(),
    );
    (operations, places, sends).prop_map(|(operations, places, sends)| {
        let settings = Settings {
            allow_scopes: operations.0,
            allow_operations: operations.1,
            deny_operations: operations.2,
            allow_tools: operations.3,
            deny_tools: operations.4,
            read_only: operations.5,
            allow_inboxes: places.0,
            allow_contacts: places.1,
            recipient_domains_allow: sends.0,
            recipient_domains_deny: sends.1,
            authors_allow: sends.2,
            tags_deny: sends.3,
            max_recipients: sends.4,
            allow_bcc: sends.5,
            sends_per_hour: sends.6,
            sends_per_day: sends.7,
            kill_switch_file: sends
                .8
                .then(|| if cfg!(windows) { "C:\\stop" } else { "/stop" }.to_owned()),
        };
        Policy::read(&settings, &TOOLS).unwrap()
    })
}

/// What a line alone denies stays denied with the line on either side, or on both.
#[test]
fn a_line_holds_on_whichever_side_it_stands() {
    let switch = if cfg!(windows) {
        "kill_switch_file = \"C:\\\\stop\""
    } else {
        "kill_switch_file = \"/stop\""
    };
    for line in [
        "allow_bcc = false",
        "max_recipients = 2",
        "recipient_domains_allow = [\"a.example\"]",
        "recipient_domains_deny = [\"b.example\"]",
        "authors_allow = [\"tea_2\"]",
        "tags_deny = [\"one\"]",
        "allow_inboxes = [\"inb_2\"]",
        "allow_scopes = [\"tags:*\"]",
        "deny_operations = [\"create-message-reply\"]",
        "read_only = true",
        switch,
    ] {
        let facts = SendFacts {
            is_reply: true,
            is_draft: false,
            to: &["x@a.example"],
            cc: &["x@b.example"],
            bcc: &["y@a.example"],
            author: Some(Author {
                id: "tea_1",
                email: None,
            }),
            tags: &[Tag {
                id: "tag_1",
                name: "one",
            }],
            channel_inbox: Some("inb_1"),
            killed: true,
        };
        for tight in everywhere(line) {
            assert!(!tight.send(&facts).allowed, "{line}");
        }
    }
    for line in [
        "allow_tools = [\"list-tags\"]",
        "deny_tools = [\"add-tag\"]",
        "read_only = true",
    ] {
        for tight in everywhere(line) {
            assert!(!tight.tool("add-tag", Effect::Set).allowed, "{line}");
        }
    }
    for line in [
        "deny_operations = [\"list-contacts\"]",
        "allow_contacts = false",
        "allow_inboxes = [\"inb_1\"]",
        "allow_scopes = [\"tags:*\"]",
    ] {
        let operation = Operation::by_id("list-contacts").unwrap();
        for tight in everywhere(line) {
            assert!(!tight.decide(operation).allowed, "{line}");
        }
    }
    for tight in everywhere("sends_per_hour = 2\nsends_per_day = 3") {
        assert_eq!(tight.sends_per_hour(), Some(2));
        assert_eq!(tight.sends_per_day(), Some(3));
    }
}

fn everywhere(line: &str) -> [Policy; 3] {
    let [own, none] = [line, ""].map(policy);
    [
        own.tightened_by(&none),
        none.tightened_by(&own),
        own.tightened_by(&own),
    ]
}

/// What both name stays allowed, and what one names alone does not.
#[test]
fn what_is_named_must_be_named_by_both() {
    let one = policy(
        "allow_operations = [\"delete-tag\", \"edit-draft\"]\nallow_inboxes = [\"inb_1\", \"inb_2\"]",
    );
    let other = policy(
        "allow_operations = [\"delete-tag\", \"update-channel\"]\nallow_inboxes = [\"inb_2\", \"inb_3\"]",
    );
    let tight = one.tightened_by(&other);
    let named: Vec<_> = tight.allowed_operations.iter().flatten().collect();
    assert_eq!(named, [&"delete-tag"]);
    let inboxes: Vec<_> = tight.inboxes().unwrap().iter().collect();
    assert_eq!(inboxes.len(), 1);
    assert_eq!(inboxes[0].as_str(), "inb_2");
}

fn at_most(tight: Option<u32>, base: Option<u32>) -> bool {
    base.is_none_or(|base| tight.is_some_and(|tight| tight <= base))
}

proptest! {
    #[test]
    fn nothing_that_is_denied_becomes_allowed(base in policies(), other in policies()) {
        let tight = base.tightened_by(&other);
        for operation in Operation::all() {
            let allowed = tight.decide(operation).allowed;
            prop_assert!(!allowed || base.decide(operation).allowed, "{}", operation.id);
            let other = other.decide(operation);
            let unsaid = matches!(other.rule, super::super::Rule::Guarded(..));
            prop_assert!(!allowed || other.allowed || unsaid, "{}", operation.id);
        }
        for tool in TOOLS {
            for effect in [Effect::Read, Effect::Set, Effect::Seal, Effect::Send, Effect::Any] {
                let allowed = tight.tool(tool, effect).allowed;
                prop_assert!(!allowed || base.tool(tool, effect).allowed);
                prop_assert!(!allowed || other.tool(tool, effect).allowed);
            }
        }
        if let Some(inboxes) = base.inboxes() {
            prop_assert!(tight.inboxes().unwrap().is_subset(inboxes));
        }
        prop_assert!(at_most(tight.sends_per_hour(), base.sends_per_hour()));
        prop_assert!(at_most(tight.sends_per_day(), base.sends_per_day()));
        for file in base.kill_switch_files() {
            prop_assert!(tight.kill_switch_files().any(|one| one == file));
        }
    }

    #[test]
    fn no_message_leaves_that_either_denies(
        base in policies(),
        other in policies(),
        to in vec(select(RECIPIENTS), 0..3),
        bcc in vec(select(RECIPIENTS), 0..2),
        author in option::of((select(&["tea_1", "tea_2"][..]), option::of(select(RECIPIENTS)))),
        tags in vec((select(&["tag_1", "tag_01", "tag_2"][..]), select(&["one", "two"][..])), 0..3),
        inbox in option::of(select(&["inb_1", "inb_2", "inb_3"][..])),
        (is_reply, is_draft) in any::<(bool, bool)>(),
        killed in any::<bool>(),
    ) {
        let tags: Vec<_> = tags.into_iter().map(|(id, name)| Tag { id, name }).collect();
        let facts = SendFacts {
            is_reply,
            is_draft,
            to: &to,
            cc: &[],
            bcc: &bcc,
            author: author.map(|(id, email)| Author { id, email }),
            tags: &tags,
            channel_inbox: inbox,
            killed,
        };
        let allowed = base.tightened_by(&other).send(&facts).allowed;
        prop_assert!(!allowed || base.send(&facts).allowed);
        prop_assert!(!allowed || other.send(&facts).allowed);
        let named = base.under_name("bot", &other).send(&facts).allowed;
        prop_assert_eq!(named, allowed);
    }

    /// By name is the same as by hand, and says besides where the line stands.
    #[test]
    fn a_named_policy_tightens_alike(base in policies(), other in policies()) {
        let tight = base.tightened_by(&other);
        let named = base.under_name("bot", &other);
        for operation in Operation::all() {
            let (one, same) = (named.decide(operation), tight.decide(operation));
            prop_assert_eq!(one.allowed, same.allowed, "{}", operation.id);
            prop_assert!(!one.allowed || base.decide(operation).allowed, "{}", operation.id);
            let own = named.decide_own_draft(operation).allowed;
            prop_assert_eq!(own, tight.decide_own_draft(operation).allowed, "{}", operation.id);
            prop_assert!(!own || base.decide_own_draft(operation).allowed, "{}", operation.id);
        }
        for tool in TOOLS {
            for effect in [Effect::Read, Effect::Set, Effect::Seal, Effect::Send, Effect::Any] {
                let allowed = named.tool(tool, effect).allowed;
                prop_assert_eq!(allowed, tight.tool(tool, effect).allowed);
                prop_assert!(!allowed || base.tool(tool, effect).allowed);
            }
        }
        for (id, name) in [("tag_1", "one"), ("tag_2", "two")] {
            let allowed = named.tag(Some(id), Some(name)).allowed;
            prop_assert_eq!(allowed, tight.tag(Some(id), Some(name)).allowed);
        }
    }

    #[test]
    fn a_policy_under_itself_is_itself(policy in policies()) {
        let twice = policy.tightened_by(&policy);
        for operation in Operation::all() {
            prop_assert_eq!(twice.decide(operation).allowed, policy.decide(operation).allowed);
        }
    }
}
