//! `search-api` finds what people mean, in few tokens, whatever is typed.

#![expect(
    clippy::unwrap_used,
    reason = "the helpers of tests may fail as tests do"
)]

use std::collections::HashSet;

use front_mcp::{
    app::App,
    call::find,
    config::{Config, Layers},
    front::{Effect, Operation, base::ApiBase},
    host::Host,
    tools::{
        api_index::{Filter, search, told},
        context::Caller,
    },
};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

/// Written before the ranking; the ranking was tuned against it.
const PARAPHRASES: &str = include_str!("../search/paraphrases.tsv");

/// Written by someone who saw only methods and paths; never tuned against, so no test prints
/// a line of it.
const HELD_OUT: &str = include_str!("../search/held-out.tsv");

fn queries(rows: &str) -> impl Iterator<Item = (&str, &str)> {
    rows.lines()
        .skip(1)
        .filter_map(|line| line.split_once('\t'))
}

/// A set of right answers: operation ids, or methods with paths.
fn is_right(answers: &str, operation: &Operation) -> bool {
    let route = format!("{} {}", operation.method, operation.template);
    answers.split(" | ").any(|answer| answer.trim() == route)
        || answers.split(' ').any(|answer| answer == operation.id)
}

/// How many there are, how many are right first, and right among the first three.
fn measure(rows: &str) -> (usize, usize, usize) {
    let (mut all, mut first, mut three) = (0, 0, 0);
    for (query, answers) in queries(rows) {
        let found = search(query, &Filter::default(), 3);
        let at = found
            .iter()
            .position(|operation| is_right(answers, operation));
        all += 1;
        first += usize::from(at == Some(0));
        three += usize::from(at.is_some());
    }
    (all, first, three)
}

#[test]
fn people_find_what_they_mean() {
    let (all, first, three) = measure(PARAPHRASES);
    println!("paraphrases: {first} of {all} right first, {three} in the first three");
    assert!(first * 100 >= all * 85, "right first: {first} of {all}");
    assert!(
        three * 100 >= all * 97,
        "in the first three: {three} of {all}"
    );
}

/// Measured once, after tuning: 43 and 45 of 50. The floor only catches a loss.
#[test]
fn strangers_find_what_they_mean() {
    let (all, first, three) = measure(HELD_OUT);
    println!("held out: {first} of {all} right first, {three} in the first three");
    assert!(first * 100 >= all * 82, "right first: {first} of {all}");
    assert!(
        three * 100 >= all * 86,
        "in the first three: {three} of {all}"
    );
}

/// Four words in a row.
fn runs(text: &str) -> HashSet<Vec<String>> {
    let words: Vec<_> = text
        .to_lowercase()
        .replace(['\'', '’'], "")
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    words.windows(4).map(<[String]>::to_vec).collect()
}

#[test]
fn the_table_does_not_know_the_questions() {
    let tables = [
        include_str!("../../manifests/descriptions.tsv"),
        include_str!("../../manifests/synonyms.tsv"),
        include_str!("../../manifests/operations.tsv"),
    ];
    let known: HashSet<_> = tables
        .into_iter()
        .flat_map(|table| table.split(['\t', '\n']))
        .flat_map(runs)
        .collect();
    for (name, rows) in [("paraphrases", PARAPHRASES), ("held out", HELD_OUT)] {
        let shared = queries(rows)
            .filter(|(query, _)| !runs(query).is_disjoint(&known))
            .count();
        assert_eq!(shared, 0, "{name}: so many queries stand in a table");
    }
}

#[test]
fn a_search_can_be_narrowed() {
    let of_effect = |effect| Filter {
        effect: Some(effect),
        resource: None,
    };
    for effect in [Effect::Read, Effect::Write, Effect::Delete, Effect::Send] {
        let found = search("a tag or message of a contact", &of_effect(effect), 50);
        assert!(!found.is_empty(), "{effect:?}");
        assert!(found.iter().all(|operation| operation.effect == effect));
    }
    for name in ["tags", "tag", "Tags"] {
        let filter = Filter {
            effect: None,
            resource: Some(name.to_owned()),
        };
        let found = search("list tags of a team", &filter, 50);
        assert!(!found.is_empty(), "{name}");
        assert!(found.iter().all(|operation| {
            operation.template.starts_with("/tags")
                || operation
                    .scope
                    .is_some_and(|scope| scope.starts_with("tags:"))
        }));
    }
}

