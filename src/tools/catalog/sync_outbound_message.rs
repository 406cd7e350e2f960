//! `sync-outbound-message`: tells Front of a message that an application channel sent elsewhere.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    front::{endpoints::application::SyncOutbound, model::Teammate},
    shape::text::Text,
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset,
        application::{Body, Party, Recorded, channel, files, metadata, seconds},
        attaching::Attach,
        resolve,
    },
};

pub static TOOL: Entry = Entry::of::<SyncOutboundMessageTool>();

struct SyncOutboundMessageTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Application channel: id, address or name.
    channel: String,
    /// Who got it.
    #[schemars(length(min = 1, max = 100))]
    to: Vec<Party>,
    /// HTML or plain text.
    body: String,
    /// Subject.
    subject: Option<String>,
    /// Teammate who wrote it: name, e-mail or id.
    author: Option<String>,
    /// Shown name of the sender.
    sender_name: Option<String>,
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
    /// Files.
    #[serde(default)]
    #[schemars(length(max = 10))]
    attachments: Vec<Attach>,
}

impl Tool for SyncOutboundMessageTool {
    const SPEC: Spec = Spec {
        name: "sync-outbound-message",
        title: "Record a sent message",
        description: "Records in Front a message that was already sent elsewhere. Nothing is delivered, and the record cannot be undone.",
        effect: Effect::Create,
        toolset: Toolset::ChannelApi,
    };
    const NEEDS: &'static [&'static str] = &["sync-outbound-message"];
    const USES: &'static [&'static str] = &["list-channels", "list-teammates"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let channel = channel(context, &input.channel).await?;
        let author = match &input.author {
            Some(author) => Some(resolve::id::<Teammate>(context, "author", author).await?),
            None => None,
        };
        let delivered = seconds(context, "delivered_at", input.delivered_at.as_deref())?;
        let files = files(context, input.attachments).await?;
        let to: Vec<_> = input.to.iter().map(Party::body).collect();
        let body = Body::default()
            .with("to", to)
            .with("body", input.body)
            .with_some("subject", input.subject)
            .with_some("author_id", author.as_ref().map(|id| id.as_str()))
            .with_some("sender_name", input.sender_name)
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
        let message = SyncOutbound {
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
        let mut text = Text::of("Recorded as sent elsewhere, and delivered to nobody,");
        self.0.say(&mut text);
        text.say("; Front shows it in a moment");
        text
    }
}
