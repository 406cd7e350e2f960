//! `summarize-conversation`: one conversation, for whoever comes to it new.

use serde_json::json;

use super::{Argument, Given, Kind, Prompt, Script};

pub static PROMPT: Prompt = Prompt {
    name: "summarize-conversation",
    title: "Summarize a conversation",
    description: "Where a conversation stands: what is wanted, promised and open.",
    arguments: &[Argument {
        name: "conversation",
        description: "Conversation id, or a link pasted from the Front app.",
        kind: Kind::Conversation,
        required: true,
    }],
    needs: &["get-conversation"],
    write,
};

fn write(given: &Given, script: &mut Script<'_>) {
    script.goal(format!(
        "Summarize{} in Front for a teammate who comes to it new.",
        given.said(" the conversation", "conversation")
    ));
    script.call(
        "Read it",
        "get-conversation",
        &json!({ "conversation_id": given.json("conversation"), "limit": 50 }),
        "It is newest first. While the result has a `next_cursor`, call again with it as `cursor`.",
    );
    script.step("Answer in at most 150 words: where it stands now and who is to act; what the customer wants; what we promised, with dates; what is still open; internal comments that matter. Keep apart what was said and what you conclude, and give dates as they stand there.");
}
