//! A filled template as a draft of a reply: to those and through the channel that a reply goes to.

use crate::{
    front::{
        endpoints::conversations::ListMessages,
        id::{ConversationId, MessageId, TeammateId},
        page::Paged,
    },
    gate::judge::judge,
    shape::{outgoing::Outgoing, text::Text},
    tools::{
        Context, ToolError, addressing, permission,
        sending::{Kind, LOOKED_AT, Message, Pinned, leave_draft, newest_of},
    },
};

/// Leaves a shared draft, and gives its id.
pub async fn draft_reply(
    context: &Context<'_>,
    conversation: &ConversationId,
    subject: Option<String>,
    body: Outgoing,
    author: Option<Pinned<TeammateId>>,
) -> Result<Option<MessageId>, ToolError> {
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
        subject,
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
    Ok(leave_draft(context, &letter).await?.draft_id)
}
