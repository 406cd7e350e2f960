//! What Front answers, as far as tools need it.
//!
//! Lenient where Front is loose (nulls, missing fields, empty lists) and strict where it
//! matters: ids are parsed, and what a person typed arrives as [`Untrusted`].

pub mod analytics;
mod contacts;
pub mod event;
mod people;

use compact_str::{CompactString, format_compact};
use serde::{Deserialize, Deserializer};

use super::id::{
    AccountId, AttachmentId, ChannelId, CommentId, ContactId, ContactListId, ConversationId,
    InboxId, Link, MessageId, TagId, TeamId, TeammateId, TemplateFolderId, TemplateId,
    TicketStatusId,
};
use crate::untrusted::Untrusted;

pub use self::{
    contacts::{AccountDetails, CustomField, Note},
    people::{Hours, Shift, TimeOff, Week},
};

/// `null` where a value has a natural zero.
fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// The company that a token is for (`IdentityResponse`).
#[derive(Debug, Clone, Deserialize)]
pub struct Company {
    /// Its id, such as `cmp_k30`.
    #[serde(default)]
    pub id: Untrusted,
    /// Its name.
    #[serde(default)]
    pub name: Untrusted,
}

/// A conversation (`ConversationResponse`).
#[derive(Debug, Clone, Deserialize)]
pub struct Conversation {
    /// Its id.
    pub id: ConversationId,
    /// `conversation`, `discussion` or `task`.
    #[serde(rename = "type", default, deserialize_with = "or_default")]
    pub kind: CompactString,
    /// The subject; empty for chats.
    #[serde(default)]
    pub subject: Untrusted,
    /// `archived`, `unassigned`, `assigned` or `deleted`.
    #[serde(default, deserialize_with = "or_default")]
    pub status: CompactString,
    /// The ticket status, where ticketing is on.
    #[serde(default)]
    pub status_id: Option<TicketStatusId>,
    /// The ticket status category, where ticketing is on.
    #[serde(default)]
    pub status_category: Option<String>,
    /// Ticket ids such as `TICKET-1`.
    #[serde(default, deserialize_with = "or_default")]
    pub ticket_ids: Vec<Untrusted>,
    /// Who it is assigned to.
    #[serde(default)]
    pub assignee: Option<Teammate>,
    /// The main counterpart.
    #[serde(default)]
    pub recipient: Option<Recipient>,
    /// Its tags.
    #[serde(default, deserialize_with = "or_default")]
    pub tags: Vec<Tag>,
    /// Custom fields by name.
    #[serde(default, deserialize_with = "or_default")]
    pub custom_fields: serde_json::Map<String, serde_json::Value>,
    /// Unix seconds.
    #[serde(default)]
    pub created_at: Option<f64>,
    /// Unix seconds of the last change.
    #[serde(default)]
    pub updated_at: Option<f64>,
    /// Unix seconds since which the counterpart waits.
    #[serde(default)]
    pub waiting_since: Option<f64>,
    /// Not shared.
    #[serde(default, deserialize_with = "or_default")]
    pub is_private: bool,
    /// When it comes back, if snoozed.
    #[serde(default, deserialize_with = "or_default")]
    pub scheduled_reminders: Vec<Reminder>,
    /// Links to its parts.
    #[serde(rename = "_links", default, deserialize_with = "or_default")]
    pub links: Links,
}

/// A snooze.
#[derive(Debug, Clone, Deserialize)]
pub struct Reminder {
    /// Unix seconds.
    #[serde(default)]
    pub scheduled_at: Option<f64>,
    /// Links to whose it is.
    #[serde(rename = "_links", default, deserialize_with = "or_default")]
    pub links: Links,
}

/// The links of a resource that name other resources.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Links {
    #[serde(default, deserialize_with = "or_default")]
    related: Related,
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

/// Somebody a message came from or went to (`RecipientResponse`).
#[derive(Debug, Clone, Deserialize)]
pub struct Recipient {
    /// The display name.
    #[serde(default)]
    pub name: Untrusted,
    /// The address, number or account.
    #[serde(default)]
    pub handle: Untrusted,
    /// `from`, `to`, `cc`, `bcc` or `reply-to`.
    #[serde(default, deserialize_with = "or_default")]
    pub role: CompactString,
    /// Links to its contact.
    #[serde(rename = "_links", default, deserialize_with = "or_default")]
    pub links: Links,
}

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

/// A contact (`ContactResponse`).
#[derive(Debug, Clone, Deserialize)]
pub struct Contact {
    /// Its id.
    pub id: ContactId,
    /// The name.
    #[serde(default)]
    pub name: Untrusted,
    /// What teammates noted in one line.
    #[serde(default)]
    pub description: Untrusted,
    /// Ways to reach it.
    #[serde(default, deserialize_with = "or_default")]
    pub handles: Vec<Handle>,
    /// Web addresses.
    #[serde(default, deserialize_with = "or_default")]
    pub links: Vec<Untrusted>,
    /// The lists it is on.
    #[serde(default, deserialize_with = "or_default")]
    pub lists: Vec<ContactList>,
    /// Custom fields by name.
    #[serde(default, deserialize_with = "or_default")]
    pub custom_fields: serde_json::Map<String, serde_json::Value>,
    /// Not shared.
    #[serde(default, deserialize_with = "or_default")]
    pub is_private: bool,
    /// Unix seconds of the last change, where Front says so.
    #[serde(default)]
    pub updated_at: Option<f64>,
}

