//! What is refused when it is read, and how it is shown.

use super::{TOOLS, policy};
use crate::gate::policy::{Policy, Settings};

#[test]
fn a_line_that_cannot_be_used_is_named() {
    for (lines, key, words) in [
        (
            "allow_scopes = [\"tag:read\"]",
            "allow_scopes",
            "`tags:read`",
        ),
        ("allow_scopes = [\"tags*\"]", "allow_scopes", "tags"),
        ("allow_scopes = [\"\"]", "allow_scopes", "``"),
        ("deny_tools = [\"add-tags\"]", "deny_tools", "`add-tag`"),
        ("allow_tools = [\"list-tag\"]", "allow_tools", "`list-tags`"),
        (
            "allow_operations = [\"create-message\"]",
            "allow_operations",
            "send gate",
        ),
        (
            "allow_operations = [\"delete-tags\"]",
            "allow_operations",
            "`delete-tag`",
        ),
        (
            "deny_operations = [\"nope\"]",
            "deny_operations",
            "no operation",
        ),
        (
            "allow_inboxes = [\"Support\"]",
            "allow_inboxes",
            "names are not taken",
        ),
        (
            "recipient_domains_allow = [\"@acme.com\"]",
            "recipient_domains_allow",
            "`acme.com`",
        ),
        (
            "recipient_domains_deny = [\"*\"]",
            "recipient_domains_deny",
            "domain",
        ),
        ("authors_allow = [\"Marin\"]", "authors_allow", "tea_"),
        ("tags_deny = [\" \"]", "tags_deny", "empty"),
        ("max_recipients = 0", "max_recipients", "at least 1"),
        ("sends_per_hour = 0", "sends_per_hour", "at least 1"),
        ("sends_per_day = 0", "sends_per_day", "at least 1"),
        (
            "kill_switch_file = \"stop\"",
            "kill_switch_file",
            "absolute",
        ),
    ] {
        let settings: Settings = toml::from_str(lines).unwrap();
        let bad = Policy::read(&settings, &TOOLS).unwrap_err();
        assert_eq!(bad.key, key, "{lines}");
        assert!(bad.problem.contains(words), "{lines}: {}", bad.problem);
    }
    assert!(toml::from_str::<Settings>("deny_tool = []").is_err());
    assert!(toml::from_str::<Settings>("max_recipients = -1").is_err());
    assert!(toml::from_str::<Settings>("read_only = \"no\"").is_err());
}

#[test]
fn what_is_shown_can_be_read_again() {
    let lines = "read_only = true\nallow_scopes = [\"tags:*\"]\nallow_inboxes = [\"inb_1\"]\ntags_deny = [\"a \\\"b\\\" \\u0007c\"]\nmax_recipients = 3\nallow_bcc = false\nrecipient_domains_allow = [\"*.acme.com\"]";
    let shown = policy(lines).to_string();
    assert!(shown.starts_with("[policy]\n"), "{shown}");
    let again = policy(shown.strip_prefix("[policy]\n").unwrap());
    assert_eq!(again.to_string(), shown);
    let nothing = Policy::default().to_string();
    assert!(nothing.contains("# allow_inboxes: all"), "{nothing}");
}
