//! What the company is made of: people, places mail arrives in, labels.

use serde_json::{Map, Value};

use super::{COMPANY, Row};
use crate::sandbox::{id::Id, random::Random};

/// The company that a token is for.
#[derive(Debug)]
pub(crate) struct Company {
    pub(crate) id: Id,
    pub(crate) name: String,
}

impl Company {
    /// The seeded one by its name, and by any other name another one.
    pub(crate) fn named(name: String) -> Self {
        let number = if name == COMPANY {
            74_864
        } else {
            Random::new(&name, 0).between(100_000, 1_000_000)
        };
        let id = Id::new("cmp", number);
        Self { id, name }
    }
}

/// Somebody who works in Front.
#[derive(Debug)]
pub(crate) struct Teammate {
    pub(crate) id: Id,
    pub(crate) email: String,
    pub(crate) username: String,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) is_admin: bool,
    pub(crate) is_available: bool,
    pub(crate) is_blocked: bool,
    pub(crate) custom_fields: Map<String, Value>,
}

/// A team, which Front also calls a workspace.
#[derive(Debug)]
pub(crate) struct Team {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) members: Vec<Id>,
}

/// A shared inbox.
#[derive(Debug)]
pub(crate) struct Inbox {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) team: Id,
    pub(crate) custom_fields: Map<String, Value>,
}

/// An address mail comes in and goes out by.
#[derive(Debug)]
pub(crate) struct Channel {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) address: String,
    pub(crate) kind: ChannelKind,
    pub(crate) inbox: Id,
    /// Its application says that it does not work.
    pub(crate) is_offline: bool,
}

/// The channel types this company uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChannelKind {
    Gmail,
    Smtp,
    Twilio,
    FrontChat,
    /// An application's own.
    Custom,
}

impl ChannelKind {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Gmail => "gmail",
            Self::Smtp => "smtp",
            Self::Twilio => "twilio",
            Self::FrontChat => "front_chat",
            Self::Custom => "custom",
        }
    }

    pub(crate) fn is_email(self) -> bool {
        matches!(self, Self::Gmail | Self::Smtp)
    }
}

/// A tag, possibly under another one.
#[derive(Debug)]
pub(crate) struct Tag {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) highlight: Option<String>,
    pub(crate) parent: Option<Id>,
    pub(crate) is_visible: bool,
    pub(crate) created_at: f64,
    pub(crate) updated_at: f64,
}

/// A customer's company.
#[derive(Debug)]
pub(crate) struct Account {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) domains: Vec<String>,
    pub(crate) external_id: Option<String>,
    pub(crate) custom_fields: Map<String, Value>,
    pub(crate) created_at: f64,
    pub(crate) updated_at: f64,
}

/// A list of contacts.
#[derive(Debug)]
pub(crate) struct ContactList {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) is_private: bool,
}

/// The definition of a custom field; `choices` only for an enum.
#[derive(Debug)]
pub(crate) struct CustomField {
    pub(crate) id: Id,
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) choices: &'static [&'static str],
}

macro_rules! rows {
    ($($row:ty),+) => {
        $(impl Row for $row {
            fn id(&self) -> Id {
                self.id
            }
        })+
    };
}

rows!(Teammate, Team, Inbox, Channel, Tag, Account, ContactList);
