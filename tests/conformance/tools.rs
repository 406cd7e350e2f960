//! Tools.

use std::time::Duration;

use rmcp::{
    ErrorData, RoleServer,
    model::{
        CallToolRequestParams, CallToolResult, ClientCapabilities, ProgressNotificationParam,
        ServerNotification,
    },
    service::RequestContext,
};
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::{
    connection,
    handler::{Change, Fixture, typed},
};

/// One red pixel.
pub const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";

/// No samples.
const WAV: &str = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=";

const PAUSE: Duration = Duration::from_millis(20);

/// Those without arguments.
const PLAIN: &[&str] = &[
    "test_simple_text",
    "test_image_content",
    "test_audio_content",
    "test_embedded_resource",
    "test_multiple_content_types",
    "test_error_handling",
    "test_tool_with_progress",
    "test_tool_with_logging",
    "test_logging_tool",
    "test_elicitation_sep1034_defaults",
    "test_elicitation_sep1330_enums",
    "test_missing_capability",
    "test_streaming_elicitation",
    "test_trigger_tool_change",
    "test_trigger_prompt_change",
    "test_input_required_result_elicitation",
    "test_input_required_result_sampling",
    "test_input_required_result_list_roots",
    "test_input_required_result_request_state",
    "test_input_required_result_multiple_inputs",
    "test_input_required_result_multi_round",
    "test_input_required_result_tampered_state",
    "test_input_required_result_capabilities",
];

/// What `tools/list` shows.
pub fn definitions() -> Value {
    let tool = |name: &str, schema: Value| json!({ "name": name, "description": "A tool of the suite's", "inputSchema": schema });
    let one = |name: &str| {
        let string = json!({ "type": "string" });
        json!({ "type": "object", "properties": { name: string }, "required": [name] })
    };
    let mut all: Vec<_> = PLAIN
        .iter()
        .map(|name| tool(name, json!({ "type": "object" })))
        .collect();
    all.push(tool("test_sampling", one("prompt")));
    all.push(tool("test_elicitation", one("message")));
    all.push(tool("json_schema_2020_12_tool", every_keyword()));
    all.push(tool(
        "test_header",
        json!({
            "type": "object",
            "properties": { "region": { "type": "string", "x-mcp-header": "Region" } },
        }),
    ));
    Value::Array(all)
}

/// Every keyword that the suite looks for.
fn every_keyword() -> Value {
    let string = json!({ "type": "string" });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "$defs": {
            "address": {
                "$anchor": "addressDef",
                "type": "object",
                "properties": { "street": string, "city": string },
            },
        },
        "properties": {
            "name": string,
            "address": { "$ref": "#/$defs/address" },
            "contactMethod": { "type": "string", "enum": ["phone", "email"] },
            "phone": string,
            "email": string,
        },
        "allOf": [{ "anyOf": [{ "required": ["phone"] }, { "required": ["email"] }] }],
        "if": {
            "properties": { "contactMethod": { "const": "phone" } },
            "required": ["contactMethod"],
        },
        "then": { "required": ["phone"] },
        "else": { "required": ["email"] },
        "additionalProperties": false,
    })
}

/// A result of one text.
pub fn text(said: &str) -> Result<CallToolResult, ErrorData> {
    content(&json!([{ "type": "text", "text": said }]))
}

fn content(content: &Value) -> Result<CallToolResult, ErrorData> {
    typed(json!({ "resultType": "complete", "content": content }))
}

/// Does what a tool does.
pub async fn call(
    fixture: &Fixture,
    request: &CallToolRequestParams,
    context: &RequestContext<RoleServer>,
) -> Result<CallToolResult, ErrorData> {
    let image = json!({ "type": "image", "data": PNG, "mimeType": "image/png" });
    let resource = json!({
        "type": "resource",
        "resource": {
            "uri": "test://embedded-resource",
            "mimeType": "text/plain",
            "text": "This is an embedded resource content.",
        },
    });
    let name = request.name.as_ref();
    if let Some(question) = connection::question(name, request.arguments.as_ref()) {
        return connection::ask(question, context).await;
    }
    match name {
        "test_simple_text" => return text("This is a simple text response for testing."),
        "test_image_content" => return content(&json!([image])),
        "test_audio_content" => {
            return content(&json!([{ "type": "audio", "data": WAV, "mimeType": "audio/wav" }]));
        }
        "test_embedded_resource" => return content(&json!([resource])),
        "test_multiple_content_types" => {
            let said = json!({ "type": "text", "text": "Multiple content types test:" });
            return content(&json!([said, image, resource]));
        }
        "test_error_handling" => {
            let said = json!({ "type": "text", "text": "This tool always fails" });
            return typed(json!({ "resultType": "complete", "content": [said], "isError": true }));
        }
        "test_tool_with_progress" => progress(context).await?,
        "test_tool_with_logging" => logging(context).await?,
        // A level is asked for with each request here, and none was.
        "test_logging_tool" if context.meta.log_level().is_none() => {}
        "test_logging_tool" => logging(context).await?,
        "test_missing_capability" => {
            let able = context.client_capabilities().unwrap_or_default();
            if able.sampling.is_none() {
                let needed: ClientCapabilities = typed(json!({ "sampling": {} }))?;
                return Err(ErrorData::missing_required_client_capability(needed));
            }
        }
        "test_trigger_tool_change" => fixture.changed(Change::Tools).await,
        "test_trigger_prompt_change" => fixture.changed(Change::Prompts).await,
        "json_schema_2020_12_tool" | "test_header" => {}
        _ => return Err(ErrorData::invalid_params("there is no such tool", None)),
    }
    text("done")
}

async fn progress(context: &RequestContext<RoleServer>) -> Result<(), ErrorData> {
    for step in [0.0, 50.0, 100.0] {
        if let Some(token) = context.meta.get_progress_token() {
            let mut params = ProgressNotificationParam::new(token, step);
            params.total = Some(100.0);
            let told = context.peer.notify_progress(params).await;
            told.map_err(|error| ErrorData::internal_error(error.to_string(), None))?;
        }
        sleep(PAUSE).await;
    }
    Ok(())
}

async fn logging(context: &RequestContext<RoleServer>) -> Result<(), ErrorData> {
    for data in ["started", "processing data", "completed"] {
        let message: ServerNotification = typed(json!({
            "method": "notifications/message",
            "params": { "level": "info", "data": data },
        }))?;
        let told = context.peer.send_notification(message).await;
        told.map_err(|error| ErrorData::internal_error(error.to_string(), None))?;
        sleep(PAUSE).await;
    }
    Ok(())
}
