//! Whether a tool's result is one that a client can use: good and as its schema says, or an
//! error that says what was wrong, whether retrying is safe and what to do next.

use std::{collections::HashMap, sync::LazyLock};

use front_mcp::{server::definition, tools::catalog::CATALOG};
use jsonschema::Validator;
use serde_json::Value;

static OUTPUTS: LazyLock<HashMap<String, Validator>> = LazyLock::new(|| {
    CATALOG
        .iter()
        .map(|entry| definition(entry))
        .map(|tool| {
            let schema = Value::Object((*tool.output_schema.unwrap()).clone());
            let validator = jsonschema::validator_for(&schema).unwrap();
            (tool.name.into_owned(), validator)
        })
        .collect()
});

/// The structured content of a good result.
pub fn good<'result>(tool: &str, result: &'result Value) -> &'result Value {
    assert_ne!(result["isError"], true, "{tool}: {result}");
    let structured = &result["structuredContent"];
    assert!(structured.is_object(), "{tool}: {result}");
    let complaints: Vec<_> = OUTPUTS[tool]
        .iter_errors(structured)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(complaints.is_empty(), "{tool}: {complaints:?}");
    assert!(!text(result).is_empty(), "{tool}: {result}");
    structured
}

/// The `_meta` of an error result.
pub fn bad<'result>(tool: &str, result: &'result Value) -> &'result Value {
    assert_eq!(result["isError"], true, "{tool}: {result}");
    assert!(
        result.get("structuredContent").is_none(),
        "{tool}: {result}"
    );
    let (meta, text) = (&result["_meta"], text(result));
    let is_said = |name: &str| meta[name].as_str().is_some_and(|said| !said.is_empty());
    assert!(is_said("code") && is_said("next"), "{tool}: {result}");
    match meta.get("field") {
        Some(Value::Null) => {}
        Some(Value::String(field)) => assert!(text.contains(field.as_str()), "{tool}: {result}"),
        _ => panic!("{tool}: no field in _meta: {result}"),
    }
    let said = match meta["retry_safe"].as_bool() {
        Some(true) if text.contains("Retrying unchanged") => "will fail again",
        Some(true) => "Retrying is safe",
        Some(false) => "Do not retry blindly",
        None => panic!("{tool}: no retry_safe: {result}"),
    };
    assert!(
        text.contains(said) && text.contains("Next: "),
        "{tool}: {text}"
    );
    meta
}

/// Either of the two; whether it was good.
pub fn well_formed(tool: &str, result: &Value) -> bool {
    if result["isError"] == true {
        bad(tool, result);
        return false;
    }
    good(tool, result);
    true
}

/// An error about one argument, whose text names it; gives the text.
pub fn refuses(tool: &str, field: &str, result: &Value) -> String {
    let meta = bad(tool, result);
    assert_eq!(meta["field"], field, "{tool}: {result}");
    text(result)
}

/// The readable text of a result.
pub fn text(result: &Value) -> String {
    assert_eq!(result["content"][0]["type"], "text", "{result}");
    result["content"][0]["text"].as_str().unwrap().to_owned()
}
