//! Messages.

use super::{denied_by, policy};
use crate::gate::policy::{Author, Policy, SendFacts, Tag};

fn to<'a>(recipients: &'a [&'a str]) -> SendFacts<'a> {
    SendFacts {
        is_reply: true,
        to: recipients,
        ..SendFacts::default()
    }
}

fn allows(policy: &Policy, recipient: &str) -> bool {
    let list = [recipient];
    let everywhere = [
        to(&list),
        SendFacts {
            cc: &list,
            ..SendFacts::default()
        },
        SendFacts {
            bcc: &list,
            ..SendFacts::default()
        },
    ];
    let allowed = everywhere.map(|facts| policy.send(&facts).allowed);
    assert!(allowed.iter().all(|one| *one == allowed[0]), "{recipient}");
    allowed[0]
}

#[test]
fn an_allow_list_holds_whole_domains() {
    let policy = policy("recipient_domains_allow = [\"acme.com\", \"*.partner.example\"]");
    for (recipient, allowed) in [
        ("jo@acme.com", true),
        ("JO@Acme.COM.", true),
        ("jo@eu.partner.example", true),
        ("jo@acme.com.evil.test", false),
        ("jo@evilacme.com", false),
        ("jo@sub.acme.com", false),
        ("jo@partner.example", false),
        ("jo@evilpartner.example", false),
        ("jo@\u{430}cme.com", false),
        ("Jo <jo@acme.com>", false),
        ("jo@evil.test@acme.com", false),
        ("+442079460000", false),
        ("@jo", false),
        ("", false),
    ] {
        assert_eq!(allows(&policy, recipient), allowed, "{recipient:?}");
    }
    let decision = policy.send(&to(&["jo@acme.com", "jo@evil.test"]));
    assert_eq!(decision.about.as_deref(), Some("jo@evil.test"));
    assert_eq!(
        denied_by(&decision),
        "policy.recipient_domains_allow = [\"acme.com\", \"*.partner.example\"]"
    );
    let decision = policy.send(&to(&["+442079460000"]));
    assert!(decision.reason.unwrap().contains("no e-mail address"));
}

#[test]
fn a_deny_list_wins_and_denies_what_it_cannot_read() {
    let policy = policy("recipient_domains_deny = [\"evil.test\", \"*.evil.test\"]");
    for (recipient, allowed) in [
        ("jo@acme.com", true),
        ("+442079460000", true),
        ("jo@evil.test", false),
        ("jo@EVIL.test.", false),
        ("jo@a.evil.test", false),
        ("jo@evil。test", false),
        ("jo@evil.test>", false),
        ("jo@acme.com,jo@evil.test", false),
        ("jo＠evil.test", false),
    ] {
        assert_eq!(allows(&policy, recipient), allowed, "{recipient:?}");
    }
    assert_eq!(
        denied_by(&policy.send(&to(&["jo@evil.test"]))),
        "policy.recipient_domains_deny = \"evil.test\""
    );
    let both = super::policy(
        "recipient_domains_allow = [\"evil.test\"]\nrecipient_domains_deny = [\"evil.test\"]",
    );
    assert!(!allows(&both, "jo@evil.test"));
}

#[test]
fn blind_copies_and_numbers() {
    let no_bcc = policy("allow_bcc = false");
    let facts = SendFacts {
        bcc: &["jo@acme.com"],
        ..to(&["a@acme.com"])
    };
    assert_eq!(denied_by(&no_bcc.send(&facts)), "policy.allow_bcc = false");
    assert!(no_bcc.send(&to(&["a@acme.com"])).allowed);
    let two = policy("max_recipients = 2");
    assert!(two.send(&facts).allowed);
    let three = SendFacts {
        cc: &["b@acme.com"],
        ..facts
    };
    assert_eq!(denied_by(&two.send(&three)), "policy.max_recipients = 2");
}

#[test]
fn authors_are_named_by_id_or_address() {
    let policy = policy("authors_allow = [\"tea_1\", \"Marin@Acme.com\"]");
    let by = |id, email| SendFacts {
        author: Some(Author { id, email }),
        ..to(&["a@b.example"])
    };
    assert!(policy.send(&by("tea_1", None)).allowed);
    assert!(policy.send(&by("tea_2", Some("marin@acme.com"))).allowed);
    assert!(
        !policy
            .send(&by("tea_2", Some("marin@acme.com.evil.test")))
            .allowed
    );
    assert!(!policy.send(&by("tea_01", None)).allowed);
    assert!(!policy.send(&by("tea_2", None)).allowed);
    assert!(
        policy.send(&to(&["a@b.example"])).allowed,
        "nobody is named"
    );
}

#[test]
fn denied_tags_are_not_applied_by_a_send() {
    let policy = policy("tags_deny = [\"Auto reply\"]");
    let tags = [
        Tag {
            id: "tag_1",
            name: "ok",
        },
        Tag {
            id: "tag_2",
            name: "AUTO REPLY",
        },
    ];
    let decision = policy.send(&SendFacts {
        tags: &tags,
        ..to(&["a@b.example"])
    });
    assert_eq!(denied_by(&decision), "policy.tags_deny = \"Auto reply\"");
    assert!(
        policy
            .send(&SendFacts {
                tags: &tags[..1],
                ..to(&["a@b.example"])
            })
            .allowed
    );
}

#[test]
fn a_channel_must_be_known_to_be_inside() {
    let policy = policy("allow_inboxes = [\"inb_1\"]");
    for (inbox, allowed) in [(Some("inb_1"), true), (Some("inb_2"), false), (None, false)] {
        let facts = SendFacts {
            channel_inbox: inbox,
            ..to(&["a@b.example"])
        };
        assert_eq!(policy.send(&facts).allowed, allowed, "{inbox:?}");
    }
}

#[test]
fn nothing_is_sent_read_only_without_scope_or_while_the_switch_is_on() {
    let facts = to(&["a@b.example"]);
    for lines in [
        "read_only = true",
        "allow_scopes = [\"conversations:*\", \"drafts:*\"]",
        "deny_operations = [\"create-message-reply\"]",
    ] {
        assert!(!policy(lines).send(&facts).allowed, "{lines}");
    }
    let draft = SendFacts {
        is_draft: true,
        ..facts
    };
    for facts in [&facts, &draft] {
        assert!(!Policy::default().reading_only().send(facts).allowed);
    }
    let drafts = policy("allow_scopes = [\"drafts:write\"]");
    assert!(drafts.send(&draft).allowed);
    assert!(!drafts.send(&facts).allowed);
    assert!(!policy("read_only = true").send(&draft).allowed);
    assert!(
        policy("allow_scopes = [\"messages:send\"]")
            .send(&facts)
            .allowed
    );
    assert!(
        policy("deny_operations = [\"create-message\"]")
            .send(&facts)
            .allowed
    );
    let path = if cfg!(windows) {
        "C:\\\\stop"
    } else {
        "/var/stop"
    };
    let switched = policy(&format!("kill_switch_file = \"{path}\""));
    assert!(switched.send(&facts).allowed);
    let killed = SendFacts {
        killed: true,
        ..facts
    };
    assert!(denied_by(&switched.send(&killed)).starts_with("policy.kill_switch_file = "));
}
