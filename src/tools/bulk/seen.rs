//! What a look at a conversation saw of what people decide by, and what moved since.

use schemars::JsonSchema;
use serde::Serialize;

use super::change::Kind;
use crate::{
    front::{
        id::{MessageId, TeammateId},
        model::Conversation,
    },
    tools::conversation_row::Status,
};

/// A conversation when it was looked at. A tag moves none of it but the time of the last change.
#[derive(Clone, Debug)]
pub struct Seen {
    status: Status,
    assignee: Option<TeammateId>,
    last_message: Option<MessageId>,
    updated_at: Option<f64>,
}

/// What of a conversation is no longer as the dry run saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Moved {
    /// It is in the trash now.
    Trashed,
    /// Somebody else has it, or nobody.
    Assignee,
    /// A message came or went.
    NewMessage,
    /// It was opened, archived or snoozed.
    Status,
    /// Something, after a change that nobody knows the outcome of.
    Something,
}

impl Moved {
    /// In a reader's words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Trashed => "it was trashed",
            Self::Assignee => "its assignee is another",
            Self::NewMessage => "it has a newer message",
            Self::Status => "its status is another",
            Self::Something => "it was changed after an attempt whose outcome is unknown",
        }
    }
}

impl Seen {
    /// Out of what Front answered.
    pub fn of(conversation: &Conversation) -> Self {
        Self {
            status: Status::of(conversation),
            assignee: conversation.assignee.as_ref().map(|one| one.id.clone()),
            last_message: conversation.links.last_message(),
            updated_at: conversation.updated_at,
        }
    }

    /// When Front says it was last changed.
    pub const fn updated_at(&self) -> Option<f64> {
        self.updated_at
    }

    /// What moved until now that somebody may have decided otherwise by.
    pub fn moved(&self, kind: Kind, now: &Self) -> Option<Moved> {
        let (decides_assignee, decides_all) = match kind {
            Kind::Tag | Kind::Untag => (false, false),
            Kind::Assign => (true, false),
            Kind::Archive => (true, true),
        };
        if now.status == Status::Trashed && self.status != Status::Trashed {
            return Some(Moved::Trashed);
        }
        if decides_assignee && now.assignee != self.assignee {
            return Some(Moved::Assignee);
        }
        if decides_all && now.last_message.is_some() && now.last_message != self.last_message {
            return Some(Moved::NewMessage);
        }
        (decides_all && now.status != self.status).then_some(Moved::Status)
    }
}
