//! A message with nothing left open: all that Front would otherwise decide later is pinned.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::attachment::Attachment;
use crate::front::{
    Upload,
    id::{ChannelId, ConversationId, MessageId, TagId, TeammateId},
};

/// An id with the name that it had when the message was sealed, for the person who decides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pinned<Id> {
    /// The id.
    pub id: Id,
    /// Its name.
    pub name: String,
}

/// A message, complete.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Letter {
    /// A reply in a conversation, or the start of one.
    pub kind: Kind,
    /// The channel it leaves through.
    pub channel: ChannelId,
    /// The address it leaves from.
    pub from: String,
    /// Recipients.
    pub to: Vec<String>,
    /// Copies.
    pub cc: Vec<String>,
    /// Blind copies.
    pub bcc: Vec<String>,
    /// The subject; for a reply without one Front keeps the conversation's.
    pub subject: Option<String>,
    /// The body as it will be sent.
    pub html: String,
    /// The same words as plain text.
    pub text: String,
    /// The teammate in whose name it goes; otherwise the token's.
    pub author: Option<Pinned<TeammateId>>,
    /// The address that this teammate signs in with, for the policy.
    pub author_email: Option<String>,
    /// Archive the conversation with it.
    pub archive: bool,
    /// Tags to apply with it.
    pub tags: Vec<Pinned<TagId>>,
    /// Files that go with it.
    pub attachments: Vec<Attachment>,
}

/// What makes a message a repetition of another.
#[derive(Debug, PartialEq, Serialize)]
pub struct Content {
    place: String,
    subject: Option<String>,
    recipients: BTreeSet<String>,
    words: String,
    /// SHA-256 of each attachment.
    files: BTreeSet<String>,
}

/// Where a message belongs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A reply.
    Reply {
        /// The conversation.
        conversation: ConversationId,
        /// Its newest message when this was sealed; a newer one stops the send.
        last_message: Option<MessageId>,
    },
    /// A new conversation.
    New,
}

impl Letter {
    /// The conversation it replies in.
    pub fn conversation(&self) -> Option<&ConversationId> {
        match &self.kind {
            Kind::Reply { conversation, .. } => Some(conversation),
            Kind::New => None,
        }
    }

    /// A new message that says this, for tests.
    #[cfg(test)]
    pub(super) fn saying(text: &str, attachments: Vec<Attachment>) -> Self {
        Self {
            kind: Kind::New,
            channel: ChannelId::parse("cha_1").unwrap(),
            from: "help@us.example".into(),
            to: vec!["jo@acme.example".into()],
            cc: Vec::new(),
            bcc: Vec::new(),
            subject: None,
            html: format!("<p>{text}</p>"),
            text: text.into(),
            author: None,
            author_email: None,
            archive: false,
            tags: Vec::new(),
            attachments,
        }
    }

    /// Who would read what where: two letters with the same content are the same message to
    /// those who get them, whatever their markup, order, tags or options.
    pub fn content(&self) -> Content {
        let everybody = self.to.iter().chain(&self.cc).chain(&self.bcc);
        Content {
            place: self.content_place(),
            // A reply's subject is the conversation's, whatever is given.
            subject: self
                .subject
                .clone()
                .filter(|_| self.conversation().is_none()),
            recipients: everybody.map(|one| one.to_lowercase()).collect(),
            words: self.text.split_whitespace().collect::<Vec<_>>().join(" "),
            files: self
                .attachments
                .iter()
                .map(|one| one.sha256.clone())
                .collect(),
        }
    }

    /// The conversation it replies in, or the channel it starts one through.
    pub(super) fn content_place(&self) -> String {
        match self.conversation() {
            Some(conversation) => conversation.to_string(),
            None => self.channel.to_string(),
        }
    }

    /// The attachments as they were sealed; none when the bytes of one are no longer those.
    pub fn files(&self) -> Option<Vec<Upload>> {
        self.attachments.iter().map(Attachment::upload).collect()
    }

    /// Lets go of what attachments hold, once nothing can send them any more.
    pub(super) fn forget_files(&mut self) {
        self.attachments.iter_mut().for_each(Attachment::forget);
    }

    /// Front's body for a send.
    pub(super) fn send_body(&self) -> Value {
        let mut body = self.common_body();
        if let Some(fields) = body.as_object_mut() {
            let tags: Vec<_> = self.tags.iter().map(|tag| &tag.id).collect();
            fields.insert("text".into(), json!(self.text));
            fields.insert(
                "options".into(),
                json!({ "archive": self.archive, "tag_ids": tags }),
            );
        }
        body
    }

    /// Front's body for a shared draft of the same message.
    pub fn draft_body(&self) -> Value {
        let mut body = self.common_body();
        if let Some(fields) = body.as_object_mut() {
            fields.insert("mode".into(), "shared".into());
        }
        body
    }

    fn common_body(&self) -> Value {
        let mut body = json!({
            "to": self.to,
            "cc": self.cc,
            "bcc": self.bcc,
            "body": self.html,
            "should_add_default_signature": false,
        });
        if let Some(fields) = body.as_object_mut() {
            if let Some(subject) = &self.subject {
                fields.insert("subject".into(), json!(subject));
            }
            if let Some(author) = &self.author {
                fields.insert("author_id".into(), json!(author.id));
            }
            if self.conversation().is_some() {
                fields.insert("channel_id".into(), json!(self.channel));
            }
        }
        body
    }
}
