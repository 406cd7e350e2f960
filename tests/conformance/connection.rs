//! Questions to the client in the earlier revision: requests over its open connection. A server
//! without sessions knows no such connection, so that the client declared nothing as far as it knows.

use rmcp::{
    ErrorData, RoleServer,
    model::{CallToolResult, ContentBlock, JsonObject, ServerRequest},
    service::RequestContext,
};
use serde_json::{Value, json};

use crate::{handler::typed, tools::text};

/// What a tool asks; nothing for the others.
pub fn question(name: &str, arguments: Option<&JsonObject>) -> Option<Value> {
    let given = |field: &str| {
        arguments
            .and_then(|arguments| arguments.get(field))
            .cloned()
    };
    Some(match name {
        "test_sampling" => json!({
            "method": "sampling/createMessage",
            "params": {
                "messages": [{
                    "role": "user",
                    "content": { "type": "text", "text": given("prompt") },
                }],
                "maxTokens": 100,
            },
        }),
        "test_elicitation" => elicitation(
            given("message"),
            json!({ "username": { "type": "string" }, "email": { "type": "string" } }),
        ),
        "test_elicitation_sep1034_defaults" => elicitation(None, defaults()),
        "test_elicitation_sep1330_enums" => elicitation(None, choices()),
        _ => return None,
    })
}

fn elicitation(message: Option<Value>, properties: Value) -> Value {
    json!({
        "method": "elicitation/create",
        "params": {
            "message": message.unwrap_or_else(|| json!("Please fill this in")),
            "requestedSchema": { "type": "object", "properties": properties },
        },
    })
}

fn defaults() -> Value {
    let statuses = ["active", "inactive", "pending"];
    json!({
        "name": { "type": "string", "default": "John Doe" },
        "age": { "type": "integer", "default": 30 },
        "score": { "type": "number", "default": 95.5 },
        "status": { "type": "string", "enum": statuses, "default": "active" },
        "verified": { "type": "boolean", "default": true },
    })
}

fn choices() -> Value {
    let plain = ["option1", "option2", "option3"];
    let titled = json!([
        { "const": "value1", "title": "First" },
        { "const": "value2", "title": "Second" },
    ]);
    json!({
        "untitledSingle": { "type": "string", "enum": plain },
        "titledSingle": { "type": "string", "oneOf": titled },
        "legacyEnum": { "type": "string", "enum": ["opt1", "opt2"], "enumNames": ["One", "Two"] },
        "untitledMulti": { "type": "array", "items": { "type": "string", "enum": plain } },
        "titledMulti": { "type": "array", "items": { "anyOf": titled } },
    })
}

/// Asks, where the client can be asked.
pub async fn ask(
    question: Value,
    context: &RequestContext<RoleServer>,
) -> Result<CallToolResult, ErrorData> {
    let declared = context.client_capabilities().unwrap_or_default();
    if declared.sampling.is_none() && declared.elicitation.is_none() {
        let said = "no client that can be asked is connected";
        return Ok(CallToolResult::error(vec![ContentBlock::text(said)]));
    }
    let request: ServerRequest = typed(question)?;
    let answer = context.peer.send_request(request).await;
    let answer = answer.map_err(|error| ErrorData::internal_error(error.to_string(), None))?;
    text(&json!(answer).to_string())
}
