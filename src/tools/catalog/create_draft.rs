//! `create-draft`: leaves a draft in Front, which a person sends there.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    shape::text::Text,
    tools::{
        Context, Effect, Entry, Spec, Tool, ToolError, Toolset,
        attaching::Attach,
        composing::{Body, BodyFormat, Wish, compose},
        drafting::{DraftReport, Mode, Signature, leave},
        permission,
    },
};

pub static TOOL: Entry = Entry::of::<CreateDraftTool>();

struct CreateDraftTool;

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
    /// Copies.
    #[serde(default)]
    #[schemars(length(max = 100))]
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
    /// Teammate in whose name it is: name, e-mail or id.
    author: Option<String>,
    /// Default shared. Private: its author alone sees it.
    #[serde(default)]
    mode: Mode,
    /// Signature id, or `default`; none without.
    signature: Option<String>,
    /// Files, each `path` or `name` with `content_base64`.
    #[serde(default)]
    #[schemars(length(max = 10))]
    attachments: Vec<Attach>,
}

impl Tool for CreateDraftTool {
    const SPEC: Spec = Spec {
        name: "create-draft",
        title: "Create a draft",
        description: "Leaves a draft in Front, of a reply or a new message. Nothing is sent: a person sends it in Front.",
        effect: Effect::Create,
        toolset: Toolset::Core,
    };
    const NEEDS: &'static [&'static str] = &["list-channels"];
    const USES: &'static [&'static str] = &[
        "list-conversation-messages",
        "list-conversation-inboxes",
        "list-teammates",
        "create-draft",
        "create-draft-reply",
    ];
    type Input = Input;
    type Output = DraftReport;

    async fn run(context: &Context<'_>, input: Input) -> Result<DraftReport, ToolError> {
        let mode = input.mode;
        if mode == Mode::Private && input.author.is_none() {
            return Err(ToolError::invalid(
                "author",
                Text::of("must be given with a private draft, which nobody else sees"),
            )
            .next("give `author`, or leave a shared draft"));
        }
        let signature = match &input.signature {
            Some(given) => Signature::read(given)?,
            None => Signature::None,
        };
        let (letter, _) = compose(context, input.into()).await?;
        permission::check_send(context, &letter, true).await?;
        let draft = leave(context, &letter, mode, &signature).await?;
        Ok(DraftReport::of(&draft, &letter, mode, None, true))
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
            archive: false,
            tags: Vec::new(),
            attachments: input.attachments,
        }
    }
}
