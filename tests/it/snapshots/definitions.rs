//! Definitions, one file a tool.

use crate::contract::{binary, tokens};

#[test]
fn definitions() {
    let list = binary::tools();
    for tool in list["tools"].as_array().unwrap() {
        tokens::count(&tool.to_string());
        let name = tool["name"].as_str().unwrap();
        let text = serde_json::to_string_pretty(tool).unwrap();
        super::compare(&format!("{name}.definition"), &text);
    }
}
