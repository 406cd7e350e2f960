//! The operation table against Front's own files, where they are at hand, and what becomes of
//! an operation that nobody has classified.

use std::path::PathBuf;

use front_mcp::{
    front::{Effect, Operation, facts},
    openapi::{self, Facts, table},
};
use serde_json::{Value, json};

/// Front's files beside the project, if they are there.
fn published() -> Option<Vec<Value>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/front-api");
    let read = |name: &str| {
        let text = std::fs::read_to_string(folder.join(name)).ok()?;
        Some(serde_json::from_str(&text).unwrap())
    };
    Some(vec![read("core-api.json")?, read("channel-api.json")?])
}

#[test]
fn the_table_agrees_with_fronts_files_in_every_fact() {
    let Some(files) = published() else {
        println!("skipped: ../shared/front-api is not here");
        return;
    };
    let read = openapi::read(&files).unwrap();
    assert_eq!(read.len(), 254);
    for fresh in &read {
        let operation = Operation::by_id(&fresh.operation)
            .unwrap_or_else(|| panic!("{} is not in the table", fresh.operation));
        assert_eq!(
            facts::of(operation).unwrap(),
            fresh,
            "run `front-mcp catalog import` and look at what changed"
        );
    }
    let known = include_str!("../../manifests/operations.tsv");
    assert_eq!(table::write(&read, known), known);
}

#[test]
fn the_effects_are_those_of_the_compiled_list() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/front-api/operations.tsv");
    let Ok(list) = std::fs::read_to_string(path) else {
        println!("skipped: ../shared/front-api is not here");
        return;
    };
    for line in list.lines().skip(1) {
        let columns: Vec<_> = line.split('\t').collect();
        let operation = Operation::by_id(columns[2]).unwrap();
        let effect = match operation.effect {
            Effect::Read => "read",
            Effect::Write => "write",
            Effect::Delete => "delete",
            Effect::Send => "send",
        };
        assert_eq!(effect, columns[4], "{}", operation.id);
    }
}

#[test]
fn a_new_operation_is_open_until_somebody_classifies_it() {
    let new = json!({
        "info": { "title": "Core API" },
        "paths": { "/robots/{robot_id}/messages": { "post": {
            "operationId": "robot-send",
            "x-required-scopes": ["messages:send"],
            "parameters": [{ "name": "robot_id", "in": "path", "schema": { "type": "string" } }],
            "requestBody": { "content": { "application/json": { "schema": {
                "required": ["body"],
                "allOf": [{ "properties": { "body": { "type": "string", "description": "x" } } }]
            } } } },
            "responses": { "202": {} }
        } } }
    });
    let facts = openapi::read(&[new]).unwrap();
    assert_eq!(
        facts[0].body,
        Some(json!({
            "type": "object",
            "properties": { "body": { "type": "string" } },
            "required": ["body"]
        }))
    );
    let written = table::write(&facts, include_str!("../../manifests/operations.tsv"));
    assert!(written.contains("robot-send\tmessages:send\tunclassified\t-"));
    let committed = include_str!("../../manifests/operations.tsv");
    assert!(
        !committed.contains(table::UNCLASSIFIED),
        "an operation waits to be classified"
    );
}

#[test]
fn files_that_are_no_openapi_are_refused() {
    for (file, says) in [
        (json!({}), "`paths` is missing"),
        (json!({ "paths": {} }), "`info.title` is missing"),
        (
            json!({ "info": { "title": "Core" }, "paths": { "/x": { "get": {} } } }),
            "has no operationId",
        ),
        (
            json!({ "info": { "title": "Core" }, "paths": { "/x": { "get": {
                "operationId": "x", "parameters": [{ "$ref": "#/nowhere" }] } } } }),
            "leads nowhere",
        ),
        (
            json!({ "info": { "title": "Core" },
                "components": { "schemas": { "A": { "$ref": "#/components/schemas/A" } } },
                "paths": { "/x": { "post": { "operationId": "x", "requestBody": { "content": {
                    "application/json": { "schema": { "$ref": "#/components/schemas/A" } } } } } } } }),
            "in a circle",
        ),
        (
            json!({ "info": { "title": "Core" }, "paths": { "/x": { "get": {
                "operationId": "x", "x-required-scopes": ["a:b", "c:d"] } } } }),
            "several scopes",
        ),
    ] {
        let error = openapi::read(&[file]).unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
    }
}

/// The type is public for the importer's tests; the facts of one operation read back as written.
#[test]
fn facts_survive_their_file() {
    let operation = Operation::by_id("create-message-reply").unwrap();
    let facts = facts::of(operation).unwrap();
    let text = serde_json::to_string(facts).unwrap();
    assert_eq!(&serde_json::from_str::<Facts>(&text).unwrap(), facts);
}
