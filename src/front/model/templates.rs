//! Message templates and their folders.

use serde::Deserialize;

use super::{Attachment, Links, or_default};
use crate::{
    front::id::{InboxId, TemplateFolderId, TemplateId},
    untrusted::Untrusted,
};

/// A folder of message templates (`MessageTemplateFolderResponse`).
#[derive(Debug, Clone, Deserialize)]
pub struct TemplateFolder {
    /// Its id.
    pub id: TemplateFolderId,
    /// Its name.
    #[serde(default)]
    pub name: Untrusted,
    /// Links to the folder above it.
    #[serde(rename = "_links", default, deserialize_with = "or_default")]
    pub links: Links,
}

/// A message template (`MessageTemplateResponse`).
#[derive(Debug, Clone, Deserialize)]
pub struct Template {
    /// Its id.
    pub id: TemplateId,
    /// Its name.
    #[serde(default)]
    pub name: Untrusted,
    /// The subject of what is written with it.
    #[serde(default)]
    pub subject: Untrusted,
    /// HTML, with placeholders.
    #[serde(default)]
    pub body: Untrusted,
    /// Files.
    #[serde(default, deserialize_with = "or_default")]
    pub attachments: Vec<Attachment>,
    /// The inboxes it can be used in; all of them without.
    #[serde(default)]
    pub inbox_ids: Option<Vec<InboxId>>,
    /// Links to its folder.
    #[serde(rename = "_links", default, deserialize_with = "or_default")]
    pub links: Links,
}
