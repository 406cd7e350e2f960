//! Drafts: what a person then sends from Front. Creating one delivers nothing.

use serde_json::{Value, json};

use crate::front::{
    client::Endpoint,
    id::{ChannelId, ConversationId, MessageId},
    model::{Comment, Message},
    path::Segment,
    upload::Upload,
};

/// `POST /conversations/{conversation_id}/drafts`: a draft of a reply.
#[derive(Debug)]
pub struct CreateDraftReply {
    /// The conversation.
    pub conversation: ConversationId,
    /// Body, channel, recipients, mode.
    pub draft: Value,
    /// Attachments.
    pub files: Vec<Upload>,
}

impl Endpoint for CreateDraftReply {
    const OPERATION: &'static str = "create-draft-reply";
    type Answer = Message;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.conversation.segment()]
    }
    fn body(&self) -> Option<Value> {
        Some(self.draft.clone())
    }
    fn files(&self) -> Vec<Upload> {
        self.files.clone()
    }
}

/// `POST /channels/{channel_id}/drafts`: a draft of a new message.
#[derive(Debug)]
pub struct CreateDraft {
    /// The channel.
    pub channel: ChannelId,
    /// Body, recipients, mode.
    pub draft: Value,
    /// Attachments.
    pub files: Vec<Upload>,
}

impl Endpoint for CreateDraft {
    const OPERATION: &'static str = "create-draft";
    type Answer = Message;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.channel.segment()]
    }
    fn body(&self) -> Option<Value> {
        Some(self.draft.clone())
    }
    fn files(&self) -> Vec<Upload> {
        self.files.clone()
    }
}

/// `PATCH /drafts/{message_id}/`: what a draft says, under the version that is to be overwritten.
#[derive(Debug)]
pub struct EditDraft {
    /// The draft.
    pub draft: MessageId,
    /// Body, channel, recipients, version.
    pub change: Value,
}

impl Endpoint for EditDraft {
    const OPERATION: &'static str = "edit-draft";
    type Answer = Message;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.draft.segment()]
    }
    fn body(&self) -> Option<Value> {
        Some(self.change.clone())
    }
}

/// `DELETE /drafts/{draft_id}`.
#[derive(Debug)]
pub struct DeleteDraft {
    /// The draft.
    pub draft: MessageId,
    /// The version that is deleted, and no later one.
    pub version: String,
}

impl Endpoint for DeleteDraft {
    const OPERATION: &'static str = "delete-draft";
    type Answer = ();
    fn parameters(&self) -> Vec<Segment> {
        vec![self.draft.segment()]
    }
    fn body(&self) -> Option<Value> {
        Some(json!({ "version": self.version }))
    }
}

/// `POST /conversations/{conversation_id}/comments`: what colleagues must know of a draft.
#[derive(Debug)]
pub struct CommentOnDraft {
    /// The conversation that the draft is in.
    pub conversation: ConversationId,
    /// The comment.
    pub text: String,
}

impl Endpoint for CommentOnDraft {
    const OPERATION: &'static str = "add-comment";
    type Answer = Comment;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.conversation.segment()]
    }
    fn body(&self) -> Option<Value> {
        Some(json!({ "body": self.text }))
    }
}
