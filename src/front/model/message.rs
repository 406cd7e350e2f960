//! What is written: messages, drafts, comments and their files.

use compact_str::CompactString;
use serde::{Deserialize, Deserializer};

use super::{Links, Recipient, Teammate, or_default};
use crate::{
    front::id::{AttachmentId, CommentId, MessageId},
    untrusted::Untrusted,
};

/// A message or a draft (`MessageResponse`).
#[derive(Debug, Clone, Deserialize)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// Front's other identifier, known before the id when sending.
    #[serde(default)]
    pub message_uid: Option<String>,
    /// `email`, `sms`, `front_chat`, ...
    #[serde(rename = "type", default, deserialize_with = "or_default")]
    pub kind: CompactString,
    /// Received rather than sent.
    #[serde(default, deserialize_with = "or_default")]
    pub is_inbound: bool,
    /// `shared` or `private` for a draft.
    #[serde(default)]
    pub draft_mode: Option<String>,
    /// Why it could not be delivered.
    #[serde(default)]
    pub error_type: Option<Untrusted>,
    /// What an edit of a draft must name.
    #[serde(default)]
    pub version: Option<Untrusted>,
    /// Unix seconds.
    #[serde(default)]
    pub created_at: Option<f64>,
    /// The subject.
    #[serde(default)]
    pub subject: Untrusted,
    /// The first lines.
    #[serde(default)]
    pub blurb: Untrusted,
    /// The teammate who wrote it; none for inbound ones.
    #[serde(default)]
    pub author: Option<Teammate>,
    /// From, to, cc, bcc.
    #[serde(default, deserialize_with = "or_default")]
    pub recipients: Vec<Recipient>,
    /// HTML for e-mail, text otherwise.
    #[serde(default)]
    pub body: Untrusted,
    /// The plain text.
    #[serde(default)]
    pub text: Untrusted,
    /// Files.
    #[serde(default, deserialize_with = "or_default")]
    pub attachments: Vec<Attachment>,
    /// Links to its conversation.
    #[serde(rename = "_links", default, deserialize_with = "or_default")]
    pub links: Links,
}

/// A file (`Attachment`).
#[derive(Debug, Clone, Deserialize)]
pub struct Attachment {
    /// Its id, where Front gives one of the usual form.
    #[serde(default, deserialize_with = "id_or_nothing")]
    pub id: Option<AttachmentId>,
    /// The file name.
    #[serde(default)]
    pub filename: Untrusted,
    /// The media type.
    #[serde(default)]
    pub content_type: Untrusted,
    /// Bytes.
    #[serde(default)]
    pub size: Option<u64>,
}

fn id_or_nothing<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<AttachmentId>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    Ok(text.as_deref().and_then(AttachmentId::parse))
}

/// An internal comment (`CommentResponse`).
#[derive(Debug, Clone, Deserialize)]
pub struct Comment {
    /// Its id.
    pub id: CommentId,
    /// Who wrote it.
    #[serde(default)]
    pub author: Option<Teammate>,
    /// Its text, perhaps Markdown.
    #[serde(default)]
    pub body: Untrusted,
    /// Unix seconds.
    #[serde(default)]
    pub posted_at: Option<f64>,
    /// Files.
    #[serde(default, deserialize_with = "or_default")]
    pub attachments: Vec<Attachment>,
    /// Links to its conversation.
    #[serde(rename = "_links", default, deserialize_with = "or_default")]
    pub links: Links,
}
