//! Conversations, and who is in them.

use compact_str::CompactString;
use serde::Deserialize;

use super::{Links, Tag, Teammate, or_default};
use crate::{
    front::id::{ConversationId, TicketStatusId},
    untrusted::Untrusted,
};

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
