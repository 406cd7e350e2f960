//! `mark-message-failed`: tells Front that a message of an application channel was not delivered.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::{endpoints::application::SetMessageStatus, id::ChannelId},
    shape::{text::Text, words::Words},
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset,
        application::{Body, channel, external},
    },
    untrusted::Untrusted,
};

pub static TOOL: Entry = Entry::of::<MarkMessageFailedTool>();

struct MarkMessageFailedTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Application channel: id, address or name.
    channel: String,
    /// The conversation's id outside of Front.
    external_conversation_id: String,
    /// The message's id outside of Front.
    external_id: String,
    /// Why; teammates see it.
    reason: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    channel_id: ChannelId,
    /// The message, as the application knows it.
    external_id: Words,
}

impl Tool for MarkMessageFailedTool {
    const SPEC: Spec = Spec {
        name: "mark-message-failed",
        title: "Mark a message as failed",
        description: "Marks a sent message of an application channel as not delivered, which reopens its conversation. Front knows no way back.",
        effect: Effect::Set,
        toolset: Toolset::ChannelApi,
    };
    const NEEDS: &'static [&'static str] = &["update-external-message-status"];
    const USES: &'static [&'static str] = &["list-channels"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let channel = channel(context, &input.channel).await?;
        let conversation = external("external_conversation_id", &input.external_conversation_id)?;
        let status = SetMessageStatus {
            channel: channel.clone(),
            conversation,
            message: external("external_id", &input.external_id)?,
            body: Body::default()
                .with("status", "failed")
                .with_some("reason", input.reason)
                .finish(),
        };
        context.client.send(&status).await?;
        Ok(Output {
            channel_id: channel,
            external_id: Words::line(&Untrusted::new(input.external_id.trim())),
        })
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::of("Marked as failed: message ");
        text.quote(&self.external_id)
            .say(" on ")
            .say(&self.channel_id);
        text
    }
}
