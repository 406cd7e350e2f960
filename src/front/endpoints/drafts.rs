//! Drafts: what a person then sends from Front. Creating one delivers nothing.

use serde_json::Value;

use crate::front::{
    client::Endpoint,
    id::{ChannelId, ConversationId},
    model::Message,
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
