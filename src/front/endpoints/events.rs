//! What happened, newest first.

use crate::front::{
    client::Endpoint,
    id::{ConversationId, EventId, InboxId},
    model::event::Event,
    page::Page,
    path::Segment,
};

/// `GET /events`: pages of 15 at the most.
#[derive(Debug, Default)]
pub struct ListEvents {
    /// Any of Front's types; all when empty.
    pub types: Vec<&'static str>,
    /// In any of these inboxes; in all when empty.
    pub inboxes: Vec<InboxId>,
    /// After, Unix seconds.
    pub after: Option<i64>,
    /// Before, Unix seconds.
    pub before: Option<i64>,
}

impl Endpoint for ListEvents {
    const OPERATION: &'static str = "list-events";
    type Answer = Page<Event>;
    fn query(&self) -> Vec<(String, String)> {
        let types = self.types.iter().map(|one| ("types", (*one).to_owned()));
        let inboxes = self.inboxes.iter().map(|id| ("inboxes", id.to_string()));
        let after = self.after.map(|at| ("after", at.to_string()));
        let before = self.before.map(|at| ("before", at.to_string()));
        types
            .chain(inboxes)
            .chain(after)
            .chain(before)
            .map(|(name, value)| (format!("q[{name}]"), value))
            .collect()
    }
}

/// `GET /conversations/{conversation_id}/events`: pages, and no filters.
#[derive(Debug)]
pub struct ListConversationEvents {
    /// The conversation.
    pub conversation: ConversationId,
}

impl Endpoint for ListConversationEvents {
    const OPERATION: &'static str = "list-conversation-events";
    type Answer = Page<Event>;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.conversation.segment()]
    }
}

/// `GET /events/{event_id}`.
#[derive(Debug)]
pub struct GetEvent {
    /// The event.
    pub event: EventId,
}

impl Endpoint for GetEvent {
    const OPERATION: &'static str = "get-event";
    type Answer = Event;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.event.segment()]
    }
}
