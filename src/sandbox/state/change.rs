//! What was done to conversations: the events that no message and no comment tells of.

use super::Row;
use crate::sandbox::id::Id;

/// One event. Those of messages and comments are not kept: they follow from these.
#[derive(Debug)]
pub(crate) struct Change {
    pub(crate) id: Id,
    pub(crate) conversation: Id,
    pub(crate) at: f64,
    pub(crate) by: By,
    pub(crate) what: What,
}

/// Who or what did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// The token.
    Api,
    /// A snooze, which takes a conversation out of the inbox.
    Reminder,
    /// Whom a message went to.
    Recipient,
    Teammate(Id),
}

/// What was done, and with what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Assign(Id),
    Unassign,
    Archive,
    Reopen,
    Trash,
    Restore,
    Tag(Id),
    Untag(Id),
    Move(Id),
    CustomField(Id),
    TicketStatus,
    /// In this comment.
    Mention(Id),
    /// Of this message.
    SendingError(Id),
}

impl What {
    /// Front's word for it.
    pub(crate) fn kind(self) -> &'static str {
        match self {
            Self::Assign(_) => "assign",
            Self::Unassign => "unassign",
            Self::Archive => "archive",
            Self::Reopen => "reopen",
            Self::Trash => "trash",
            Self::Restore => "restore",
            Self::Tag(_) => "tag",
            Self::Untag(_) => "untag",
            Self::Move(_) => "move",
            Self::CustomField(_) => "custom_field_updated",
            Self::TicketStatus => "ticket_status_update",
            Self::Mention(_) => "mention",
            Self::SendingError(_) => "sending_error",
        }
    }
}

impl Row for Change {
    fn id(&self) -> Id {
        self.id
    }
}
