//! The files that other programs read, kept equal to what the binary says.

use std::path::Path;

use front_mcp::{call::find, tools::Toolset};
use serde_json::{Map, Value, json};

use super::{binary, tokens};

/// The most that one definition may cost a model's context.
const ONE: usize = 450;
/// The most that all of `core`, which is listed by default, may.
const ALL: usize = 7_500;
/// The most tools that `core` may have.
const MOST: usize = 32;

#[test]
fn the_tool_contract_is_written_down() {
    let mut tools = serde_json::to_string_pretty(&binary::tools()).unwrap();
    tools.push('\n');
    refresh("manifests/tools.json", &tools);
}

#[test]
fn definitions_keep_to_their_budget_and_the_counts_are_written_down() {
    let list = binary::tools();
    let mut sets = Map::new();
    for set in Toolset::ALL {
        let counts: Vec<_> = list["tools"]
            .as_array()
            .unwrap()
            .iter()
            .map(|tool| (tool["name"].as_str().unwrap(), tool))
            .filter(|(name, _)| find(name).unwrap().spec.toolset == set)
            .map(|(name, tool)| (name, tokens::count(&tokens::shown(tool))))
            .collect();
        let total: usize = counts.iter().map(|(_, tokens)| tokens).sum();
        for (name, tokens) in &counts {
            assert!(*tokens <= ONE, "{name} costs {tokens}, at most {ONE}");
        }
        if set == Toolset::Core {
            assert!(total <= ALL, "core costs {total}, at most {ALL}");
            assert!(counts.len() <= MOST, "core has {}", counts.len());
        }
        let tools: Map<String, Value> = counts
            .into_iter()
            .map(|(name, tokens)| (name.to_owned(), tokens.into()))
            .collect();
        if !tools.is_empty() {
            let count = tools.len();
            let set_counts = json!({ "count": count, "total": total, "tools": tools });
            sets.insert(set.name().to_owned(), set_counts);
        }
    }
    let manifest = json!({
        "encoding": "o200k_base",
        "of": "name, description and input schema as compact JSON",
        "toolsets": sets,
    });
    let mut text = serde_json::to_string_pretty(&manifest).unwrap();
    text.push('\n');
    println!("{text}");
    refresh("manifests/tokens.json", &text);
}

/// Rewrites a file that differs, and says so by failing.
pub(super) fn refresh(path: &str, now: &str) {
    refresh_all(&[(path, now.to_owned())]);
}

/// The same of several, all at once.
pub(super) fn refresh_all(files: &[(&str, String)]) {
    let mut differed = Vec::new();
    for (path, now) in files {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        let was = std::fs::read_to_string(&file).unwrap_or_default();
        if was.replace("\r\n", "\n") != *now {
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(&file, now).unwrap();
            differed.push(*path);
        }
    }
    assert!(
        differed.is_empty(),
        "{differed:?} differed and were rewritten: look at the diff and commit it"
    );
}
