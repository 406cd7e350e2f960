//! A filled template as a draft of a reply: to those and through the channel that a reply goes to.

use crate::{
    front::{
        endpoints::conversations::ListMessages,
        id::{ConversationId, TeammateId},
        page::Paged,
    },
    gate::judge::judge,
    shape::{outgoing::Outgoing, text::Text},
    tools::{
        Context, ToolError, addressing,
        drafting::{DraftReport, Mode, Signature, leave},
        handle::has_subject,
        permission,
        sending::{Kind, LOOKED_AT, Message, Pinned, newest_of},
    },
};

/// Leaves a shared draft, and tells of it as `create-draft` does.
pub async fn draft_reply(
    context: &Context<'_>,
    conversation: &ConversationId,
    subject: Option<String>,
    body: Outgoing,
    author: Option<Pinned<TeammateId>>,
) -> Result<DraftReport, ToolError> {
    let by_hand = |what: &'static str| {
        ToolError::invalid("draft", Text::of(what)).next(
            "call again without `draft`, and give the text to `send-message` with `channel_id` and `to`",
        )
    };
    let of = &ListMessages {
        conversation: conversation.clone(),
    };
    let (limit, token) = (Some(LOOKED_AT), None);
    let messages = context.client.send(&Paged { of, limit, token }).await?;
    let messages = messages.results;
    let channels = context.directory.channels(&context.client).await?;
    let channel = addressing::channel(&messages, &channels)
        .ok_or_else(|| by_hand("the last messages do not say through which channel to reply"))?;
    let defaults = addressing::reply_to(&messages, &channels);
    if defaults.to.is_empty() {
        return Err(by_hand("the last messages do not say whom to reply to"));
    }
    let letter = Message {
        kind: Kind::Reply {
            conversation: conversation.clone(),
            last_message: newest_of(&messages),
        },
        channel: channel.id.clone(),
        from: channel.sender().raw().to_owned(),
        to: defaults.to,
        cc: defaults.cc,
        bcc: Vec::new(),
        subject: subject.filter(|_| has_subject(&channel.kind)),
        html: body.html,
        text: body.text,
        author,
        author_email: None,
        archive: false,
        tags: Vec::new(),
        attachments: Vec::new(),
    };
    let inbox = channel.links.inbox();
    let decision = judge(context.gate.policy(), &letter, inbox.as_ref(), true);
    if !decision.allowed {
        return Err(permission::denied(&decision));
    }
    let mode = Mode::Shared;
    let draft = leave(context, &letter, mode, &Signature::None).await?;
    Ok(DraftReport::of(&draft, &letter, mode, None, true))
}
