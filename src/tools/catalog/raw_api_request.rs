//! `raw-api-request`: any operation of Front's that is neither a send nor guarded.
//!
//! The agent's path is parsed by the path grammar and must match a template of the operation
//! table; what goes over the wire is rebuilt from that template. No string given here reaches a
//! URL parser.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    digest::sha256,
    front::{
        Answer, Call, Method, Operation,
        client::resolve,
        id::ConversationId,
        path::{PathRefusal, RoutePath},
    },
    shape::{
        text::{Text, Vouched},
        tokens::estimate,
        words::Foreign,
    },
    tools::{Context, Effect, Entry, Report, Spec, Tool, ToolError, arguments, permission},
};

pub const TOOL: Entry = Entry::of::<RawApiRequestTool>();

struct RawApiRequestTool;

/// Tokens of an answer that are given; the rest is counted and left out.
const BUDGET: usize = 9_000;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// HTTP method.
    method: MethodInput,
    /// Path such as `/conversations/cnv_123/comments`, without query or percent-encoding.
    #[schemars(length(max = 512))]
    path: String,
    /// Query parameters; an array repeats its parameter (`"q[statuses]": ["open"]`).
    #[serde(default)]
    query: Map<String, Value>,
    /// JSON body.
    body: Option<Map<String, Value>>,
}

#[derive(Deserialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "UPPERCASE")]
enum MethodInput {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl From<MethodInput> for Method {
    fn from(method: MethodInput) -> Self {
        match method {
            MethodInput::Get => Self::Get,
            MethodInput::Post => Self::Post,
            MethodInput::Put => Self::Put,
            MethodInput::Patch => Self::Patch,
            MethodInput::Delete => Self::Delete,
        }
    }
}

#[derive(Serialize, JsonSchema)]
struct Output {
    /// HTTP status.
    status: u16,
    /// Front's operation id.
    operation: &'static str,
    /// The conversation asked for was merged into this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    merged_into: Option<ConversationId>,
    /// Front's answer, if it is JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<Foreign>,
    /// Rows of `_results` that were left out because the answer was too long.
    #[serde(skip_serializing_if = "Option::is_none")]
    rows_left_out: Option<usize>,
    /// An answer that is not JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<File>,
}

#[derive(Serialize, JsonSchema)]
struct File {
    /// Its media type.
    #[serde(skip_serializing_if = "Option::is_none")]
    media_type: Option<Foreign>,
    /// Bytes.
    size: usize,
    /// Of its bytes.
    sha256: String,
    /// The text, if it is text and not too long.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<Foreign>,
}

impl Tool for RawApiRequestTool {
    const SPEC: Spec = Spec {
        name: "raw-api-request",
        title: "Call any Front operation",
        description: "Calls an operation of Front's Core or Channel API that has no tool of its own. Sends are refused (use send-message); guarded operations need the operator's policy.",
        effect: Effect::Any,
    };
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let method = Method::from(input.method);
        let path = RoutePath::parse(&input.path).map_err(|refusal| bad_path(&refusal))?;
        let (operation, parameters) =
            resolve(method, &path).ok_or_else(|| no_route(method, &path))?;
        permission::check(context.gate, operation)?;
        if operation.method == Method::Get && input.body.is_some() {
            return Err(ToolError::invalid("body", Text::of("a GET takes no body")));
        }
        let call = Call {
            operation,
            parameters,
            query: query(&input.query)?,
            body: input.body.map(Value::Object),
        };
        let found = context.client.exchange(&call).await?;
        if operation.method != Method::Get {
            context.directory.forget().await;
        }
        Ok(shaped(operation, &found.answer, found.merged_into))
    }
}

fn bad_path(refusal: &PathRefusal) -> ToolError {
    ToolError::invalid("path", Text::of(Vouched::ours(refusal.to_string())))
        .next("write the path of Front's API reference with ids filled in, and put parameters into `query`")
}

