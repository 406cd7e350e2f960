//! `sync-inbound-message`: tells Front of a message that an application channel received elsewhere.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    front::endpoints::application::SyncInbound,
    shape::text::Text,
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset,
        application::{Body, Party, Recorded, channel, files, metadata, seconds},
        attaching::Attach,
    },
};

pub static TOOL: Entry = Entry::of::<SyncInboundMessageTool>();

struct SyncInboundMessageTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Application channel: id, address or name.
    channel: String,
    /// Who wrote it.
    sender: Party,
    /// HTML or plain text.
    body: String,
    /// Subject.
    subject: Option<String>,
    /// The message's id outside of Front.
    #[schemars(length(min = 1, max = 200))]
    external_id: String,
    /// The conversation's id outside of Front.
    #[schemars(length(min = 1, max = 200))]
    external_conversation_id: String,
    /// external_id that it replies to.
    #[schemars(length(max = 200))]
    replied_to: Option<String>,
    /// When. Default now.
    delivered_at: Option<String>,
    /// Files, each `path` or `name` with `content_base64`.
    #[serde(default)]
    #[schemars(length(max = 10))]
    attachments: Vec<Attach>,
}

impl Tool for SyncInboundMessageTool {
    const SPEC: Spec = Spec {
        name: "sync-inbound-message",
        title: "Record a received message",
        description: "Records in Front a message that was received elsewhere for an application channel. Rules may answer it by themselves, so record only what really came in.",
        effect: Effect::Create,
        toolset: Toolset::ChannelApi,
    };
    const NEEDS: &'static [&'static str] = &["sync-inbound-message"];
    const USES: &'static [&'static str] = &["list-channels"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let channel = channel(context, &input.channel).await?;
        let delivered = seconds(context, "delivered_at", input.delivered_at.as_deref())?;
        let files = files(context, input.attachments).await?;
        let body = Body::default()
            .with("sender", input.sender.body())
            .with("body", input.body)
            .with_some("subject", input.subject)
            .with(
                "metadata",
                metadata(
                    &input.external_id,
                    &input.external_conversation_id,
                    input.replied_to.as_deref(),
                ),
            )
            .with_some("delivered_at", delivered)
            .finish();
        let message = SyncInbound {
            channel: channel.clone(),
            body,
            files,
        };
        let accepted = context.client.send(&message).await?;
        Ok(Output(Recorded::new(channel, &accepted.message_uid)))
    }
}

#[derive(serde::Serialize, JsonSchema)]
#[serde(transparent)]
struct Output(Recorded);

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::of("Recorded as received");
        self.0.say(&mut text);
        text.say("; Front shows it in a moment");
        text
    }
}
