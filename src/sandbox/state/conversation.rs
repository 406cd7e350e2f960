//! Conversations and the teammates' talk about them.

use serde_json::{Map, Value};

use super::{Recipient, Row, Teammate};
use crate::sandbox::id::Id;

/// A thread of messages, or an internal discussion without any.
#[derive(Debug)]
pub(crate) struct Conversation {
    pub(crate) id: Id,
    pub(crate) kind: Kind,
    pub(crate) subject: String,
    pub(crate) description: Option<String>,
    pub(crate) due_at: Option<f64>,
    pub(crate) standing: Standing,
    pub(crate) assignee: Option<Id>,
    pub(crate) recipient: Option<Recipient>,
    pub(crate) inbox: Id,
    pub(crate) tags: Vec<Id>,
    pub(crate) followers: Vec<Id>,
    /// Oldest first.
    pub(crate) messages: Vec<Id>,
    pub(crate) drafts: Vec<Id>,
    pub(crate) comments: Vec<Id>,
    pub(crate) custom_fields: Map<String, Value>,
    pub(crate) created_at: f64,
    pub(crate) updated_at: f64,
    /// Since when the customer waits; none when the last word is ours.
    pub(crate) waiting_since: Option<f64>,
    pub(crate) reminder: Option<Reminder>,
}

/// Front's conversation types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Conversation,
    Discussion,
}

/// Where a conversation is; whether an open one is assigned is told by its assignee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Open,
    Archived,
    Deleted,
    Spam,
}

/// A snooze.
#[derive(Clone, Debug)]
pub(crate) struct Reminder {
    pub(crate) owner: Id,
    pub(crate) created_at: f64,
    pub(crate) scheduled_at: f64,
}

/// A teammate's comment, which customers never see.
#[derive(Debug)]
pub(crate) struct Comment {
    pub(crate) id: Id,
    pub(crate) conversation: Id,
    pub(crate) author: Id,
    pub(crate) body: String,
    pub(crate) posted_at: f64,
    pub(crate) is_pinned: bool,
    pub(crate) replied_to: Option<Id>,
}

impl Kind {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Conversation => "conversation",
            Self::Discussion => "discussion",
        }
    }
}

impl Conversation {
    /// The word objects use. Snoozed conversations say `archived`; spam leaves the inboxes as the trash does.
    pub(crate) fn status(&self) -> &'static str {
        match self.standing {
            Standing::Open if self.reminder.is_some() => "archived",
            Standing::Open if self.assignee.is_some() => "assigned",
            Standing::Open => "unassigned",
            Standing::Archived => "archived",
            Standing::Deleted | Standing::Spam => "deleted",
        }
    }

    pub(crate) fn is_snoozed(&self) -> bool {
        self.reminder.is_some() && !self.is_trashed()
    }

    pub(crate) fn is_trashed(&self) -> bool {
        matches!(self.standing, Standing::Deleted | Standing::Spam)
    }

    pub(crate) fn is_open(&self) -> bool {
        self.standing == Standing::Open && self.reminder.is_none()
    }
}

impl Comment {
    /// Whether it names a teammate as Front reads it: `@` and the user name.
    pub(crate) fn mentions(&self, teammate: &Teammate) -> bool {
        self.body.contains(&format!("@{}", teammate.username))
    }
}

impl Row for Conversation {
    fn id(&self) -> Id {
        self.id
    }
}

impl Row for Comment {
    fn id(&self) -> Id {
        self.id
    }
}
