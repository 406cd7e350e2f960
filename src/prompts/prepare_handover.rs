//! `prepare-handover`: what one teammate leaves to another.

use serde_json::json;

use super::{Argument, Given, Kind, Prompt, Script};

pub static PROMPT: Prompt = Prompt {
    name: "prepare-handover",
    title: "Prepare a handover",
    description: "Writes a note on a teammate's open conversations for whoever takes them over.",
    arguments: &[
        Argument {
            name: "from",
            description: "Teammate who hands over, by name, e-mail address or id.",
            kind: Kind::Teammate,
            required: true,
        },
        Argument {
            name: "to",
            description: "Teammate who takes over, by name, e-mail address or id.",
            kind: Kind::Teammate,
            required: true,
        },
    ],
    needs: &["list-conversations", "get-conversation"],
    write,
};

fn write(given: &Given, script: &mut Script<'_>) {
    script.goal(format!(
        "Prepare the handover of the open conversations{}{} in Front.",
        given.said(" of", "from"),
        given.said(" to", "to"),
    ));
    script.call(
        "See what there is",
        "list-conversations",
        &json!({ "assignee": given.json("from"), "statuses": ["open"], "limit": 50 }),
        "If there are more, say how many of them this note covers.",
    );
    script.call(
        "Read each, the most recently active first",
        "get-conversation",
        &json!({
            "conversation_id": "<id>",
            "limit": 10,
            "include": ["messages", "comments", "drafts"],
        }),
        "Drafts are unfinished work: mention them.",
    );
    script.call(
        "See whether the one who takes over is there",
        "list-teammates",
        &json!({}),
        "If they are away, say so first.",
    );
    script.step("Write the note, most urgent first. For each conversation: id, customer, where it stands in a sentence, what we promised and until when, the next step, and drafts. Then what several of them have in common. Reassign nothing: the user does that.");
}
