//! Answers against Front's own schemas, where its OpenAPI file is at hand.

use std::{fs, path::Path};

use front_mcp::sandbox::landmarks;
use reqwest::Method;
use serde_json::{Value, json};

use super::Front;

/// Front's file, which is not part of this repository.
fn specification() -> Option<Value> {
    let near = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/front-api/core-api.json");
    let path = std::env::var_os("FRONT_CORE_API").map_or(near, Into::into);
    let text = fs::read_to_string(path).ok()?;
    Some(json_schema(serde_json::from_str(&text).unwrap()))
}

/// OpenAPI 3.0 as JSON Schema. Null is allowed wherever a schema names a type: Front says null more often than its file.
fn json_schema(value: Value) -> Value {
    match value {
        Value::Object(object) => {
            let mut object: serde_json::Map<String, Value> = object
                .into_iter()
                .map(|(key, value)| (key, json_schema(value)))
                .collect();
            if let Some(kind) = object.get("type").filter(|kind| kind.is_string()).cloned() {
                object.insert("type".to_owned(), json!([kind, "null"]));
            }
            if let Some(Value::Array(words)) = object.get_mut("enum") {
                words.push(Value::Null);
            }
            // An example is anything at all, and two of Front's do not fit their own schema.
            object.remove("example");
            // Its alternatives do not exclude each other: few of them require anything.
            if let Some(alternatives) = object.remove("oneOf") {
                object.insert("anyOf".to_owned(), alternatives);
            }
            object.into()
        }
        Value::Array(items) => items.into_iter().map(json_schema).collect(),
        other => other,
    }
}

#[tokio::test]
async fn answers_fit_the_schemas_of_the_specification() {
    let Some(specification) = specification() else {
        println!("skipped: no core-api.json beside this repository or in FRONT_CORE_API");
        return;
    };
    let front = Front::start().await;
    let urgent = format!("/conversations/{}", landmarks::URGENT_CONVERSATION);
    let drafted = format!("/conversations/{}", landmarks::DRAFTED_CONVERSATION);
    change(&front, &urgent).await;
    let lists = [
        ("/events".to_owned(), "EventResponse"),
        (format!("{urgent}/events?limit=100"), "EventResponse"),
        ("/shifts".to_owned(), "ShiftResponse"),
        ("/teams/tim_79f/time_offs".to_owned(), "TimeOffResponse"),
        (
            format!("/contacts/{}/notes", landmarks::TWIN),
            "ContactNoteResponses",
        ),
        (
            "/conversations?limit=100".to_owned(),
            "ConversationResponse",
        ),
        (format!("{drafted}/messages"), "MessageResponse"),
        (format!("{drafted}/drafts"), "MessageResponse"),
        (format!("{drafted}/comments"), "CommentResponse"),
        (format!("{drafted}/followers"), "TeammateResponse"),
        (format!("{urgent}/inboxes"), "InboxResponse"),
        (
            format!("/conversations/{}/messages", landmarks::SMS_CONVERSATION),
            "MessageResponse",
        ),
        ("/contacts?limit=100".to_owned(), "ContactResponse"),
        ("/contact_lists".to_owned(), "ContactListResponses"),
        ("/accounts".to_owned(), "AccountResponse"),
        ("/tags".to_owned(), "TagResponse"),
        ("/teammates".to_owned(), "TeammateResponse"),
        ("/teams".to_owned(), "TeamPreviewResponse"),
        ("/channels".to_owned(), "ChannelResponse"),
        ("/inboxes".to_owned(), "InboxResponse"),
        ("/contacts/custom_fields".to_owned(), "CustomFieldResponse"),
    ];
    for (path, schema) in lists {
        let validator = validator(&specification, schema);
        let results = front.results(&path).await;
        assert!(!results.is_empty(), "{path}");
        for result in &results {
            check(&validator, result, &path);
        }
    }
    for (path, schema) in [
        ("/me", "IdentityResponse"),
        ("/teams/tim_79f", "TeamResponse"),
    ] {
        check(
            &validator(&specification, schema),
            &front.get(path).await,
            path,
        );
    }
}

/// One event of each type that a change makes.
async fn change(front: &Front, path: &str) {
    let (teammate, tag) = (landmarks::SUPPORT_TEAMMATE, landmarks::URGENT_TAG);
    let fields = json!({ "Order number": "LC-70112" });
    for body in [
        json!({ "status": "archived", "assignee_id": teammate, "tag_ids": [tag], "inbox_id": "inb_1wor" }),
        json!({ "status": "open", "assignee_id": null, "tag_ids": [], "custom_fields": fields }),
        json!({ "status": "deleted" }),
        json!({ "status": "open", "assignee_id": teammate, "inbox_id": landmarks::SUPPORT_INBOX }),
    ] {
        let response = front.call(Method::PATCH, path, Some(body)).await;
        assert_eq!(response.status(), 204);
    }
    let snooze = json!({ "teammate_id": teammate, "scheduled_at": 1_900_000_000 });
    let reminders = format!("{path}/reminders");
    let response = front.call(Method::PATCH, &reminders, Some(snooze)).await;
    assert_eq!(response.status(), 204);
    let comment = json!({ "body": "@tove, could you look?" });
    let comments = format!("{path}/comments");
    let response = front.call(Method::POST, &comments, Some(comment)).await;
    assert_eq!(response.status(), 201);
}

fn validator(specification: &Value, schema: &str) -> jsonschema::Validator {
    let mut root = specification.clone();
    root["$ref"] = json!(format!("#/components/schemas/{schema}"));
    jsonschema::validator_for(&root).unwrap()
}

fn check(validator: &jsonschema::Validator, value: &Value, path: &str) {
    let complaints: Vec<String> = validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(complaints.is_empty(), "{path}: {complaints:#?}");
}
