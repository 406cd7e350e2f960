//! Messages, recipients, attachments.

use serde::Serialize;

use super::{
    company::{TeammateView, teammate},
    links::{Link, Related},
};
use crate::sandbox::{
    id::Id,
    state::{Attachment, DraftMode, Message, MessageKind, Recipient, Role, State},
};

#[derive(Debug, Serialize)]
pub(crate) struct RecipientView<'a> {
    _links: RecipientLinks,
    name: Option<&'a str>,
    handle: &'a str,
    role: Role,
}

#[derive(Debug, Serialize)]
struct RecipientLinks {
    related: Related<1>,
}

pub(crate) fn recipient(recipient: &Recipient) -> RecipientView<'_> {
    RecipientView {
        _links: RecipientLinks {
            related: Related([(
                "contact",
                recipient.contact.map(|id| Link::to("contacts", id)),
            )]),
        },
        name: recipient.name.as_deref(),
        handle: &recipient.handle,
        role: recipient.role,
    }
}

#[derive(Debug, Serialize)]
pub(crate) struct MessageView<'a> {
    _links: MessageLinks,
    id: Id,
    message_uid: &'a str,
    r#type: &'static str,
    is_inbound: bool,
    draft_mode: Option<DraftMode>,
    error_type: Option<&'static str>,
    version: Option<&'a str>,
    created_at: f64,
    subject: &'a str,
    blurb: &'a str,
    author: Option<TeammateView<'a>>,
    recipients: Vec<RecipientView<'a>>,
    body: &'a str,
    text: &'a str,
    attachments: Vec<AttachmentView<'a>>,
    signature: Option<&'a str>,
    metadata: MessageMetadata,
}

#[derive(Debug, Serialize)]
struct MessageLinks {
    #[serde(rename = "self")]
    itself: Link,
    related: MessageRelated,
}

#[derive(Debug, Serialize)]
struct MessageRelated {
    conversation: Link,
    #[serde(skip_serializing_if = "Option::is_none")]
    message_replied_to: Option<Link>,
    message_seen: Link,
}

#[derive(Debug, Serialize)]
struct MessageMetadata {
    #[serde(skip_serializing_if = "Option::is_none")]
    chat_visitor_url: Option<&'static str>,
}

pub(crate) fn message<'a>(state: &'a State, message: &'a Message) -> MessageView<'a> {
    let itself = Link::to("messages", message.id);
    MessageView {
        _links: MessageLinks {
            itself,
            related: MessageRelated {
                conversation: Link::to("conversations", message.conversation),
                message_replied_to: message.replied_to.map(|id| Link::to("messages", id)),
                message_seen: itself.under("/seen"),
            },
        },
        id: message.id,
        message_uid: &message.uid,
        r#type: message.kind.as_str(),
        is_inbound: message.is_inbound,
        draft_mode: message.draft,
        error_type: message.error_type,
        version: message.version.as_deref(),
        created_at: message.created_at,
        subject: &message.subject,
        blurb: &message.blurb,
        author: message
            .author
            .and_then(|id| state.teammates.get(id))
            .map(teammate),
        recipients: message.recipients.iter().map(recipient).collect(),
        body: &message.body,
        text: &message.text,
        attachments: message
            .attachments
            .iter()
            .filter_map(|id| state.attachments.get(*id))
            .map(attachment)
            .collect(),
        signature: None,
        metadata: MessageMetadata {
            chat_visitor_url: (message.kind == MessageKind::FrontChat && message.is_inbound)
                .then_some("https://www.larkspur-cycles.example/shop"),
        },
    }
}

#[derive(Debug, Serialize)]
struct AttachmentView<'a> {
    id: Id,
    filename: &'a str,
    url: Link,
    content_type: &'a str,
    size: u64,
    metadata: AttachmentMetadata<'a>,
}

#[derive(Debug, Serialize)]
struct AttachmentMetadata<'a> {
    is_inline: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    cid: Option<&'a str>,
}

fn attachment(attachment: &Attachment) -> AttachmentView<'_> {
    AttachmentView {
        id: attachment.id,
        filename: &attachment.filename,
        url: Link::to("download", attachment.id),
        content_type: &attachment.content_type,
        size: attachment.size,
        metadata: AttachmentMetadata {
            is_inline: attachment.cid.is_some(),
            cid: attachment.cid.as_deref(),
        },
    }
}
