//! Events: those of messages and comments, which follow from them, and those of changes, which are kept.

use serde::Serialize;

use super::{
    company::{
        CustomFieldView, InboxView, TagView, TeammateView, custom_field, inbox, tag, teammate,
    },
    conversation::{CommentView, ConversationView, comment, conversation},
    links::{Link, Links, Related},
    message::{MessageView, message},
};
use crate::sandbox::{
    id::Id,
    state::{By, Change, Comment, Message, State, What},
};

/// What an event is about.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Happening<'a> {
    Message(&'a Message),
    Comment(&'a Comment),
    Change(&'a Change),
}

impl Happening<'_> {
    pub(crate) fn at(&self) -> f64 {
        match self {
            Self::Message(message) => message.created_at,
            Self::Comment(comment) => comment.posted_at,
            Self::Change(change) => change.at,
        }
    }

    pub(crate) fn conversation(&self) -> Id {
        match self {
            Self::Message(message) => message.conversation,
            Self::Comment(comment) => comment.conversation,
            Self::Change(change) => change.conversation,
        }
    }

    /// Front's word for it.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Message(message) if message.is_inbound => "inbound",
            Self::Message(message) if message.replied_to.is_some() => "out_reply",
            Self::Message(_) => "outbound",
            Self::Comment(_) => "comment",
            Self::Change(change) => change.what.kind(),
        }
    }

    /// Even numbers for messages, odd ones for comments: an event is found again from its id.
    /// That of a change has one of its own.
    pub(crate) fn id(&self) -> Id {
        match self {
            Self::Message(message) => Id::new("evt", message.id.number() * 2),
            Self::Comment(comment) => Id::new("evt", comment.id.number() * 2 + 1),
            Self::Change(change) => change.id,
        }
    }
}

#[derive(Debug, Serialize)]
pub(crate) struct EventView<'a> {
    _links: Links<0>,
    id: Id,
    r#type: &'static str,
    emitted_at: f64,
    source: Part<Source<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<Part<Target<'a>>>,
    conversation: Option<ConversationView<'a>>,
}

/// One end of it. There is nothing to show of a token or of a snooze but what it is.
#[derive(Debug, Serialize)]
struct Part<T> {
    _meta: Meta,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<T>,
}

#[derive(Debug, Serialize)]
struct Meta {
    r#type: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Source<'a> {
    Teammate(Box<TeammateView<'a>>),
    Inboxes(Vec<InboxView<'a>>),
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Target<'a> {
    Message(Box<MessageView<'a>>),
    Comment(Box<CommentView<'a>>),
    Teammate(Box<TeammateView<'a>>),
    Inbox(Box<InboxView<'a>>),
    Tag(Box<TagView<'a>>),
    CustomField(Box<CustomFieldView>),
}

impl<T> Part<T> {
    fn new(r#type: &'static str, data: Option<T>) -> Self {
        Self {
            _meta: Meta { r#type },
            data,
        }
    }
}

pub(crate) fn event<'a>(state: &'a State, happening: Happening<'a>) -> EventView<'a> {
    let talk = state.conversations.get(happening.conversation());
    EventView {
        _links: Links {
            itself: Link::to("events", happening.id()),
            related: Related([]),
        },
        id: happening.id(),
        r#type: happening.kind(),
        emitted_at: happening.at(),
        source: source(state, happening),
        target: target(state, happening),
        conversation: talk.map(|talk| conversation(state, talk)),
    }
}

fn source<'a>(state: &'a State, happening: Happening<'a>) -> Part<Source<'a>> {
    let author = match happening {
        Happening::Message(message) => message.author,
        Happening::Comment(comment) => Some(comment.author),
        Happening::Change(change) => match change.by {
            By::Teammate(id) => Some(id),
            By::Api => return Part::new("api", None),
            By::Reminder => return Part::new("reminder", None),
            By::Recipient => return Part::new("recipient", None),
        },
    };
    if let Some(id) = author {
        let view = state.teammates.get(id).map(teammate).map(Box::new);
        return Part::new("teammate", view.map(Source::Teammate));
    }
    let talk = state.conversations.get(happening.conversation());
    let inboxes = talk.and_then(|talk| state.inboxes.get(talk.inbox));
    let inboxes = inboxes.map(inbox).into_iter().collect();
    Part::new("inboxes", Some(Source::Inboxes(inboxes)))
}

fn target<'a>(state: &'a State, happening: Happening<'a>) -> Option<Part<Target<'a>>> {
    Some(match happening {
        Happening::Message(about) => of_message(state, Some(about)),
        Happening::Comment(about) => of_comment(state, Some(about)),
        Happening::Change(change) => match change.what {
            What::Assign(id) => {
                let view = state.teammates.get(id).map(teammate).map(Box::new);
                Part::new("teammate", view.map(Target::Teammate))
            }
            What::Tag(id) | What::Untag(id) => {
                let view = state.tags.get(id).map(tag).map(Box::new);
                Part::new("tag", view.map(Target::Tag))
            }
            What::Move(id) => {
                let view = state.inboxes.get(id).map(inbox).map(Box::new);
                Part::new("inboxes", view.map(Target::Inbox))
            }
            What::CustomField(id) => {
                let mut fields = state.conversation_fields.iter();
                let view = fields.find(|field| field.id == id).map(custom_field);
                let view = view.map(Box::new).map(Target::CustomField);
                Part::new("custom_field", view)
            }
            What::Mention(id) => of_comment(state, state.comments.get(id)),
            What::SendingError(id) => of_message(state, state.messages.get(id)),
            What::Unassign
            | What::Archive
            | What::Reopen
            | What::Trash
            | What::Restore
            | What::TicketStatus => return None,
        },
    })
}

fn of_message<'a>(state: &'a State, about: Option<&'a Message>) -> Part<Target<'a>> {
    let view = about.map(|about| Box::new(message(state, about)));
    Part::new("message", view.map(Target::Message))
}

fn of_comment<'a>(state: &'a State, about: Option<&'a Comment>) -> Part<Target<'a>> {
    let view = about.map(|about| Box::new(comment(state, about)));
    Part::new("comment", view.map(Target::Comment))
}
