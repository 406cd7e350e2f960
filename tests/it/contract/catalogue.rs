//! What must hold for every tool, whatever it does.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::binary;

/// The tools that the documentation promises.
const PROMISED: [&str; 68] = [
    "add-call-recording",
    "add-call-summary",
    "add-call-transcript",
    "add-comment",
    "add-contact-note",
    "add-tag",
    "bulk-update",
    "check-send",
    "confirm-send",
    "create-call",
    "create-contact",
    "create-draft",
    "create-template",
    "delete-draft",
    "draft-article",
    "export-data",
    "get-account",
    "get-article",
    "get-attachment",
    "get-availability",
    "get-contact",
    "get-conversation",
    "get-event",
    "get-message",
    "get-template",
    "list-accounts",
    "list-channels",
    "list-contact-lists",
    "list-contact-notes",
    "list-contacts",
    "list-conversations",
    "list-drafts",
    "list-events",
    "list-inboxes",
    "list-knowledge-bases",
    "list-shifts",
    "list-tags",
    "list-teammates",
    "list-teams",
    "list-time-off",
    "mark-message-failed",
    "merge-contacts",
    "raw-api-request",
    "remove-tag",
    "render-template",
    "run-report",
    "search-api",
    "search-articles",
    "search-conversations",
    "search-templates",
    "send-message",
    "set-availability",
    "set-channel-status",
    "set-time-off",
    "snooze-conversation",
    "sync-inbound-message",
    "sync-message-template",
    "sync-outbound-message",
    "update-account",
    "update-article-draft",
    "update-call",
    "update-contact",
    "update-contact-handles",
    "update-contact-list",
    "update-conversation",
    "update-draft",
    "update-template",
    "whoami",
];

fn tools() -> Vec<Value> {
    binary::tools()["tools"].as_array().unwrap().clone()
}

fn name(tool: &Value) -> &str {
    tool["name"].as_str().unwrap()
}

#[test]
fn every_promised_tool_is_there_once() {
    let tools = tools();
    let names: BTreeSet<_> = tools.iter().map(name).collect();
    assert_eq!(names.len(), tools.len(), "a name stands twice");
    assert!(names.is_superset(&PROMISED.into()), "{names:?}");
    for name in names {
        let is_kebab = name.split('-').all(|word| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        });
        assert!(is_kebab && name.len() <= 64, "{name}");
    }
}

#[test]
fn every_tool_is_described_in_a_few_sentences() {
    for tool in tools() {
        let name = name(&tool);
        assert!(!tool["title"].as_str().unwrap().is_empty(), "{name}");
        let description = tool["description"].as_str().unwrap();
        assert!(description.ends_with('.'), "{name}: {description}");
        let sentences = description.split_inclusive(". ").count();
        assert!(sentences <= 3, "{name}: {sentences} sentences");
        assert!(description.len() <= 240, "{name}: {}", description.len());
    }
}

#[test]
fn the_four_hints_are_there_and_agree() {
    for tool in tools() {
        let name = name(&tool);
        let hint = |hint: &str| {
            tool["annotations"][hint]
                .as_bool()
                .unwrap_or_else(|| panic!("{name} lacks {hint}"))
        };
        let reads = hint("readOnlyHint");
        assert!(hint("openWorldHint"), "{name}: Front is outside");
        assert!(!(reads && hint("destructiveHint")), "{name}");
        assert!(!reads || hint("idempotentHint"), "{name}");
        let says_it_reads = ["list-", "get-", "check-", "search-"]
            .iter()
            .any(|prefix| name.starts_with(prefix))
            || name == "whoami";
        assert_eq!(reads, says_it_reads, "{name}");
        assert_eq!(tool["annotations"]["title"], tool["title"], "{name}");
    }
}

#[test]
fn inputs_hold_only_what_every_host_and_model_provider_takes() {
    for tool in tools() {
        let schema = &tool["inputSchema"];
        assert_eq!(schema["type"], "object", "{}", name(&tool));
        assert_eq!(schema["additionalProperties"], false, "{}", name(&tool));
        check_input(schema, name(&tool));
    }
}

fn check_input(schema: &Value, place: &str) {
    let fields = schema.as_object().unwrap_or_else(|| panic!("{place}"));
    banned(fields, place, &["$ref", "$defs", "definitions", "$schema"]);
    banned(fields, place, &["anyOf", "oneOf", "allOf", "not", "if"]);
    banned(fields, place, &["title", "format"]);
    // One type, by name: a list of types is how `null` comes in.
    assert!(schema["type"].is_string(), "{place}: {schema}");
    assert_ne!(schema["type"], "null", "{place}");
    for list in ["enum", "examples"] {
        let values = fields.get(list).and_then(Value::as_array);
        assert!(
            values.into_iter().flatten().all(|value| !value.is_null()),
            "{place}"
        );
    }
    assert!(
        !fields.get("default").is_some_and(Value::is_null),
        "{place}"
    );
    for (name, property) in properties(schema) {
        let place = format!("{place}.{name}");
        let description = property["description"].as_str().unwrap_or_default();
        assert!(!description.trim().is_empty(), "{place} is not described");
        check_input(property, &place);
    }
    if let Some(items) = fields.get("items") {
        check_input(items, &format!("{place}[]"));
    }
    if let Some(inner @ Value::Object(_)) = fields.get("additionalProperties") {
        check_input(inner, &format!("{place}.*"));
    }
}

#[test]
fn outputs_are_objects_without_references() {
    for tool in tools() {
        let schema = &tool["outputSchema"];
        assert_eq!(schema["type"], "object", "{}", name(&tool));
        check_output(schema, name(&tool));
    }
}

fn check_output(schema: &Value, place: &str) {
    match schema {
        Value::Object(fields) => {
            banned(fields, place, &["$ref", "$defs", "x-untrusted", "title"]);
            for (name, value) in fields {
                match name.as_str() {
                    "properties" => {
                        for (name, property) in properties(schema) {
                            check_output(property, &format!("{place}.{name}"));
                        }
                    }
                    _ => check_output(value, place),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| check_output(item, place)),
        _ => {}
    }
}

fn properties(schema: &Value) -> impl Iterator<Item = (&String, &Value)> {
    schema["properties"].as_object().into_iter().flatten()
}

fn banned(fields: &Map<String, Value>, place: &str, words: &[&str]) {
    for word in words {
        assert!(!fields.contains_key(*word), "{place} has {word}");
    }
}
