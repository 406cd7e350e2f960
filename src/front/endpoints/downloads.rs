//! Files, to be fetched as they are.

use crate::front::{
    client::Endpoint,
    id::{AttachmentId, MessageId},
    path::Segment,
};

/// `GET /messages/{message_id}/download/{attachment_link_id}`.
#[derive(Debug)]
pub struct DownloadOfMessage {
    /// The message that it is on.
    pub message: MessageId,
    /// The file.
    pub attachment: AttachmentId,
}

impl Endpoint for DownloadOfMessage {
    const OPERATION: &'static str = "download-attachment-for-a-message";
    type Answer = ();
    fn parameters(&self) -> Vec<Segment> {
        vec![self.message.segment(), self.attachment.segment()]
    }
}

/// `GET /download/{attachment_link_id}`.
#[derive(Debug)]
pub struct Download {
    /// The file.
    pub attachment: AttachmentId,
}

impl Endpoint for Download {
    const OPERATION: &'static str = "download-attachment";
    type Answer = ();
    fn parameters(&self) -> Vec<Segment> {
        vec![self.attachment.segment()]
    }
}