#[test]
fn nothing_that_is_typed_breaks_it() {
    let long = "snooze ".repeat(2_000);
    let one_word = "a".repeat(10_240);
    let queries = [
        "",
        " ",
        "\0",
        "'",
        "'s",
        "@",
        "@@@",
        "a@b@c",
        "🦀🦀 ärger 日本語",
        "’’’",
        "(.*)+[",
        "\\",
        "ÀÉÎ's İSTANBUL'S",
        "~ ^ ~^",
        "list\tof",
        &long,
        &one_word,
    ];
    for query in queries {
        let found = search(query, &Filter::default(), 5);
        assert!(found.len() <= 5);
    }
    assert!(search("", &Filter::default(), 5).is_empty());
    assert!(search("zzyzx qwrtp", &Filter::default(), 5).is_empty());
}

async fn call(arguments: Value) -> (String, Value) {
    // Nothing listens there: the tool must not need Front.
    let matches = clap::Command::new("test").get_matches_from(["test"]);
    let layers = Layers::new(&matches, &[], std::iter::empty());
    let base = ApiBase::parse("http://127.0.0.1:9").unwrap();
    let app = App::new(&Config::sandbox(&layers, base).unwrap()).unwrap();
    let caller = Caller {
        id: "local/default".to_owned(),
        client: "test".to_owned(),
    };
    let arguments = arguments.as_object().unwrap().clone();
    let outcome = app
        .call(
            "search-api",
            arguments,
            caller,
            &Host::silent(),
            &CancellationToken::new(),
        )
        .await
        .unwrap();
    assert!(!outcome.is_error, "{}", outcome.text);
    let structured = outcome.value().unwrap();
    (outcome.text, structured)
}

#[tokio::test]
async fn an_answer_says_how_to_go_on() {
    let (text, structured) = call(json!({"query": "snooze this until Monday"})).await;
    let first = structured.pointer("/matches/0").unwrap();
    assert_eq!(
        first.get("operation").unwrap(),
        "update-conversation-reminders"
    );
    assert!(text.contains("raw-api-request"), "{text}");
    assert!(text.contains("params {conversation_id*: string"), "{text}");

    let (text, _) = call(json!({"query": "answer the customer", "effect": "send"})).await;
    assert!(text.contains("use `send-message`"), "{text}");

    let (text, _) = call(json!({"query": "delete a tag for good"})).await;
    assert!(text.contains("policy must name it"), "{text}");

    let (text, _) =
        call(json!({"query": "list contact groups", "resource": "contact_groups"})).await;
    assert!(
        text.contains("Deprecated; use list-contact-lists"),
        "{text}"
    );

    let (text, structured) = call(json!({"query": "zzyzx", "resource": "tags"})).await;
    assert_eq!(structured.get("matches").unwrap(), &json!([]));
    assert!(text.contains("nothing fits"), "{text}");
}

#[tokio::test]
async fn answers_are_short() {
    let tokens = tiktoken_rs::o200k_base().unwrap();
    let count = |text: &str| tokens.encode_ordinary(text).len();
    let (mut texts, mut structures) = (Vec::new(), Vec::new());
    for (query, _) in queries(PARAPHRASES) {
        let (text, structured) = call(json!({ "query": query })).await;
        texts.push(count(&text));
        structures.push(count(&structured.to_string()));
    }
    for (name, counts) in [("text", &mut texts), ("structured", &mut structures)] {
        counts.sort_unstable();
        let at = |share: usize| *counts.get(counts.len() * share / 100).unwrap();
        let (median, most) = (at(50), at(95));
        println!("tokens of the {name} half: median {median}, p95 {most}");
        assert!(median < 600, "{name}: {median}");
        assert!(most < 900, "{name}: {most}");
    }
    let entry = find("search-api").unwrap();
    let definition = json!({
        "name": entry.spec.name,
        "description": entry.spec.description,
        "inputSchema": entry.schemas().input,
    });
    let cost = count(&definition.to_string());
    println!("tokens of the definition: {cost}");
    assert!(cost <= 180, "{cost}: {definition}");
}

#[test]
fn every_operation_can_be_told() {
    for operation in Operation::all() {
        let found = told(&[operation]);
        let found = found.first().expect("one is told");
        let length = |shape: &Option<String>| shape.as_ref().map_or(0, String::len);
        assert!(length(&found.params) < 620, "{}", operation.id);
        assert!(length(&found.body) < 620, "{}", operation.id);
    }
}
