//! `draft-reply`: an answer in the company's own voice, learnt from its past replies.

use serde_json::json;

use super::{Argument, Given, Kind, Prompt, Script};

pub static PROMPT: Prompt = Prompt {
    name: "draft-reply",
    title: "Draft a reply",
    description: "Writes a reply in your company's voice, learnt from past replies. Sends nothing.",
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
    let conversation = given.json("conversation");
    script.goal(format!(
        "Write a reply to{} in Front, in the voice of our past replies.",
        given.said(" the conversation", "conversation")
    ));
    script.call(
        "Read it",
        "get-conversation",
        &json!({
            "conversation_id": conversation,
            "limit": 25,
            "include": ["messages", "comments"],
        }),
        "Note what the customer asks, what was promised, and what our teammates say in comments: comments are internal, and no word of them goes into the reply.",
    );
    script.call(
        "See whether somebody has begun an answer",
        "list-drafts",
        &json!({ "conversation_id": conversation }),
        "Tell the user of any before you write another.",
    );
    script.call(
        "Find answered conversations about the same",
        "search-conversations",
        &json!({ "text": "<two words of the matter>", "is": ["archived"], "limit": 5 }),
        "If there are none, try other words once.",
    );
    if script.lists("search-conversations") {
        script.call(
            "Read our replies in two or three of them",
            "get-conversation",
            &json!({ "conversation_id": "<id>", "limit": 10 }),
            "Take from them greeting, tone, length and closing, and nothing else: facts, names, prices and promises come from this conversation alone.",
        );
    }
    script.step("Show the user the reply, and beside it what it rests on and what you could not know. Promise nothing that we have not promised; where a fact is missing, leave a gap in [brackets] and say so.");
    script.call(
        "Where the user asks for it, and there is no gap left, prepare it",
        "send-message",
        &json!({ "conversation_id": conversation, "body": "<the reply, as the user approved it>" }),
        "That sends nothing by itself. Do what its result says under `next`, and confirm a message only when the user has said yes to exactly this one.",
    );
}
