//! What a result may cost: concise ones a share of Front's own answer, and none ever more than
//! 10,000 tokens, whatever strangers and large companies put into it.

use front_mcp::sandbox::landmarks::{ATTACHMENT_MESSAGE, LONG_THREAD, TABLE};
use serde_json::{Value, json};
use tiktoken_rs::o200k_base_singleton;

use crate::{
    doctor::declared,
    support::{
        disguise::disguised,
        front::Front,
        mcp::{ALL, Era, Mcp, server},
        verdict,
    },
};

fn tokens(text: &str) -> usize {
    o200k_base_singleton().encode_ordinary(text).len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concise_results_are_at_most_two_fifths_of_fronts_own() {
    let front = Front::start().await;
    let mut mcp = Mcp::serving(&front, Era::PerRequest, &ALL).await;
    let thread = format!("/conversations/{LONG_THREAD}/messages?limit=25");
    for (tool, arguments, path) in [
        (
            "list-conversations",
            json!({ "limit": 50 }),
            "/conversations?limit=50",
        ),
        ("list-conversations", json!({}), "/conversations?limit=25"),
        (
            "search-conversations",
            json!({ "text": "order", "limit": 25 }),
            "/conversations/search/order?limit=25",
        ),
        (
            "get-conversation",
            json!({ "conversation_id": LONG_THREAD, "include": ["messages"] }),
            thread.as_str(),
        ),
        (
            "list-contacts",
            json!({ "limit": 25 }),
            "/contacts?limit=25",
        ),
        ("list-inboxes", json!({}), "/inboxes"),
        ("list-tags", json!({}), "/tags?limit=100"),
        ("list-teammates", json!({}), "/teammates"),
    ] {
        let result = mcp.call(tool, arguments).await;
        let structured = verdict::good(tool, &result).to_string();
        let whole = front.ask(reqwest::Method::GET, path, None).await;
        let (ours, theirs) = (tokens(&verdict::text(&result)), tokens(&whole.to_string()));
        let structured = tokens(&structured);
        println!(
            "{tool}: text {ours} ({} %), structured {structured} ({} %), Front's own {theirs}",
            ours * 100 / theirs,
            structured * 100 / theirs
        );
        assert!(ours * 10 <= theirs * 4, "{tool}: text {ours} of {theirs}");
        assert!(
            structured * 10 <= theirs * 4,
            "{tool}: structured {structured} of {theirs}"
        );
    }
    mcp.close().await;
}

/// Calls for as much as can be had.
fn greedy() -> Vec<(&'static str, Value)> {
    let mut calls: Vec<_> = declared::calls()
        .into_iter()
        .filter(|(tool, _)| !matches!(*tool, "send-message" | "create-contact"))
        .collect();
    calls.extend([
        ("list-conversations", json!({ "limit": 100, "detail": "full" })),
        (
            "list-conversations",
            json!({ "limit": 100, "detail": "full", "include": ["preview"] }),
        ),
        (
            "search-conversations",
            json!({ "text": "order", "limit": 100, "detail": "full" }),
        ),
        (
            "get-conversation",
            json!({ "conversation_id": LONG_THREAD, "limit": 100, "detail": "full" }),
        ),
        (
            "get-message",
            json!({ "message_id": ATTACHMENT_MESSAGE, "include": ["headers", "quotes"], "source": true }),
        ),
        ("get-attachment", json!({ "attachment_id": TABLE })),
        ("list-contacts", json!({ "limit": 100 })),
        (
            "raw-api-request",
            json!({ "method": "GET", "path": "/conversations", "query": { "limit": 100 }, "all_pages": true }),
        ),
        (
            "raw-api-request",
            json!({ "method": "GET", "path": format!("/conversations/{LONG_THREAD}") }),
        ),
        ("raw-api-request", json!({ "method": "GET", "path": "/tags" })),
    ]);
    calls
}

/// They ask Front about each team, and this company has a thousand.
const PER_TEAM: [&str; 2] = ["get-availability", "list-time-off"];

/// Lists of a company with thousands of everything.
fn crowd(target: &str, value: &mut Value) {
    let path = target.split('?').next().unwrap_or_default();
    let is_roster = ["/tags", "/teammates", "/inboxes", "/channels", "/teams"].contains(&path);
    let Some(rows) = value["_results"].as_array_mut().filter(|_| is_roster) else {
        return;
    };
    let Some(first) = rows.first().cloned() else {
        return;
    };
    let id = first["id"].as_str().unwrap().to_owned();
    for number in 0..1_000 {
        let mut row = first.clone();
        row["id"] = json!(format!("{id}{number}"));
        rows.push(row);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_result_exceeds_ten_thousand_tokens() {
    // Each a way to be long: words, letters of many scripts, signs, what has to be escaped. Not
    // among them: common letters of another script in an order that no word has.
    let pieces = [
        "word after word ",
        "日本語の長い件名です",
        "Ѡѯ ҉ Ҁҁ ",
        "👩🏽‍🚀🧑‍🤝‍🧑",
        "\"\\\" <b>![x](y) ",
        "qzxjvkw#$%^&*()",
        "ﷺ𝔘𓀀꙳ ",
    ];
    let front = Front::start().await;
    let mut refused = Vec::new();
    for piece in pieces {
        let pen = move |text: &str| format!("{text} {}", piece.repeat(60));
        let stranger = disguised(&front, pen, crowd).await;
        let mut mcp = Mcp::start(server(&stranger.base(), &ALL), Era::PerRequest).await;
        for (tool, arguments) in greedy() {
            if PER_TEAM.contains(&tool) {
                continue;
            }
            let result = mcp.call(tool, arguments.clone()).await;
            if !verdict::well_formed(tool, &result) {
                refused.push(tool);
            }
            let text = verdict::text(&result);
            let structured = result["structuredContent"].to_string();
            let (text_cost, cost) = (tokens(&text), tokens(&structured));
            println!("{tool} {arguments}: {text_cost}, {cost}");
            assert!(
                text_cost <= 10_000,
                "{piece}: {tool} {arguments}: text {text_cost}"
            );
            assert!(
                cost <= 10_000,
                "{piece}: {tool} {arguments}: structured {cost}"
            );
            let is_said = ["cursor", "eft out", "cut", "`…`", "…"];
            assert!(
                text_cost < 7_000 || is_said.iter().any(|word| text.contains(word)),
                "{tool} {arguments} leaves something out without a word: {text:.300}"
            );
        }
        mcp.close().await;
    }
    // Names as the sandbox writes them are nobody's here; lists are there all the same.
    refused.retain(|tool| {
        [
            "list-tags",
            "list-teammates",
            "list-contacts",
            "get-message",
        ]
        .contains(tool)
    });
    assert!(refused.is_empty(), "{refused:?}");
}

/// A list that was cut goes on where it was cut: every row is given once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_cut_is_had_with_the_cursor() {
    let front = Front::start().await;
    let pen = |text: &str| format!("{text} {}", "long words ".repeat(40));
    let stranger = disguised(&front, pen, |_, _| {}).await;
    let mut mcp = Mcp::start(server(&stranger.base(), &ALL), Era::PerRequest).await;
    for (tool, rows, arguments) in [
        (
            "list-conversations",
            "conversations",
            json!({ "limit": 100, "detail": "full" }),
        ),
        ("list-contacts", "contacts", json!({ "limit": 100 })),
    ] {
        let mut seen = Vec::new();
        let mut arguments = arguments;
        let mut was_cut = false;
        for _ in 0..100 {
            let result = mcp.call(tool, arguments.clone()).await;
            let structured = verdict::good(tool, &result);
            let given = structured[rows].as_array().unwrap();
            was_cut |= given.len() < 100;
            seen.extend(given.iter().map(|row| row["id"].clone()));
            match structured.get("next_cursor") {
                Some(cursor) => arguments["cursor"] = cursor.clone(),
                None => break,
            }
        }
        let mut plain = Mcp::serving(&front, Era::PerRequest, &ALL).await;
        let mut all = Vec::new();
        let mut arguments = json!({ "limit": 25 });
        loop {
            let result = plain.call(tool, arguments.clone()).await;
            let structured = verdict::good(tool, &result);
            all.extend(
                structured[rows]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|row| row["id"].clone()),
            );
            match structured.get("next_cursor") {
                Some(cursor) => arguments["cursor"] = cursor.clone(),
                None => break,
            }
        }
        plain.close().await;
        assert!(was_cut, "{tool}");
        assert_eq!(seen, all, "{tool}");
    }
    mcp.close().await;
}
