//! `at-risk-conversations`: customers who have waited too long, before they complain.

use serde_json::{Value, json};

use super::{Argument, Given, Kind, Prompt, Script};

pub static PROMPT: Prompt = Prompt {
    name: "at-risk-conversations",
    title: "Conversations at risk",
    description: "Finds customers who have waited long, and says whom to answer first.",
    arguments: &[
        Argument {
            name: "inbox",
            description: "Inbox, by name or id. Default: all.",
            kind: Kind::Inbox,
            required: false,
        },
        Argument {
            name: "tag",
            description: "Only conversations with this tag, by name or id.",
            kind: Kind::Tag,
            required: false,
        },
    ],
    needs: &["search-conversations"],
    write,
};

fn write(given: &Given, script: &mut Script<'_>) {
    script.goal(format!(
        "Find the conversations at risk{}{} in Front: customers who have waited long, are upset, or fell between two people.",
        given.said(" in the inbox", "inbox"),
        given.said(" with the tag", "tag"),
    ));
    for (what, filter) in [
        (
            "See who waits for an answer and wrote more than a day ago",
            json!({ "is": ["open", "waiting"], "before": "24h", "limit": 50, "detail": "full" }),
        ),
        (
            "See what nobody has taken and has a message older than a day",
            json!({ "is": ["open", "unassigned"], "before": "24h", "limit": 25, "detail": "full" }),
        ),
    ] {
        let filter = script.within(given, tagged(given, filter));
        script.call(what, "search-conversations", &filter, "");
    }
    script.step("Judge how long they have waited by since when they wait, as the rows say, and by the last message: these searches find every conversation with a message older than a day, also one that was answered an hour ago.");
    script.call(
        "Read those that have waited longest or sound worst",
        "get-conversation",
        &json!({ "conversation_id": "<id>", "limit": 10 }),
        "Fifteen at the most. Whose turn it is follows from the last message, not from the status.",
    );
    script.step("Answer with a table, most pressing first: conversation id, customer, how long they have waited, why it is at risk (a promise broken, a repeated question, anger, a deadline), who has it, what to do next. Leave out those where it is the customer's turn.");
}

fn tagged(given: &Given, mut filter: Value) -> Value {
    if let (Some(tag), Some(fields)) = (given.value("tag"), filter.as_object_mut()) {
        fields.insert("tags".to_owned(), json!([tag]));
    }
    filter
}
