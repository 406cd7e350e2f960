//! A filled template as a draft of a reply: to those and through the channel that a reply goes to.

use crate::{
    front::id::ConversationId,
    shape::{outgoing::Outgoing, text::Text},
    tools::{
        Context, Effect, ToolError,
        composing::{Body, Wish, compose, subject},
        drafting::{DraftReport, Mode, Signature, leave},
        handle::has_subject,
        permission,
    },
};

/// The tool whose work this is: where the policy does not show it, nothing else drafts in its place.
const DRAFTS: &str = "create-draft";

/// What is to be left as a draft.
pub struct Filled {
    /// For channels that have one.
    pub subject: Option<String>,
    /// The text.
    pub body: Outgoing,
    /// In whose name: name, e-mail or id.
    pub author: Option<String>,
}

/// Whether the operator's policy lets an agent leave drafts at all.
pub fn check_drafting(context: &Context<'_>) -> Result<(), ToolError> {
    let decision = context.gate.policy().tool(DRAFTS, Effect::Create);
    match decision.allowed {
        true => Ok(()),
        false => Err(permission::denied(&decision).on("draft").next(
            "call again without `draft` for the text alone; the operator can change the policy",
        )),
    }
}

/// Leaves a shared draft, and tells of it as `create-draft` does.
pub async fn draft_reply(
    context: &Context<'_>,
    conversation: &ConversationId,
    filled: Filled,
) -> Result<DraftReport, ToolError> {
    let wish = Wish {
        conversation_id: Some(conversation.to_string()),
        channel_id: None,
        to: Vec::new(),
        cc: Vec::new(),
        bcc: Vec::new(),
        subject: None,
        body: Body::Made(filled.body),
        author: filled.author,
        archive: false,
        tags: Vec::new(),
        attachments: Vec::new(),
    };
    let (mut letter, _) = compose(context, wish).await.map_err(by_hand)?;
    // Which channel it is, and whether that has subjects, is known only now.
    let channels = context.directory.channels(&context.client).await?;
    let channel = channels.iter().find(|one| one.id == letter.channel);
    if channel.is_some_and(|channel| has_subject(&channel.kind)) {
        letter.subject = subject(filled.subject.as_deref()).map_err(by_hand)?;
    }
    permission::check_send(context, &letter, true).await?;
    let mode = Mode::Shared;
    let draft = leave(context, &letter, mode, &Signature::None).await?;
    Ok(DraftReport::of(&draft, &letter, mode, None, true))
}

/// What cannot be told by arguments of this tool is said of `draft`, and done without it.
fn by_hand(error: ToolError) -> ToolError {
    let what = match error.field.as_deref() {
        Some("author") => return error.on("teammate"),
        Some("channel_id") => "the last messages do not say through which channel to reply",
        Some("to") => "the last messages do not say whom this channel can reply to",
        Some("subject") => "the filled subject holds line breaks or invisible characters",
        _ => return error,
    };
    ToolError::invalid("draft", Text::of(what)).next(
        "call again without `draft`, and give the text to `send-message` with `channel_id` and `to`",
    )
}
