//! `daily-digest`: the last 24 hours, and what they leave to be done.

use serde_json::json;

use super::{Argument, Given, Kind, Prompt, Script};

pub static PROMPT: Prompt = Prompt {
    name: "daily-digest",
    title: "Daily digest",
    description: "What happened in the last 24 hours, and what needs somebody today.",
    arguments: &[Argument {
        name: "inbox",
        description: "Inbox, by name or id. Default: all.",
        kind: Kind::Inbox,
        required: false,
    }],
    needs: &["search-conversations"],
    write,
};

fn write(given: &Given, script: &mut Script<'_>) {
    script.goal(format!(
        "Write a digest of the last 24 hours{} in Front.",
        given.said(" of the inbox", "inbox")
    ));
    script.call(
        "See what was active",
        "search-conversations",
        &script.within(given, json!({ "after": "24h", "limit": 50 })),
        "Take its `total`, where there is one, for how many there are.",
    );
    script.call(
        "See who waits for an answer",
        "search-conversations",
        &script.within(given, json!({ "is": ["open", "waiting"], "limit": 25 })),
        "",
    );
    script.call(
        "See what nobody has taken",
        "list-conversations",
        &script.within(given, json!({ "assignee": "unassigned", "limit": 25 })),
        "",
    );
    script.call(
        "Read the few that seem to matter most",
        "get-conversation",
        &json!({ "conversation_id": "<id>", "limit": 5 }),
        "Ten at the most.",
    );
    script.step("Answer in at most 300 words: the day in one sentence; numbers, each with the call it comes from; what needs somebody today, with conversation ids and names; what several customers write about; good news. Count nothing that you did not see.");
}
