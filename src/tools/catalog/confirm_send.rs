//! `confirm-send`: releases a sealed message, by its envelope id and nothing else.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    shape::text::Text,
    tools::{
        Context, Effect, Entry, Spec, Tool, ToolError, Toolset,
        sending::{EnvelopeId, SendReport, refused, report},
    },
};

pub static TOOL: Entry = Entry::of::<ConfirmSendTool>();

struct ConfirmSendTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// From send-message.
    #[schemars(length(max = 100))]
    envelope_id: String,
}

impl Tool for ConfirmSendTool {
    const SPEC: Spec = Spec {
        name: "confirm-send",
        title: "Send a sealed message",
        description: "Sends a sealed message to the customer, once. Only after the user agreed to exactly that message. Repeating answers the outcome and sends nothing.",
        effect: Effect::Send,
        toolset: Toolset::Core,
    };
    const NEEDS: &'static [&'static str] = &["list-channels"];
    const USES: &'static [&'static str] = &[
        "list-conversation-messages",
        "create-message",
        "create-message-reply",
    ];
    type Input = Input;
    type Output = SendReport;

    async fn run(context: &Context<'_>, input: Input) -> Result<SendReport, ToolError> {
        let id = envelope(&input.envelope_id)?;
        context
            .gate
            .release(&context.caller, &id)
            .await
            .map(|envelope| report(&envelope))
            .map_err(refused)
    }
}

fn envelope(given: &str) -> Result<EnvelopeId, ToolError> {
    EnvelopeId::parse(given).ok_or_else(|| {
        ToolError::invalid(
            "envelope_id",
            Text::of("is not an envelope id (`env_` and 32 hex digits); nothing was sent"),
        )
        .next("seal the message with `send-message` and use the envelope_id it answers with")
    })
}
