//! Messages, drafts, their recipients and files.

use std::{borrow::Cow, sync::Arc};

use bytes::Bytes;
use serde::Serialize;

use super::Row;
use crate::sandbox::id::Id;

/// A message, or a draft of one.
#[derive(Debug)]
pub(crate) struct Message {
    pub(crate) id: Id,
    pub(crate) uid: String,
    pub(crate) conversation: Id,
    pub(crate) channel: Id,
    pub(crate) kind: MessageKind,
    pub(crate) is_inbound: bool,
    /// Set on drafts only.
    pub(crate) draft: Option<DraftMode>,
    /// The optimistic lock of a draft.
    pub(crate) version: Option<String>,
    pub(crate) created_at: f64,
    pub(crate) subject: String,
    pub(crate) blurb: String,
    /// None on what customers wrote.
    pub(crate) author: Option<Id>,
    pub(crate) recipients: Vec<Recipient>,
    pub(crate) body: String,
    pub(crate) text: String,
    pub(crate) attachments: Vec<Id>,
    pub(crate) replied_to: Option<Id>,
    pub(crate) error_type: Option<&'static str>,
}

/// The message types this company's channels carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MessageKind {
    Email,
    Sms,
    FrontChat,
    Custom,
}

impl MessageKind {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
            Self::FrontChat => "front_chat",
            Self::Custom => "custom",
        }
    }
}

/// Who sees a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum DraftMode {
    Private,
    Shared,
}

/// Someone a message is from or to.
#[derive(Clone, Debug)]
pub(crate) struct Recipient {
    pub(crate) name: Option<Arc<str>>,
    pub(crate) handle: Arc<str>,
    pub(crate) role: Role,
    pub(crate) contact: Option<Id>,
}

/// In which role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Role {
    From,
    To,
    Cc,
    Bcc,
    ReplyTo,
}

/// A file on a message.
#[derive(Debug)]
pub(crate) struct Attachment {
    pub(crate) id: Id,
    pub(crate) filename: String,
    pub(crate) content_type: Cow<'static, str>,
    pub(crate) size: u64,
    /// The content id of an inline image.
    pub(crate) cid: Option<String>,
    /// None where the sandbox knows the file's name only.
    pub(crate) content: Option<Bytes>,
}

/// The media types of the seed's files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileKind {
    Png,
    Jpeg,
    Pdf,
    Csv,
}

impl FileKind {
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Pdf => "application/pdf",
            Self::Csv => "text/csv",
        }
    }
}

/// One message that left: what the outbox remembers of it.
#[derive(Debug, Serialize)]
pub(crate) struct Sent {
    pub(crate) message_uid: String,
    pub(crate) message_id: Id,
    pub(crate) conversation_id: Id,
    pub(crate) channel_id: Id,
    pub(crate) to: Vec<String>,
    pub(crate) cc: Vec<String>,
    pub(crate) bcc: Vec<String>,
    pub(crate) subject: String,
    pub(crate) body: String,
    pub(crate) text: Option<String>,
    pub(crate) author_id: Option<Id>,
    pub(crate) sender_name: Option<String>,
    pub(crate) archive: bool,
    pub(crate) tag_ids: Vec<Id>,
    pub(crate) attachments: Vec<SentFile>,
    pub(crate) at: f64,
}

/// A file of a message that left.
#[derive(Debug, Serialize)]
pub(crate) struct SentFile {
    pub(crate) id: Id,
    pub(crate) filename: String,
    pub(crate) content_type: String,
    pub(crate) size: u64,
    pub(crate) sha256: String,
}

impl Row for Message {
    fn id(&self) -> Id {
        self.id
    }
}

impl Row for Attachment {
    fn id(&self) -> Id {
        self.id
    }
}
