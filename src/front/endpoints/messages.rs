//! Messages: one, by id or by the uid a send answered with, in either form.

use crate::front::{
    client::Endpoint,
    id::MessageId,
    model::Message,
    path::{PathRefusal, Segment},
    wire::Accept,
};

/// `GET /messages/{message_id}`.
#[derive(Debug)]
pub struct GetMessage {
    /// The message.
    pub message: MessageId,
}

impl Endpoint for GetMessage {
    const OPERATION: &'static str = "get-message";
    type Answer = Message;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.message.segment()]
    }
}

/// `GET /messages/alt:uid:{message_uid}`: a message that was sent a moment ago.
#[derive(Debug)]
pub struct GetMessageByUid {
    alias: Segment,
}

impl GetMessageByUid {
    /// By the uid that Front gave for a send.
    pub fn new(uid: &str) -> Result<Self, PathRefusal> {
        Ok(Self {
            alias: Segment::plain(&format!("alt:uid:{uid}"))?,
        })
    }
}

impl Endpoint for GetMessageByUid {
    const OPERATION: &'static str = "get-message";
    type Answer = Message;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.alias.clone()]
    }
}

/// The same, as the mail that it was; to be fetched as it is.
#[derive(Debug)]
pub struct GetMessageSource {
    /// The message, which must be an e-mail.
    pub message: MessageId,
}

impl Endpoint for GetMessageSource {
    const OPERATION: &'static str = "get-message";
    type Answer = ();
    fn parameters(&self) -> Vec<Segment> {
        vec![self.message.segment()]
    }
    fn accept(&self) -> Accept {
        Accept::Mail
    }
}
