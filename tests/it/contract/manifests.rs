//! The files that other programs read, kept equal to what the binary says.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::{binary, tokens};

/// The most that one definition may cost a model's context.
const ONE: usize = 450;
/// The most that all of `core`, which is listed by default, may.
const ALL: usize = 7_500;

#[test]
fn the_tool_contract_is_written_down() {
    let mut tools = serde_json::to_string_pretty(&binary::tools()).unwrap();
    tools.push('\n');
    refresh("manifests/tools.json", &tools);
}

#[test]
fn definitions_keep_to_their_budget_and_the_counts_are_written_down() {
    let list = binary::tools();
    let counts: Map<String, Value> = list["tools"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tool| {
            let name = tool["name"].as_str().unwrap().to_owned();
            (name, tokens::count(&tokens::shown(tool)).into())
        })
        .collect();
    let count = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    let total: usize = counts.values().map(count).sum();
    let manifest = json!({
        "encoding": "o200k_base",
        "of": "name, description and input schema as compact JSON",
        "total": total,
        "tools": counts,
    });
    let mut text = serde_json::to_string_pretty(&manifest).unwrap();
    text.push('\n');
    println!("{text}");
    for (name, tokens) in &counts {
        assert!(count(tokens) <= ONE, "{name} costs {tokens}, at most {ONE}");
    }
    assert!(total <= ALL, "all cost {total}, at most {ALL}");
    refresh("manifests/tokens.json", &text);
}

/// Rewrites a file that differs, and says so by failing.
fn refresh(path: &str, now: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let was = std::fs::read_to_string(&file).unwrap_or_default();
    if was.replace("\r\n", "\n") != now {
        std::fs::write(&file, now).unwrap();
        panic!("{path} differed and was rewritten: look at the diff and commit it");
    }
}
