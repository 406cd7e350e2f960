//! Policies with names: how they are written, and what would become of a call under one.

use super::{
    check::{expect, policy},
    file,
};

const TWO: &str = "[policy]\nallow_operations = [\"delete-tag\"]\ndeny_operations = [\"list-teams\"]\nsends_per_hour = 9\n\n[policies.support-agent]\nallow_operations = [\"delete-tag\", \"update-channel\"]\ndeny_tools = [\"list-tags\"]\nsends_per_hour = 3\n\n[policies.reader]\nread_only = true\n";

const DELETE: &str = "{\"method\":\"DELETE\",\"path\":\"/tags/tag_1\"}";
const CHANNEL: &str = "{\"operation\":\"update-channel\",\"params\":{\"channel_id\":\"cha_1\"}}";
const TEAMS: &str = "{\"operation\":\"list-teams\"}";
const RAW: &str = "raw-api-request";

#[tokio::test]
async fn a_call_is_foreseen_for_a_policy_by_name() {
    let path = file("named", TWO);
    let config = path.to_str().unwrap();
    expect(config, "list-tags", "{}", "allowed", "no line").await;
    expect(config, RAW, DELETE, "allowed", "policy.allow_operations").await;
    for (name, tool, arguments, verdict, words) in [
        (
            "support-agent",
            "list-tags",
            "{}",
            "denied",
            "policies.support-agent.deny_tools = \"list-tags\"",
        ),
        (
            "support-agent",
            RAW,
            DELETE,
            "allowed",
            "policy.allow_operations",
        ),
        // Naming what [policy] does not name gives nothing.
        (
            "support-agent",
            RAW,
            CHANNEL,
            "denied",
            "not in policy.allow_operations",
        ),
        (
            "support-agent",
            RAW,
            TEAMS,
            "denied",
            "denied: policy.deny_operations",
        ),
        ("reader", "list-tags", "{}", "allowed", "no line"),
        (
            "reader",
            RAW,
            DELETE,
            "denied",
            "policies.reader.read_only = true",
        ),
    ] {
        for arguments in [
            ["--as", name, "check", tool, arguments],
            ["check", tool, arguments, "--as", name],
        ] {
            let (code, text) = policy(config, &arguments).await;
            assert!(text.starts_with(verdict), "{arguments:?}: {text}");
            assert!(text.contains(words), "{arguments:?}: {text}");
            assert_eq!(code, i32::from(verdict == "denied"), "{text}");
        }
    }
}

#[tokio::test]
async fn what_holds_under_a_name_is_shown() {
    let path = file("named-shown", TWO);
    let config = path.to_str().unwrap();
    let (code, text) = policy(config, &["show"]).await;
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("sends_per_hour = 9"), "{text}");
    let (code, text) = policy(config, &["show", "--as=support-agent"]).await;
    assert_eq!(code, 0, "{text}");
    for part in [
        "policies.support-agent",
        "sends_per_hour = 3",
        "allow_operations = [\"delete-tag\"]",
        "deny_operations = [\"list-teams\"]",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let (code, text) = policy(config, &["show", "--as=support"]).await;
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("`--as support`"), "{text}");
    assert!(text.contains("it defines reader, support-agent"), "{text}");
}

#[tokio::test]
async fn a_table_that_cannot_be_used_stops_the_program_by_name() {
    for (number, (lines, words)) in [
        ("[policies.bot]\nallow_tols = []", "`allow_tols`"),
        ("[policies.bot]\nmode = \"off\"", "`mode`"),
        (
            "[policies.bot]\nmax_recipients = 0",
            "`policies.bot.max_recipients`",
        ),
        (
            "[policies.bot]\nallow_inboxes = [\"Support\"]",
            "`policies.bot.allow_inboxes`",
        ),
        (
            "[policies.\"a.b\"]\nkill_switch_file = \"stop\"",
            "`policies.\"a.b\".kill_switch_file`",
        ),
        ("[policies.Bot]\n", "lower-case letters"),
        ("[policies.\"a b\"]\n", "lower-case letters"),
        ("[policies.default]\nread_only = true", "[policy]"),
        ("[policies]\nread_only = true", "cannot be used"),
    ]
    .into_iter()
    .enumerate()
    {
        let path = file(&format!("named-{number}"), lines);
        let (code, text) = policy(path.to_str().unwrap(), &["show"]).await;
        assert_eq!(code, 2, "{lines}: {text}");
        assert!(text.contains(words), "{lines}: {text}");
    }
}
