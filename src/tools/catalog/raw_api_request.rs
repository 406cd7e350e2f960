//! `raw-api-request`: any operation of Front's that is neither a send nor guarded.
//!
//! The agent's path is parsed by the path grammar and must match a template of the operation
//! table; what goes over the wire is rebuilt from that template. No string given here reaches a
//! URL parser.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    front::{Method, id::ConversationId},
    shape::{
        text::{Text, Vouched},
        words::Foreign,
    },
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset,
        conversation_row::say_next,
        cursor, permission,
        raw::{
            answer::{self, File, Fitted, Wanted},
            meant,
            request::{self, Asked},
        },
    },
};

pub static TOOL: Entry = Entry::of::<RawApiRequestTool>();

struct RawApiRequestTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// With `path`.
    method: Option<MethodInput>,
    /// Path with ids filled in, such as `/conversations/cnv_123/comments`; no query, no %.
    #[schemars(length(max = 512))]
    path: Option<String>,
    /// Query parameters; an array repeats its parameter.
    #[serde(default)]
    query: Map<String, Value>,
    /// Instead of method and path: an operation id of search-api.
    operation: Option<String>,
    /// With `operation`: its path and query parameters.
    #[serde(default)]
    params: Map<String, Value>,
    /// JSON body.
    body: Option<Map<String, Value>>,
    /// Follow pages.
    #[serde(default)]
    all_pages: bool,
    /// Rows at most.
    #[schemars(range(min = 1, max = 2000))]
    limit: Option<usize>,
    /// Only these parts of the answer: `id`, `assignee.email`.
    #[serde(default)]
    #[schemars(length(max = 50))]
    fields: Vec<String>,
    /// `next_cursor` of the last result.
    cursor: Option<String>,
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
    /// What this operation does that is easily overlooked.
    #[serde(skip_serializing_if = "Option::is_none")]
    warning: Option<&'static str>,
    /// Front's answer, if it is JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<Foreign>,
    /// An answer that is not JSON, or too long for one result.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<File>,
    /// Pass as `cursor`, with all else as it is, for the next rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

impl Tool for RawApiRequestTool {
    const SPEC: Spec = Spec {
        name: "raw-api-request",
        title: "Call any Front operation",
        description: "Calls any operation of Front's Core or Channel API. Sends are refused (use send-message); guarded operations need the operator's policy.",
        effect: Effect::Any,
        toolset: Toolset::Core,
    };
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let asked = Asked {
            method: input.method.map(Method::from),
            path: input.path,
            operation: input.operation,
            params: input.params,
            query: input.query,
            body: input.body,
        };
        let (operation, parameters) = request::find(&asked)?;
        permission::check(context.gate, operation).map_err(|error| {
            error.fixed_by(meant::message(operation, &parameters, asked.body.as_ref()))
        })?;
        let warning = warning(operation.method, asked.body.as_ref());
        let call = request::call(operation, parameters, asked)?;
        let position = match &input.cursor {
            Some(text) => cursor::read(context, text)?,
            None => answer::Position::default(),
        };
        let wanted = Wanted {
            all_pages: input.all_pages && operation.method == Method::Get,
            limit: input.limit,
            fields: input.fields,
        };
        let fitted = answer::read(&context.client, &call, &wanted, position).await?;
        if operation.method != Method::Get {
            context.directory.forget().await;
        }
        Ok(output(context, operation.id, warning, fitted))
    }
}

fn output(
    context: &Context<'_>,
    operation: &'static str,
    warning: Option<&'static str>,
    fitted: Fitted,
) -> Output {
    Output {
        status: fitted.status,
        operation,
        merged_into: fitted.merged_into,
        warning,
        body: fitted.body,
        file: fitted.file,
        next_cursor: fitted.rest.and_then(|rest| cursor::write(context, rest)),
    }
}

/// Front replaces these sets as a whole; what was left out of the body is gone.
fn warning(method: Method, body: Option<&Map<String, Value>>) -> Option<&'static str> {
    let body = body.filter(|_| method == Method::Patch)?;
    if body.contains_key("custom_fields") {
        Some("`custom_fields` replaced the whole set: fields that were not given are erased")
    } else if body.contains_key("tag_ids") {
        Some("`tag_ids` replaced all tags; to add or remove some, use the /tags operations")
    } else {
        None
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
        if let Some(warning) = self.warning {
            text.say("\nNote: ").say(warning);
        }
        if let Some(body) = &self.body {
            text.say("\n").quote_json(body);
        }
        if let Some(file) = &self.file {
            text.say("\nNot given as JSON: ")
                .say(file.size)
                .say(" bytes, sha256 ");
            text.say(Vouched::ours(file.sha256.clone()));
            if let Some(Value::String(kind)) = file.media_type.as_ref().map(Foreign::value) {
                text.say(", ").quote_text(kind);
            }
            match file.text.as_ref().map(Foreign::value) {
                Some(Value::String(content)) => {
                    text.say("\n").quote_text(content);
                }
                _ => {
                    text.say("; too long or no text: ask for `fields`, or a smaller part");
                }
            }
        }
        say_next(self.next_cursor.as_ref(), &mut text);
        text
    }
}
