//! Exact token counts, and the estimate that must never be below them.

use std::sync::LazyLock;

use front_mcp::shape::tokens::estimate;
use serde_json::{Value, json};
use tiktoken_rs::{CoreBPE, o200k_base};

static O200K: LazyLock<CoreBPE> = LazyLock::new(|| o200k_base().unwrap());

/// The tokens of a text; fails where the estimate used at run time is below them.
pub fn count(text: &str) -> usize {
    let exact = O200K.encode_ordinary(text).len();
    let estimated = estimate(text);
    let beginning: String = text.chars().take(200).collect();
    // The word of the marks is drawn: one in some hundreds costs a little more than it is charged,
    // at each mark.
    let drawn = text.matches('»').count();
    assert!(
        estimated + drawn >= exact,
        "estimated {estimated}, is {exact}: {beginning}"
    );
    exact
}

/// What a host puts into a model's context of a tool.
pub fn shown(tool: &Value) -> String {
    json!({
        "name": tool["name"],
        "description": tool["description"],
        "input_schema": tool["inputSchema"],
    })
    .to_string()
}
