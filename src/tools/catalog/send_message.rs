//! `send-message`: seals a message, with everything pinned that Front would decide later. It
//! never sends by itself.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    shape::text::Text,
    tools::{
        Context, Effect, Entry, Spec, Tool, ToolError, Toolset,
        asking::{answered, ask},
        attaching::Attach,
        composing::{Body, BodyFormat, Wish, compose},
        permission,
        sending::{EnvelopeState, SendMode, SendReport, check_mode, leave_draft, refused, report},
    },
};

pub static TOOL: Entry = Entry::of::<SendMessageTool>();

struct SendMessageTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// To reply: conversation id or pasted link.
    conversation_id: Option<String>,
    /// For a new message, or to choose the channel of a reply: id, address or name.
    channel_id: Option<String>,
    /// Addresses or numbers. A reply without it goes to those of the last message.
    #[serde(default)]
    #[schemars(length(max = 100))]
    to: Vec<String>,
    #[serde(default)]
    #[schemars(length(max = 100))]
    /// Copies.
    cc: Vec<String>,
    /// Blind copies.
    #[serde(default)]
    #[schemars(length(max = 100))]
    bcc: Vec<String>,
    /// Subject of a new e-mail.
    #[schemars(length(max = 900))]
    subject: Option<String>,
    /// The text.
    body: String,
    /// Default markdown.
    #[serde(default)]
    body_format: BodyFormat,
    /// Teammate in whose name it goes: name, e-mail or id.
    author: Option<String>,
    /// Archive the conversation too. Default false.
    #[serde(default)]
    archive: bool,
    /// Existing tags to apply, by name or id.
    #[serde(default)]
    #[schemars(length(max = 20))]
    tags: Vec<String>,
    /// Files, each `path` or `name` with `content_base64`.
    #[serde(default)]
    #[schemars(length(max = 10))]
    attachments: Vec<Attach>,
}

impl Tool for SendMessageTool {
    const SPEC: Spec = Spec {
        name: "send-message",
        title: "Prepare a message",
        description: "Prepares a reply or a new message and shows exactly what would go to whom. Sends nothing by itself: a person is asked, or the result's `next` says what releases it.",
        effect: Effect::Seal,
        toolset: Toolset::Core,
    };
    const NEEDS: &'static [&'static str] = &["list-channels"];
    const USES: &'static [&'static str] = &[
        "list-conversation-messages",
        "list-conversation-inboxes",
        "list-tags",
        "list-teammates",
        "create-draft",
        "create-draft-reply",
        "create-message",
        "create-message-reply",
    ];
    type Input = Input;
    type Output = SendReport;

    async fn run(context: &Context<'_>, input: Input) -> Result<SendReport, ToolError> {
        let mode = check_mode(context)?;
        if let Some(answer) = context.host.answer() {
            return answered(context, answer).await;
        }
        if mode == SendMode::Draft && (input.archive || !input.tags.is_empty()) {
            let field = if input.archive { "archive" } else { "tags" };
            return Err(ToolError::invalid(
                field,
                Text::of("cannot be part of a draft, which is what this server's send mode leaves"),
            )
            .next("leave it out; `add-tag` tags at once"));
        }
        let (letter, surroundings) = compose(context, input.into()).await?;
        permission::check_send(context, &letter, mode == SendMode::Draft).await?;
        if mode == SendMode::Draft {
            return leave_draft(context, &letter).await;
        }
        let envelope = context
            .gate
            .seal(&context.caller, letter, &surroundings)
            .await
            .map_err(refused)?;
        match envelope.state {
            EnvelopeState::Sealed if mode == SendMode::Approve => ask(context, &envelope).await,
            _ => Ok(report(&envelope)),
        }
    }
}

impl From<Input> for Wish {
    fn from(input: Input) -> Self {
        Self {
            conversation_id: input.conversation_id,
            channel_id: input.channel_id,
            to: input.to,
            cc: input.cc,
            bcc: input.bcc,
            subject: input.subject,
            body: Body::Written(input.body, input.body_format),
            author: input.author,
            archive: input.archive,
            tags: input.tags,
            attachments: input.attachments,
        }
    }
}
