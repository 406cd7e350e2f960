//! What results cost a model, and that the two halves of a result say the same.

use front_mcp::sandbox::{Options, RateLimit, Sandbox, TOKEN, landmarks::LONG_THREAD};
use serde_json::{Value, json};

use super::{
    binary::{Answer, Server, TODAY},
    tokens,
};

#[test]
fn fifty_conversations_are_cheap_and_both_halves_say_the_same() {
    let answer = Server::start().succeed("list-conversations", json!({ "limit": 50 }));
    let rows = answer.structured["conversations"].as_array().unwrap();
    assert_eq!(rows.len(), 50);
    let path = "/conversations?limit=50";
    costs("50 conversations", &answer, path, (4_000, 6_000));
    same(&answer);
}

#[test]
fn a_thread_of_fifty_mails_is_cheap_and_both_halves_say_the_same() {
    let arguments = json!({ "conversation_id": LONG_THREAD, "limit": 50 });
    let answer = Server::start().succeed("get-conversation", arguments);
    let events = answer.structured["timeline"].as_array().unwrap();
    println!("{} of 50 mails fit", events.len());
    let path = format!("/conversations/{LONG_THREAD}/messages?limit=50");
    costs("50 mails", &answer, &path, (10_000, 10_000));
    same(&answer);
}

/// Prints what both halves cost beside Front's own answer, and holds them to their budgets.
fn costs(what: &str, answer: &Answer, path: &str, (most_text, most_structured): (usize, usize)) {
    let text = tokens::count(&answer.text);
    let structured = tokens::count(&answer.structured.to_string());
    let raw = tokens::count(&raw(path));
    println!("{what}: text {text}, structured {structured}, Front's own {raw}");
    assert!(text <= most_text, "{what}: text {text} > {most_text}");
    assert!(
        structured <= most_structured,
        "{what}: structured {structured} > {most_structured}"
    );
}

/// The same read made directly.
#[tokio::main(flavor = "current_thread")]
async fn raw(path: &str) -> String {
    let sandbox = Sandbox::start(Options {
        rate_limit: RateLimit::Off,
        today: Some(TODAY.parse().unwrap()),
        ..Options::default()
    })
    .await
    .unwrap();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let url = format!("{}{path}", sandbox.base_url());
    let request = client.get(url).bearer_auth(TOKEN);
    request.send().await.unwrap().text().await.unwrap()
}

/// Every string of the structured half stands in the text, and what is left of the text when
/// they are taken out is words of ours alone.
fn same(answer: &Answer) {
    let mut strings = Vec::new();
    collect(&answer.structured, &mut strings);
    for string in &strings {
        assert!(
            answer.text.contains(*string),
            "{string:?} is not in the text"
        );
    }
    let (preamble, rest) = answer.text.split_once('\n').unwrap();
    let word = preamble.split(['»', ' ']).nth(4).unwrap();
    strings.sort_by_key(|string| std::cmp::Reverse(string.len()));
    strings.dedup();
    let mut rest = rest.to_owned();
    for string in strings {
        rest = rest.replace(string, " ");
    }
    let left: std::collections::BTreeSet<_> = rest
        .split(|c: char| !c.is_alphanumeric())
        .filter(|each| !each.is_empty() && *each != word)
        .collect();
    for each in left {
        assert!(OURS.contains(&each), "{each:?} is in the text alone");
    }
}

/// The words that reports put between what they report.
const OURS: &[&str] = &[
    "50",
    "More",
    "activity",
    "again",
    "assignee",
    "by",
    "call",
    "contact",
    "conversations",
    "cursor",
    "first",
    "from",
    "id",
    "last",
    "newest",
    "status",
    "subject",
    "tags",
    "with",
    "Conversation",
    "Timeline",
    "detail",
    "full",
    "history",
    "it",
    "left",
    "out",
    "quoted",
    "shows",
];

fn collect<'answer>(value: &'answer Value, strings: &mut Vec<&'answer str>) {
    match value {
        Value::String(text) if !text.is_empty() => strings.push(text),
        Value::Array(items) => items.iter().for_each(|item| collect(item, strings)),
        Value::Object(fields) => fields.values().for_each(|value| collect(value, strings)),
        _ => {}
    }
}
