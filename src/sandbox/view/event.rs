//! Events, which the sandbox derives from what happened in a conversation.

use serde::Serialize;

use super::{
    company::InboxView,
    company::{TeammateView, inbox, teammate},
    conversation::{CommentView, ConversationView, comment, conversation},
    links::{Link, Links, Related},
    message::{MessageView, message},
};
use crate::sandbox::{
    id::Id,
    state::{Comment, Message, State},
};

/// What an event is about.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Happening<'a> {
    Message(&'a Message),
    Comment(&'a Comment),
}

impl Happening<'_> {
    pub(crate) fn at(&self) -> f64 {
        match self {
            Self::Message(message) => message.created_at,
            Self::Comment(comment) => comment.posted_at,
        }
    }

    pub(crate) fn conversation(&self) -> Id {
        match self {
            Self::Message(message) => message.conversation,
            Self::Comment(comment) => comment.conversation,
        }
    }

    /// Front's word for it.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Message(message) if message.is_inbound => "inbound",
            Self::Message(message) if message.replied_to.is_some() => "out_reply",
            Self::Message(_) => "outbound",
            Self::Comment(_) => "comment",
        }
    }

    /// Even numbers for messages, odd ones for comments: an event is found again from its id.
    pub(crate) fn id(&self) -> Id {
        match self {
            Self::Message(message) => Id::new("evt", message.id.number() * 2),
            Self::Comment(comment) => Id::new("evt", comment.id.number() * 2 + 1),
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
    target: Part<Target<'a>>,
    conversation: Option<ConversationView<'a>>,
}

#[derive(Debug, Serialize)]
struct Part<T> {
    _meta: Meta,
    data: T,
}

#[derive(Debug, Serialize)]
struct Meta {
    r#type: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Source<'a> {
    Teammate(Option<Box<TeammateView<'a>>>),
    Inboxes(Vec<InboxView<'a>>),
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Target<'a> {
    Message(Box<MessageView<'a>>),
    Comment(Box<CommentView<'a>>),
}

pub(crate) fn event<'a>(state: &'a State, happening: Happening<'a>) -> EventView<'a> {
    let talk = state.conversations.get(happening.conversation());
    let author = match happening {
        Happening::Message(message) => message.author,
        Happening::Comment(comment) => Some(comment.author),
    };
    let source = match author {
        Some(id) => Part {
            _meta: Meta { r#type: "teammate" },
            data: Source::Teammate(state.teammates.get(id).map(teammate).map(Box::new)),
        },
        None => Part {
            _meta: Meta { r#type: "inboxes" },
            data: Source::Inboxes(
                talk.and_then(|talk| state.inboxes.get(talk.inbox))
                    .map(inbox)
                    .into_iter()
                    .collect(),
            ),
        },
    };
    let target = match happening {
        Happening::Message(about) => Part {
            _meta: Meta { r#type: "message" },
            data: Target::Message(Box::new(message(state, about))),
        },
        Happening::Comment(about) => Part {
            _meta: Meta { r#type: "comment" },
            data: Target::Comment(Box::new(comment(state, about))),
        },
    };
    EventView {
        _links: Links {
            itself: Link::to("events", happening.id()),
            related: Related([]),
        },
        id: happening.id(),
        r#type: happening.kind(),
        emitted_at: happening.at(),
        source,
        target,
        conversation: talk.map(|talk| conversation(state, talk)),
    }
}
