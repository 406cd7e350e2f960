//! Who the token is for, and the people and rooms of the company.

use compact_str::{CompactString, format_compact};
use serde::Deserialize;

use super::{Links, or_default};
use crate::{
    front::id::{ChannelId, InboxId, TagId, TeamId, TeammateId, TicketStatusId},
    untrusted::Untrusted,
};

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
