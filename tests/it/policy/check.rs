//! `front-mcp policy`: what would become of a call, by exit code and by the line that decides.

use std::process::Stdio;

use super::file;
use crate::support::mcp::binary;

/// Exit code and output of `front-mcp policy` under a settings file.
pub async fn policy(config: &str, arguments: &[&str]) -> (i32, String) {
    let mut command = binary();
    command
        .arg("policy")
        .args(arguments)
        .args(["--config", config]);
    let output = command.stdin(Stdio::null()).output().await.unwrap();
    let text = [output.stdout, output.stderr].concat();
    (
        output.status.code().unwrap(),
        String::from_utf8(text).unwrap(),
    )
}

/// Asserts what a check answers: its first word, and a part of its text.
pub async fn expect(config: &str, tool: &str, arguments: &str, verdict: &str, words: &str) {
    let (code, text) = policy(config, &["check", tool, arguments]).await;
    assert!(text.starts_with(verdict), "{tool} {arguments}: {text}");
    assert!(
        text.contains(words),
        "{tool} {arguments}: no {words:?} in {text}"
    );
    assert_eq!(code, i32::from(verdict == "denied"), "{text}");
}

#[tokio::test]
async fn each_part_of_a_call_is_foreseen() {
    let path = file(
        "check",
        "[send]\nmode = \"approve\"\n[policy]\nallow_inboxes = [\"inb_1\"]\nallow_operations = [\"delete-draft\"]\ndeny_operations = [\"update-conversation\"]\ndeny_tools = [\"list-tags\"]\nrecipient_domains_deny = [\"evil.test\"]\ntags_deny = [\"tag_9\"]\nmax_recipients = 2\n",
    );
    let config = path.to_str().unwrap();
    let raw = "raw-api-request";
    for (tool, arguments, verdict, words) in [
        (
            "list-tags",
            "{}",
            "denied",
            "policy.deny_tools = \"list-tags\"",
        ),
        ("list-teammates", "{}", "allowed", "no line"),
        (
            "create-contact",
            "{\"handles\":[{\"source\":\"email\",\"handle\":\"a@b.example\"}]}",
            "denied",
            "policy.allow_contacts = false",
        ),
        (
            "list-conversations",
            "{\"inboxes\":[\"inb_2\"]}",
            "denied",
            "policy.allow_inboxes",
        ),
        (
            "add-tag",
            "{\"conversation_id\":\"cnv_1\",\"tags\":[\"tag_09\"]}",
            "denied",
            "policy.tags_deny = \"tag_9\"",
        ),
        (
            "add-tag",
            "{\"conversation_id\":\"cnv_1\",\"tags\":[\"tag_1\"]}",
            "allowed",
            "note: ",
        ),
        (
            raw,
            "{\"method\":\"POST\",\"path\":\"/conversations/cnv_1/messages\",\"body\":{}}",
            "denied",
            "send gate",
        ),
        (
            raw,
            "{\"method\":\"DELETE\",\"path\":\"/drafts/msg_1\",\"body\":{\"version\":\"1\"}}",
            "allowed",
            "policy.allow_operations = \"delete-draft\"",
        ),
        (
            raw,
            "{\"method\":\"DELETE\",\"path\":\"/tags/tag_1\"}",
            "denied",
            "policy.allow_inboxes",
        ),
        (
            raw,
            "{\"method\":\"DELETE\",\"path\":\"/conversations/cnv_1\"}",
            "denied",
            "guarded",
        ),
        (
            raw,
            "{\"method\":\"PATCH\",\"path\":\"/conversations/cnv_1\",\"body\":{}}",
            "denied",
            "policy.deny_operations = \"update-conversation\"",
        ),
        (
            raw,
            "{\"operation\":\"list-accounts\"}",
            "denied",
            "policy.allow_inboxes",
        ),
        (
            raw,
            "{\"operation\":\"list-conversations\"}",
            "denied",
            "name an inbox",
        ),
        (
            raw,
            "{\"operation\":\"get-inbox\",\"params\":{\"inbox_id\":\"inb_2\"}}",
            "denied",
            "policy.allow_inboxes",
        ),
        (
            raw,
            "{\"operation\":\"get-inbox\",\"params\":{\"inbox_id\":\"inb_1\"}}",
            "allowed",
            "no line",
        ),
        (
            raw,
            "{\"method\":\"GET\",\"path\":\"/conversations/cnv_1\"}",
            "allowed",
            "note: what it names",
        ),
        (
            "send-message",
            "{\"channel_id\":\"cha_1\",\"to\":[\"a@evil.test\"],\"body\":\"x\"}",
            "denied",
            "policy.recipient_domains_deny = \"evil.test\"",
        ),
        (
            "send-message",
            "{\"channel_id\":\"cha_1\",\"to\":[\"a@b.test\",\"c@b.test\",\"d@b.test\"],\"body\":\"x\"}",
            "denied",
            "policy.max_recipients = 2",
        ),
        (
            "send-message",
            "{\"conversation_id\":\"cnv_1\",\"body\":\"x\"}",
            "asks a person",
            "send.mode = \"approve\"",
        ),
    ] {
        expect(config, tool, arguments, verdict, words).await;
    }
    for arguments in [
        &["check", "list-tgas"][..],
        &["check", "list-tags", "{"],
        &["check", "list-tags", "[]"],
        &["check", "raw-api-request", "{\"operation\":\"nope\"}"],
        &["chekc"],
    ] {
        let (code, text) = policy(config, arguments).await;
        // A tool that is denied is denied, whatever its arguments.
        assert!(code == 2, "{arguments:?}: {text}");
    }
}

#[tokio::test]
async fn what_is_shown_is_what_was_read() {
    let path = file(
        "show",
        "[policy]\nallow_inboxes = [\"inb_1\"]\ntags_deny = [\"VIP\"]\n",
    );
    let (code, text) = policy(path.to_str().unwrap(), &["show"]).await;
    assert_eq!(code, 0, "{text}");
    for line in [
        "mode = \"approve\"",
        "allow_inboxes = [\"inb_1\"]",
        "allow_contacts = false",
        "tags_deny = [\"VIP\"]",
        "allow_bcc = true",
        "# allow_scopes: all",
    ] {
        assert!(text.contains(line), "no {line:?} in {text}");
    }
    let again = file("shown", &text);
    let (_, second) = policy(again.to_str().unwrap(), &["show"]).await;
    assert_eq!(second, text);
}

#[tokio::test]
async fn a_bad_line_stops_the_program() {
    for (name, line, words) in [
        (
            "bad-tool",
            "deny_tools = [\"add-tags\"]",
            ["`policy.deny_tools`", "`add-tag`"],
        ),
        (
            "bad-scope",
            "allow_scopes = [\"tag:read\"]",
            ["`policy.allow_scopes`", "`tags:read`"],
        ),
        (
            "bad-inbox",
            "allow_inboxes = [\"Support\"]",
            ["`policy.allow_inboxes`", "list-inboxes"],
        ),
        ("bad-key", "deny_tool = []", ["deny_tool", "line 2"]),
        ("bad-number", "max_recipients = \"3\"", ["line 2", "u32"]),
    ] {
        let path = file(name, &format!("[policy]\n{line}\n"));
        let path = path.to_str().unwrap();
        let (code, text) = policy(path, &["show"]).await;
        assert_eq!(code, 2, "{text}");
        for word in words.iter().chain(&[path]) {
            assert!(text.contains(word), "no {word:?} in {text}");
        }
    }
}