/// One way to reach a contact (`ContactHandle`).
#[derive(Debug, Clone, Deserialize)]
pub struct Handle {
    /// `email`, `phone`, `twitter`, ...
    #[serde(default)]
    pub source: Untrusted,
    /// The address, number or account.
    #[serde(default)]
    pub handle: Untrusted,
}

/// A list of contacts (`ContactListResponses`).
#[derive(Debug, Clone, Deserialize)]
pub struct ContactList {
    /// Its id.
    pub id: ContactListId,
    /// Its name.
    #[serde(default)]
    pub name: Untrusted,
}

/// An account (`AccountResponse`).
#[derive(Debug, Clone, Deserialize)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Its name.
    #[serde(default)]
    pub name: Untrusted,
    /// Its mail domains.
    #[serde(default, deserialize_with = "or_default")]
    pub domains: Vec<Untrusted>,
}

/// An inbox (`InboxResponse`).
#[derive(Debug, Clone, Deserialize)]
pub struct Inbox {
    /// Its id.
    pub id: InboxId,
    /// Its name.
    #[serde(default)]
    pub name: Untrusted,
    /// One teammate's own.
    #[serde(default, deserialize_with = "or_default")]
    pub is_private: bool,
    /// Open to the whole team by default.
    #[serde(default)]
    pub is_public: Option<bool>,
}

/// A channel (`ChannelResponse`).
#[derive(Debug, Clone, Deserialize)]
pub struct Channel {
    /// Its id.
    pub id: ChannelId,
    /// Its name.
    #[serde(default)]
    pub name: Untrusted,
    /// The address that receives.
    #[serde(default)]
    pub address: Untrusted,
    /// The address that mail leaves under.
    #[serde(default)]
    pub send_as: Untrusted,
    /// `smtp`, `gmail`, `twilio`, `front_chat`, ...
    #[serde(rename = "type", default, deserialize_with = "or_default")]
    pub kind: CompactString,
    /// Its settings work.
    #[serde(default, deserialize_with = "or_default")]
    pub is_valid: bool,
    /// Links to its inbox.
    #[serde(rename = "_links", default, deserialize_with = "or_default")]
    pub links: Links,
}

impl Channel {
    /// The address that what is sent through it comes from.
    pub fn sender(&self) -> &Untrusted {
        match self.send_as.is_blank() {
            true => &self.address,
            false => &self.send_as,
        }
    }
}

/// A tag (`TagResponse`).
#[derive(Debug, Clone, Deserialize)]
pub struct Tag {
    /// Its id.
    pub id: TagId,
    /// Its name.
    #[serde(default)]
    pub name: Untrusted,
    /// What it is for.
    #[serde(default)]
    pub description: Untrusted,
    /// One teammate's own.
    #[serde(default, deserialize_with = "or_default")]
    pub is_private: bool,
    /// Links to the tag above it.
    #[serde(rename = "_links", default, deserialize_with = "or_default")]
    pub links: Links,
}

/// A ticket status (`StatusResponse`).
#[derive(Debug, Clone, Deserialize)]
pub struct TicketStatus {
    /// Its id.
    pub id: TicketStatusId,
    /// Its name.
    #[serde(default)]
    pub name: Untrusted,
}

/// What a custom field is (`CustomFieldResponse`).
#[derive(Debug, Clone, Deserialize)]
pub struct FieldDefinition {
    /// The name that values stand under.
    #[serde(default)]
    pub name: Untrusted,
}

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

/// A team (`TeamPreviewResponse`).
#[derive(Debug, Clone, Deserialize)]
pub struct Team {
    /// Its id.
    pub id: TeamId,
    /// Its name.
    #[serde(default)]
    pub name: Untrusted,
}

/// A teammate (`TeammateResponse`).
#[derive(Debug, Clone, Deserialize)]
pub struct Teammate {
    /// Its id.
    pub id: TeammateId,
    /// The address it signs in with.
    #[serde(default)]
    pub email: Untrusted,
    /// The name behind `@`.
    #[serde(default)]
    pub username: Untrusted,
    /// The first name.
    #[serde(default)]
    pub first_name: Untrusted,
    /// The last name.
    #[serde(default)]
    pub last_name: Untrusted,
    /// May change the company's settings.
    #[serde(default, deserialize_with = "or_default")]
    pub is_admin: bool,
    /// Takes assignments now.
    #[serde(default, deserialize_with = "or_default")]
    pub is_available: bool,
    /// Cannot sign in.
    #[serde(default, deserialize_with = "or_default")]
    pub is_blocked: bool,
}

impl Teammate {
    /// First and last name, or what there is of them, or the user name.
    pub fn name(&self) -> Untrusted {
        let full = format_compact!("{} {}", self.first_name.raw(), self.last_name.raw());
        match full.trim() {
            "" => self.username.clone(),
            name => Untrusted::new(name),
        }
    }
}
