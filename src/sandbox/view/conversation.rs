//! Conversations and comments.

use serde::Serialize;
use serde_json::{Map, Value};

use super::{
    company::{TagView, TeammateView, tag, teammate},
    links::{Link, Links, Related},
    message::{RecipientView, recipient},
};
use crate::sandbox::{
    id::Id,
    state::{Comment, Conversation, Reminder, State},
};

#[derive(Debug, Serialize)]
pub(crate) struct ConversationView<'a> {
    _links: ConversationLinks,
    id: Id,
    r#type: &'static str,
    subject: &'a str,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_id: Option<Id>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_category: Option<&'static str>,
    ticket_ids: [&'a str; 0],
    assignee: Option<TeammateView<'a>>,
    recipient: Option<RecipientView<'a>>,
    tags: Vec<TagView<'a>>,
    links: [&'a str; 0],
    custom_fields: &'a Map<String, Value>,
    created_at: f64,
    updated_at: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    waiting_since: Option<f64>,
    is_private: bool,
    scheduled_reminders: Vec<ReminderView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due_at: Option<f64>,
    metadata: ConversationMetadata<'a>,
}

#[derive(Debug, Serialize)]
struct ConversationLinks {
    #[serde(rename = "self")]
    itself: Link,
    related: ConversationRelated,
}

#[derive(Debug, Serialize)]
struct ConversationRelated {
    events: Link,
    followers: Link,
    messages: Link,
    comments: Link,
    inboxes: Link,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_message: Option<Link>,
}

#[derive(Debug, Serialize)]
struct ConversationMetadata<'a> {
    external_conversation_ids: [&'a str; 0],
}

#[derive(Debug, Serialize)]
struct ReminderView {
    _links: ReminderLinks,
    created_at: f64,
    scheduled_at: f64,
    updated_at: f64,
}

#[derive(Debug, Serialize)]
struct ReminderLinks {
    related: Related<1>,
}

pub(crate) fn conversation<'a>(
    state: &'a State,
    conversation: &'a Conversation,
) -> ConversationView<'a> {
    let itself = Link::to("conversations", conversation.id);
    let ticket = state.ticketing.status_of(conversation);
    ConversationView {
        _links: ConversationLinks {
            itself,
            related: ConversationRelated {
                events: itself.under("/events"),
                followers: itself.under("/followers"),
                messages: itself.under("/messages"),
                comments: itself.under("/comments"),
                inboxes: itself.under("/inboxes"),
                last_message: conversation
                    .messages
                    .last()
                    .map(|last| Link::to("messages", *last).under("?referer=conversation")),
            },
        },
        id: conversation.id,
        r#type: conversation.kind.as_str(),
        subject: &conversation.subject,
        status: conversation.status(),
        status_id: ticket.map(|status| status.id),
        status_category: ticket.map(|status| status.category),
        ticket_ids: [],
        assignee: conversation
            .assignee
            .and_then(|id| state.teammates.get(id))
            .map(teammate),
        recipient: conversation.recipient.as_ref().map(recipient),
        tags: conversation
            .tags
            .iter()
            .filter_map(|id| state.tags.get(*id))
            .map(tag)
            .collect(),
        links: [],
        custom_fields: &conversation.custom_fields,
        created_at: conversation.created_at,
        updated_at: conversation.updated_at,
        waiting_since: conversation.waiting_since,
        is_private: false,
        scheduled_reminders: conversation.reminder.iter().map(reminder).collect(),
        description: conversation.description.as_deref(),
        due_at: conversation.due_at,
        metadata: ConversationMetadata {
            external_conversation_ids: [],
        },
    }
}

fn reminder(reminder: &Reminder) -> ReminderView {
    ReminderView {
        _links: ReminderLinks {
            related: Related([("owner", Some(Link::to("teammates", reminder.owner)))]),
        },
        created_at: reminder.created_at,
        scheduled_at: reminder.scheduled_at,
        updated_at: reminder.created_at,
    }
}

#[derive(Debug, Serialize)]
pub(crate) struct CommentView<'a> {
    _links: Links<3>,
    id: Id,
    author: Option<TeammateView<'a>>,
    body: &'a str,
    posted_at: f64,
    attachments: [&'a str; 0],
    is_pinned: bool,
}

pub(crate) fn comment<'a>(state: &'a State, comment: &'a Comment) -> CommentView<'a> {
    let itself = Link::to("comments", comment.id);
    CommentView {
        _links: Links {
            itself,
            related: Related([
                (
                    "conversation",
                    Some(Link::to("conversations", comment.conversation)),
                ),
                ("mentions", Some(itself.under("/mentions"))),
                (
                    "comment_replied_to",
                    comment.replied_to.map(|id| Link::to("comments", id)),
                ),
            ]),
        },
        id: comment.id,
        author: state.teammates.get(comment.author).map(teammate),
        body: &comment.body,
        posted_at: comment.posted_at,
        attachments: [],
        is_pinned: comment.is_pinned,
    }
}