fn no_route(method: Method, path: &RoutePath) -> ToolError {
    let others = Operation::methods_at(path);
    let mut message = Text::of("Front has no operation ");
    message.say(method.name()).say(" at this path");
    if others.is_empty() {
        return ToolError::invalid("path", message)
            .next("check the path against Front's API reference; a trailing slash counts");
    }
    message.say("; it has ");
    message.say(arguments::list(others.iter().map(|method| method.name())));
    ToolError::invalid("method", message).next("call again with one of these methods")
}

/// Query parameters as pairs; lists repeat their name.
fn query(given: &Map<String, Value>) -> Result<Vec<(String, String)>, ToolError> {
    let mut pairs = Vec::new();
    for (name, value) in given {
        let values = match value {
            Value::Array(values) => values.iter().collect(),
            single => vec![single],
        };
        for value in values {
            let text = match value {
                Value::String(text) => text.clone(),
                Value::Number(number) => number.to_string(),
                Value::Bool(value) => value.to_string(),
                _ => {
                    let mut message =
                        Text::of("must be text, a number, a boolean or an array of them: ");
                    message.quote_text(&arguments::clip(name));
                    return Err(ToolError::invalid("query", message));
                }
            };
            pairs.push((name.clone(), text));
        }
    }
    Ok(pairs)
}

fn shaped(
    operation: &'static Operation,
    answer: &Answer,
    merged_into: Option<ConversationId>,
) -> Output {
    let mut output = Output {
        status: answer.status,
        operation: operation.id,
        merged_into,
        body: None,
        rows_left_out: None,
        file: None,
    };
    let bytes = answer.body.trim_ascii();
    if bytes.is_empty() {
        return output;
    }
    match serde_json::from_slice(bytes) {
        Ok(value) => {
            let (value, left_out) = within_budget(value);
            output.body = Some(Foreign::clean(value));
            output.rows_left_out = left_out;
            if estimate(
                &output
                    .body
                    .as_ref()
                    .map(|body| body.value().to_string())
                    .unwrap_or_default(),
            ) > BUDGET
            {
                // One object alone is too long: told like a file.
                output.body = None;
                output.file = Some(file(answer));
            }
        }
        Err(_) => output.file = Some(file(answer)),
    }
    output
}

/// Leaves out rows from the end of `_results` until the rest is short enough.
fn within_budget(mut value: Value) -> (Value, Option<usize>) {
    let Some(Value::Array(rows)) = value.get_mut("_results") else {
        return (value, None);
    };
    let mut cost = 0;
    let kept = rows
        .iter()
        .take_while(|row| {
            cost += estimate(&row.to_string());
            cost <= BUDGET * 9 / 10
        })
        .count()
        .max(1);
    let left_out = rows.len().saturating_sub(kept);
    rows.truncate(kept);
    (value, (left_out > 0).then_some(left_out))
}

fn file(answer: &Answer) -> File {
    let text = std::str::from_utf8(&answer.body)
        .ok()
        .filter(|text| estimate(text) <= BUDGET);
    File {
        media_type: answer
            .content_type
            .clone()
            .map(|kind| Foreign::clean(Value::String(kind))),
        size: answer.body.len(),
        sha256: sha256(&answer.body),
        text: text.map(|text| Foreign::clean(Value::String(text.to_owned()))),
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::of(self.operation);
        text.say(": status ").say(self.status);
        if let Some(id) = &self.merged_into {
            text.say("; the conversation was merged and lives now under ")
                .say(id);
        }
        if let Some(body) = &self.body {
            text.say("\n").quote_text(&body.value().to_string());
        }
        if let Some(count) = self.rows_left_out {
            text.say("\n").say(count).say(
                " more rows were left out; ask with a smaller `limit`, and go on with the `page_token` of `_pagination.next`",
            );
        }
        if let Some(file) = &self.file {
            text.say("\nNot given as JSON: ")
                .say(file.size)
                .say(" bytes, sha256 ");
            text.say(Vouched::ours(file.sha256.clone()));
            if let Some(Value::String(kind)) = file.media_type.as_ref().map(Foreign::value) {
                text.say(", ").quote_text(kind);
            }
            if let Some(Value::String(content)) = file.text.as_ref().map(Foreign::value) {
                text.say("\n").quote_text(content);
            }
        }
        text
    }
}
