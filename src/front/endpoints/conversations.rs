//! Conversations: lists, search, one conversation and its parts.

use serde_json::{Value, json};

use crate::front::{
    client::Endpoint,
    id::{ConversationId, InboxId, TagId, TeammateId},
    model::{Comment, Conversation, Inbox, Message},
    page::Page,
    path::Segment,
};

/// The statuses that a list takes (`q[statuses]`); search has other words.
fn statuses_query(statuses: &[&'static str]) -> Vec<(String, String)> {
    statuses
        .iter()
        .map(|status| ("q[statuses]".to_owned(), (*status).to_owned()))
        .collect()
}

/// `GET /conversations`: the whole company's, newest activity first.
#[derive(Debug)]
pub struct ListConversations {
    /// `assigned`, `unassigned`, `archived`, `trashed`; all of them when empty.
    pub statuses: Vec<&'static str>,
}

impl Endpoint for ListConversations {
    const OPERATION: &'static str = "list-conversations";
    type Answer = Page<Conversation>;
    fn query(&self) -> Vec<(String, String)> {
        let mut query = statuses_query(&self.statuses);
        query.push(("sort_by".into(), "date".into()));
        query.push(("sort_order".into(), "desc".into()));
        query
    }
}

/// `GET /inboxes/{inbox_id}/conversations`.
#[derive(Debug)]
pub struct ListInboxConversations {
    /// The inbox.
    pub inbox: InboxId,
    /// As for [`ListConversations`].
    pub statuses: Vec<&'static str>,
}

impl Endpoint for ListInboxConversations {
    const OPERATION: &'static str = "list-inbox-conversations";
    type Answer = Page<Conversation>;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.inbox.segment()]
    }
    fn query(&self) -> Vec<(String, String)> {
        statuses_query(&self.statuses)
    }
}

/// `GET /tags/{tag_id}/conversations`.
#[derive(Debug)]
pub struct ListTagConversations {
    /// The tag.
    pub tag: TagId,
    /// As for [`ListConversations`].
    pub statuses: Vec<&'static str>,
}

impl Endpoint for ListTagConversations {
    const OPERATION: &'static str = "list-tagged-conversations";
    type Answer = Page<Conversation>;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.tag.segment()]
    }
    fn query(&self) -> Vec<(String, String)> {
        statuses_query(&self.statuses)
    }
}

/// `GET /teammates/{teammate_id}/conversations`: those assigned to a teammate.
#[derive(Debug)]
pub struct ListTeammateConversations {
    /// The teammate.
    pub teammate: TeammateId,
    /// As for [`ListConversations`].
    pub statuses: Vec<&'static str>,
}

impl Endpoint for ListTeammateConversations {
    const OPERATION: &'static str = "list-assigned-conversations";
    type Answer = Page<Conversation>;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.teammate.segment()]
    }
    fn query(&self) -> Vec<(String, String)> {
        statuses_query(&self.statuses)
    }
}

/// `GET /conversations/search/{query}`: counts against the tighter search limit.
#[derive(Debug)]
pub struct SearchConversations {
    /// The query, encoded as one segment.
    pub query: Segment,
}

impl Endpoint for SearchConversations {
    const OPERATION: &'static str = "search-conversations";
    type Answer = Page<Conversation>;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.query.clone()]
    }
}

/// An endpoint below one conversation that takes nothing else.
macro_rules! of_conversation {
    ($($(#[$doc:meta])* $name:ident = $operation:literal -> $answer:ty;)+) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name {
            /// The conversation.
            pub conversation: ConversationId,
        }

        impl Endpoint for $name {
            const OPERATION: &'static str = $operation;
            type Answer = $answer;
            fn parameters(&self) -> Vec<Segment> {
                vec![self.conversation.segment()]
            }
        }
    )+};
}

of_conversation! {
    /// `GET /conversations/{conversation_id}`.
    GetConversation = "get-conversation-by-id" -> Conversation;
    /// `GET /conversations/{conversation_id}/comments`: all of them.
    ListComments = "list-conversation-comments" -> Page<Comment>;
    /// `GET /conversations/{conversation_id}/drafts`.
    ListDrafts = "list-conversation-drafts" -> Page<Message>;
    /// `GET /conversations/{conversation_id}/inboxes`.
    ListInboxesOfConversation = "list-conversation-inboxes" -> Page<Inbox>;
}

/// `POST /conversations/{conversation_id}/tags`: adds, and leaves the others.
#[derive(Debug)]
pub struct AddTags {
    /// The conversation.
    pub conversation: ConversationId,
    /// Tags to add.
    pub tags: Vec<TagId>,
}

impl Endpoint for AddTags {
    const OPERATION: &'static str = "add-conversation-tag";
    type Answer = ();
    fn parameters(&self) -> Vec<Segment> {
        vec![self.conversation.segment()]
    }
    fn body(&self) -> Option<Value> {
        Some(json!({ "tag_ids": self.tags }))
    }
}

/// `DELETE /conversations/{conversation_id}/tags`: takes off, and leaves the others.
#[derive(Debug)]
pub struct RemoveTags {
    /// The conversation.
    pub conversation: ConversationId,
    /// Tags to take off.
    pub tags: Vec<TagId>,
}

impl Endpoint for RemoveTags {
    const OPERATION: &'static str = "remove-conversation-tag";
    type Answer = ();
    fn parameters(&self) -> Vec<Segment> {
        vec![self.conversation.segment()]
    }
    fn body(&self) -> Option<Value> {
        Some(json!({ "tag_ids": self.tags }))
    }
}

/// `GET /conversations/{conversation_id}/messages`, newest first.
#[derive(Debug)]
pub struct ListMessages {
    /// The conversation.
    pub conversation: ConversationId,
}

impl Endpoint for ListMessages {
    const OPERATION: &'static str = "list-conversation-messages";
    type Answer = Page<Message>;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.conversation.segment()]
    }
    fn query(&self) -> Vec<(String, String)> {
        vec![
            ("sort_by".into(), "created_at".into()),
            ("sort_order".into(), "desc".into()),
        ]
    }
}
