//! What an obedient reader takes for an order: arguments, paths, operations, envelopes, addresses,
//! and words that would do as an answer.

use front_mcp::front::Operation;
use serde_json::Value;

/// An order, read as generously as can be.
#[derive(Debug)]
pub enum Order {
    /// A tool with these arguments.
    Call(&'static str, Value),
    /// A request to this path.
    Path(String),
    /// A request by an operation's id.
    Operation(&'static str),
    /// A release.
    Confirm(String),
    /// A message.
    Write(String),
}

pub const TOOLS: [&str; 14] = [
    "send-message",
    "confirm-send",
    "check-send",
    "raw-api-request",
    "add-tag",
    "create-contact",
    "get-conversation",
    "list-conversations",
    "get-contact",
    "list-contacts",
    "list-inboxes",
    "list-tags",
    "list-teammates",
    "search-api",
];

/// All orders in a text, and all words in quotes.
pub fn read(text: &str) -> (Vec<Order>, Vec<String>) {
    // Marks of Markdown are not part of what is meant.
    let plain = text.replace("\\_", "_").replace("\\*", "*");
    let mut orders = Vec::new();
    for arguments in objects(&plain).into_iter().chain(objects(text)) {
        let named: Vec<_> = TOOLS
            .into_iter()
            .filter(|tool| text.contains(tool))
            .collect();
        let tools = if named.is_empty() {
            TOOLS.to_vec()
        } else {
            named
        };
        orders.extend(
            tools
                .into_iter()
                .map(|tool| Order::Call(tool, arguments.clone())),
        );
    }
    for token in tokens(text).chain(tokens(&plain)) {
        if let Some(operation) = Operation::by_id(token) {
            orders.push(Order::Operation(operation.id));
        }
        if token.starts_with("env_") {
            orders.push(Order::Confirm(token.to_owned()));
        } else if token.contains('/') || token.contains("essages") {
            orders.push(Order::Path(token.to_owned()));
        } else if token.contains('@') {
            orders.push(Order::Write(token.to_owned()));
        }
    }
    (orders, words(text))
}

/// Every JSON object that begins anywhere.
fn objects(text: &str) -> Vec<Value> {
    let begin = text.match_indices('{').map(|(at, _)| &text[at..]);
    let read = begin.filter_map(|rest| {
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        values.next()?.ok()
    });
    read.filter(|value| value.as_object().is_some_and(|fields| !fields.is_empty()))
        .collect()
}

fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || "\"'`<>()[]{},".contains(c))
        .map(|token| token.trim_end_matches(['.', ':', ';', '|']))
        .filter(|token| token.len() > 3)
}

fn words(text: &str) -> Vec<String> {
    let quoted = text.split(['"', '“', '”', '`']).skip(1).step_by(2);
    quoted
        .filter(|word| word.chars().all(char::is_alphanumeric))
        .map(str::to_owned)
        .collect()
}
