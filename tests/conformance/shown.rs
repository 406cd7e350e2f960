//! Prompts and resources.

use rmcp::{
    ErrorData,
    model::{GetPromptRequestParams, GetPromptResult, ReadResourceResult},
};
use serde_json::{Value, json};

use crate::{handler::typed, tools::PNG};

const TEXT: &str = "test://static-text";
const BINARY: &str = "test://static-binary";
const WATCHED: &str = "test://watched-resource";

pub fn prompts() -> Value {
    let argument =
        |name: &str| json!({ "name": name, "description": "Anything", "required": true });
    let prompt = |name: &str, arguments: &[Value]| json!({ "name": name, "description": "A prompt of the suite's", "arguments": arguments });
    json!([
        prompt("test_simple_prompt", &[]),
        prompt(
            "test_prompt_with_arguments",
            &[argument("arg1"), argument("arg2")]
        ),
        prompt(
            "test_prompt_with_embedded_resource",
            &[argument("resourceUri")]
        ),
        prompt("test_prompt_with_image", &[]),
        prompt("test_input_required_result_prompt", &[]),
    ])
}

pub fn prompt(request: &GetPromptRequestParams) -> Result<GetPromptResult, ErrorData> {
    let given = |name: &str| {
        let arguments = request.arguments.as_ref();
        let value = arguments.and_then(|arguments| arguments.get(name)?.as_str());
        value.ok_or_else(|| ErrorData::invalid_params(format!("`{name}` is missing"), None))
    };
    match request.name.as_str() {
        "test_simple_prompt" => said("This is a simple prompt for testing."),
        "test_prompt_with_arguments" => said(&format!(
            "Prompt with arguments: arg1='{}', arg2='{}'",
            given("arg1")?,
            given("arg2")?
        )),
        "test_prompt_with_embedded_resource" => messages(&[
            json!({
                "type": "resource",
                "resource": {
                    "uri": given("resourceUri")?,
                    "mimeType": "text/plain",
                    "text": "Embedded resource content for testing.",
                },
            }),
            json!({ "type": "text", "text": "Please process the embedded resource above." }),
        ]),
        "test_prompt_with_image" => messages(&[
            json!({ "type": "image", "data": PNG, "mimeType": "image/png" }),
            json!({ "type": "text", "text": "Please analyze the image above." }),
        ]),
        _ => Err(ErrorData::invalid_params("there is no such prompt", None)),
    }
}

/// A prompt of one message.
pub fn said(text: &str) -> Result<GetPromptResult, ErrorData> {
    messages(&[json!({ "type": "text", "text": text })])
}

fn messages(contents: &[Value]) -> Result<GetPromptResult, ErrorData> {
    let messages = contents.iter();
    let messages: Vec<_> = messages
        .map(|content| json!({ "role": "user", "content": content }))
        .collect();
    typed(json!({ "resultType": "complete", "messages": messages }))
}

pub fn resources() -> Value {
    let resource = |uri: &str, kind: &str| json!({ "uri": uri, "name": uri, "description": "A resource of the suite's", "mimeType": kind });
    json!([
        resource(TEXT, "text/plain"),
        resource(BINARY, "image/png"),
        resource(WATCHED, "text/plain"),
    ])
}

pub fn templates() -> Value {
    json!([{
        "uriTemplate": "test://template/{id}/data",
        "name": "template",
        "description": "A template of the suite's",
        "mimeType": "application/json",
    }])
}

pub fn resource(uri: &str) -> Result<ReadResourceResult, ErrorData> {
    let of_template = uri
        .strip_prefix("test://template/")
        .and_then(|rest| rest.strip_suffix("/data"));
    let contents = match (uri, of_template) {
        (TEXT | WATCHED, _) => {
            json!({ "uri": uri, "mimeType": "text/plain", "text": "The content of a resource." })
        }
        (BINARY, _) => json!({ "uri": uri, "mimeType": "image/png", "blob": PNG }),
        (_, Some(id)) => {
            let text = json!({ "id": id, "templateTest": true }).to_string();
            json!({ "uri": uri, "mimeType": "application/json", "text": text })
        }
        _ => {
            let data = json!({ "uri": uri });
            return Err(ErrorData::resource_not_found(
                "there is no such resource",
                Some(data),
            ));
        }
    };
    typed(json!({ "resultType": "complete", "contents": [contents] }))
}
