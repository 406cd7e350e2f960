//! The ready files: each loads, and does what it says.

use super::check::{expect, policy};

fn example(name: &str) -> String {
    format!(
        "{}/manifests/policy/{name}.toml",
        env!("CARGO_MANIFEST_DIR")
    )
}

const TAG: &str = "{\"conversation_id\":\"cnv_1\",\"tags\":[\"tag_1\"]}";
const REPLY: &str = "{\"conversation_id\":\"cnv_1\",\"body\":\"x\"}";
const ENVELOPE: &str = "{\"envelope_id\":\"env_1\"}";
const RAW: &str = "raw-api-request";

async fn foreseen(name: &str, cases: &[(&str, &str, &str, &str)]) {
    let config = example(name);
    for (tool, arguments, verdict, words) in cases {
        expect(&config, tool, arguments, verdict, words).await;
    }
}

#[tokio::test]
async fn every_file_is_tried() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/manifests/policy");
    let mut names: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "drafts-only.toml",
            "full.toml",
            "read-only.toml",
            "support-agent.toml"
        ]
    );
    for name in names {
        let (code, text) = policy(&example(name.strip_suffix(".toml").unwrap()), &["show"]).await;
        assert_eq!(code, 0, "{name}: {text}");
    }
}

#[tokio::test]
async fn read_only() {
    foreseen(
        "read-only",
        &[
            ("list-conversations", "{}", "allowed", "no line"),
            ("add-tag", TAG, "denied", "policy.read_only = true"),
            ("send-message", REPLY, "denied", "send.mode = \"off\""),
            ("confirm-send", ENVELOPE, "denied", "send.mode = \"off\""),
            (
                RAW,
                "{\"operation\":\"list-contacts\"}",
                "allowed",
                "no line",
            ),
            (
                RAW,
                "{\"method\":\"POST\",\"path\":\"/tags\",\"body\":{\"name\":\"x\"}}",
                "denied",
                "policy.read_only = true",
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn drafts_only() {
    foreseen(
        "drafts-only",
        &[
            ("get-conversation", "{\"conversation_id\":\"cnv_1\"}", "allowed", "policy"),
            ("send-message", "{\"channel_id\":\"cha_1\",\"to\":[\"a@b.test\"],\"body\":\"x\"}", "allowed", "send.mode = \"draft\""),
            ("send-message", "{\"channel_id\":\"cha_1\",\"to\":[\"a@b.test\"],\"bcc\":[\"c@b.test\"],\"body\":\"x\"}", "denied", "policy.allow_bcc = false"),
            ("confirm-send", ENVELOPE, "denied", "policy.allow_scopes"),
            ("add-tag", TAG, "denied", "policy.allow_scopes"),
            (RAW, "{\"method\":\"POST\",\"path\":\"/conversations/cnv_1/comments\",\"body\":{\"body\":\"x\"}}", "denied", "policy.allow_scopes"),
            (RAW, "{\"method\":\"DELETE\",\"path\":\"/drafts/msg_1\",\"body\":{\"version\":\"1\"}}", "denied", "policy.allow_scopes"),
        ],
    )
    .await;
}

#[tokio::test]
async fn support_agent() {
    foreseen(
        "support-agent",
        &[
            ("list-conversations", "{}", "allowed", "note: "),
            ("list-conversations", "{\"inboxes\":[\"inb_1who\"]}", "denied", "policy.allow_inboxes"),
            ("add-tag", TAG, "allowed", "note: "),
            ("add-tag", "{\"conversation_id\":\"cnv_1\",\"tags\":[\"auto reply\"]}", "denied", "policy.tags_deny = \"Auto reply\""),
            ("get-contact", "{\"contact\":\"a@b.example\"}", "allowed", "policy"),
            ("send-message", REPLY, "asks a person", "send.mode = \"approve\""),
            ("send-message", "{\"conversation_id\":\"cnv_1\",\"to\":[\"a@competitor.example\"],\"body\":\"x\"}", "denied", "policy.recipient_domains_deny = \"competitor.example\""),
            ("send-message", "{\"conversation_id\":\"cnv_1\",\"author\":\"tove@larkspur-cycles.example\",\"body\":\"x\"}", "denied", "policy.authors_allow"),
            (RAW, "{\"operation\":\"list-accounts\"}", "denied", "policy."),
            (RAW, "{\"method\":\"GET\",\"path\":\"/conversations\"}", "denied", "policy.allow_inboxes"),
            (RAW, "{\"method\":\"DELETE\",\"path\":\"/conversations/cnv_1\"}", "denied", "policy.deny_operations"),
        ],
    )
    .await;
}

#[tokio::test]
async fn full() {
    foreseen(
        "full",
        &[
            ("send-message", REPLY, "allowed", ""),
            ("confirm-send", ENVELOPE, "allowed", ""),
            (
                RAW,
                "{\"method\":\"DELETE\",\"path\":\"/tags/tag_1\"}",
                "allowed",
                "policy.allow_operations = \"delete-tag\"",
            ),
            (
                RAW,
                "{\"method\":\"DELETE\",\"path\":\"/signatures/sig_1\"}",
                "denied",
                "guarded",
            ),
            (
                RAW,
                "{\"method\":\"POST\",\"path\":\"/channels/cha_1/messages\",\"body\":{}}",
                "denied",
                "send gate",
            ),
        ],
    )
    .await;
}
