//! `triage-inbox`: what nobody has taken, sorted by urgency, with suggestions.

use serde_json::json;

use super::{Argument, Given, Kind, Prompt, Script};

pub static PROMPT: Prompt = Prompt {
    name: "triage-inbox",
    title: "Triage an inbox",
    description: "Sorts unassigned conversations by urgency and suggests tags and teammates.",
    arguments: &[Argument {
        name: "inbox",
        description: "Inbox, by name or id. Default: all.",
        kind: Kind::Inbox,
        required: false,
    }],
    needs: &["list-conversations"],
    write,
};

fn write(given: &Given, script: &mut Script<'_>) {
    script.goal(format!(
        "Triage the unassigned conversations{} in Front.",
        given.said(" of the inbox", "inbox")
    ));
    let unassigned = json!({ "assignee": "unassigned", "limit": 25, "include": ["preview"] });
    script.call(
        "See what nobody has taken",
        "list-conversations",
        &script.within(given, unassigned),
        "Work with these, and say so if there are more.",
    );
    script.call(
        "Read those whose preview does not say what is wanted",
        "get-conversation",
        &json!({ "conversation_id": "<id>", "limit": 5 }),
        "",
    );
    script.call(
        "See which tags exist",
        "list-tags",
        &json!({}),
        "Suggest no other.",
    );
    script.call(
        "See who is there",
        "list-teammates",
        &json!({}),
        "Suggest only people who are available.",
    );
    script.step("Answer with a table, most urgent first: conversation id, who writes, what they want in a few words, why it is urgent or can wait, what you suggest (tag, teammate, next step). Say where you are not sure.");
    script.call(
        "Where the user then agrees to a tag, add it",
        "add-tag",
        &json!({ "conversation_id": "<id>", "tags": ["<tag>"] }),
        "",
    );
}
