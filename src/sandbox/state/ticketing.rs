//! Ticketing, which a company has on or off, and which ticket status a conversation is in.

use std::collections::HashMap;

use super::{Conversation, Standing};
use crate::sandbox::id::Id;

/// A ticket status.
#[derive(Debug)]
pub(crate) struct TicketStatus {
    pub(crate) id: Id,
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    /// `open`, `waiting` or `resolved`.
    pub(crate) category: &'static str,
}

/// The three that Front gives every company, and one of its own.
static STATUSES: [TicketStatus; 4] = [
    status(101, "Open", "open", "New or being worked on"),
    status(102, "Waiting", "waiting", "Waiting for an answer"),
    status(103, "Resolved", "resolved", "Done"),
    status(
        104,
        "Waiting for parts",
        "waiting",
        "A supplier owes us a part",
    ),
];

const fn status(
    number: u64,
    name: &'static str,
    category: &'static str,
    description: &'static str,
) -> TicketStatus {
    TicketStatus {
        id: Id::new("sts", number),
        name,
        description,
        category,
    }
}

/// Off, until it is turned on.
#[derive(Debug, Default)]
pub(crate) struct Ticketing {
    is_on: bool,
    /// The status that was set; the others follow from where a conversation stands.
    chosen: HashMap<Id, Id>,
}

impl Ticketing {
    pub(crate) fn turn_on(&mut self) {
        self.is_on = true;
    }

    pub(crate) fn is_on(&self) -> bool {
        self.is_on
    }

    pub(crate) fn statuses(&self) -> &'static [TicketStatus] {
        if self.is_on { &STATUSES } else { &[] }
    }

    pub(crate) fn get(&self, id: Id) -> Option<&'static TicketStatus> {
        self.statuses().iter().find(|status| status.id == id)
    }

    pub(crate) fn set(&mut self, conversation: Id, status: Id) {
        self.chosen.insert(conversation, status);
    }

    /// It follows from where the conversation stands again.
    pub(crate) fn forget(&mut self, conversation: Id) {
        self.chosen.remove(&conversation);
    }

    pub(crate) fn status_of(&self, conversation: &Conversation) -> Option<&'static TicketStatus> {
        let chosen = self.chosen.get(&conversation.id);
        if let Some(status) = chosen.and_then(|id| self.get(*id)) {
            return Some(status);
        }
        let category = match conversation.standing {
            Standing::Open if conversation.reminder.is_some() => "waiting",
            Standing::Open => "open",
            Standing::Archived | Standing::Deleted | Standing::Spam => "resolved",
        };
        let mut statuses = self.statuses().iter();
        statuses.find(|status| status.category == category)
    }

    /// The plain status that a ticket status brings with it.
    pub(crate) fn standing(&self, status: Id) -> Option<&'static str> {
        Some(match self.get(status)?.category {
            "resolved" => "archived",
            _ => "open",
        })
    }
}
