//! The links by which one thing names another.

use serde::Deserialize;

use super::or_default;
use crate::front::id::{
    ContactId, ConversationId, InboxId, Link, MessageId, TagId, TeammateId, TemplateFolderId,
};

/// The links of a resource that name other resources.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Links {
    #[serde(default, deserialize_with = "or_default")]
    related: Related,
}

impl Links {
    /// The conversation it belongs to.
    pub fn conversation(&self) -> Option<ConversationId> {
        self.related.conversation.id()
    }
    /// The message that it answers.
    pub fn message_replied_to(&self) -> Option<MessageId> {
        self.related.message_replied_to.id()
    }
    /// The last message.
    pub fn last_message(&self) -> Option<MessageId> {
        self.related.last_message.id()
    }
    /// The tag above it.
    pub fn parent_tag(&self) -> Option<TagId> {
        self.related.parent_tag.id()
    }
    /// The inbox it feeds.
    pub fn inbox(&self) -> Option<InboxId> {
        self.related.inbox.id()
    }
    /// The teammate it belongs to.
    pub fn owner(&self) -> Option<TeammateId> {
        self.related.owner.id()
    }
    /// The teammate whom a time off belongs to.
    pub fn teammate(&self) -> Option<TeammateId> {
        self.related.teammate.id()
    }
    /// The template folder that it lies in.
    pub fn parent_folder(&self) -> Option<TemplateFolderId> {
        self.related.parent_folder.id()
    }
    /// The contact behind a recipient.
    pub fn contact(&self) -> Option<ContactId> {
        self.related.contact.id()
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Related {
    #[serde(default)]
    conversation: Link<ConversationId>,
    #[serde(default)]
    message_replied_to: Link<MessageId>,
    #[serde(default)]
    last_message: Link<MessageId>,
    #[serde(default)]
    parent_tag: Link<TagId>,
    #[serde(default)]
    inbox: Link<InboxId>,
    #[serde(default)]
    contact: Link<ContactId>,
    #[serde(default)]
    owner: Link<TeammateId>,
    teammate: Link<TeammateId>,
    parent_folder: Link<TemplateFolderId>,
}
