//! The Channel API: what an application tells Front of messages and calls on a channel of its
//! own. None of it reaches a customer; what comes in may set off Front's rules.

use serde::{Deserialize, de::IgnoredAny};
use serde_json::{Value, json};

use crate::{
    front::{client::Endpoint, id::ChannelId, path::Segment, upload::Upload},
    untrusted::Untrusted,
};

/// That Front took a message.
#[derive(Debug, Deserialize)]
pub struct Accepted {
    /// The identifier under which it will be found.
    #[serde(default)]
    pub message_uid: Untrusted,
}

/// What Front kept of a template.
#[derive(Debug, Deserialize)]
pub struct Kept {
    /// A number by its schema, a text by its example.
    #[serde(default)]
    pub template_id: Value,
}

/// Operations of one channel with a JSON body.
macro_rules! on_channel {
    ($($(#[$doc:meta])* $name:ident = $operation:literal -> $answer:ty;)+) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name {
            /// The channel.
            pub channel: ChannelId,
            /// The body.
            pub body: Value,
        }

        impl Endpoint for $name {
            const OPERATION: &'static str = $operation;
            type Answer = $answer;
            fn parameters(&self) -> Vec<Segment> {
                vec![self.channel.segment()]
            }
            fn body(&self) -> Option<Value> {
                Some(self.body.clone())
            }
        }
    )+};
}

on_channel! {
    /// `POST /channels/{channel_id}/calls`.
    CreateCall = "create-call" -> IgnoredAny;
    /// `PUT /channels/{channel_id}/application_message_templates`.
    PutTemplate = "sync-application-message-template" -> Kept;
    /// `PATCH /channels/{channel_id}`, of which this body only sets `status`.
    SetChannelStatus = "update-channel" -> IgnoredAny;
}

/// Messages, which may have files.
macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident = $operation:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name {
            /// The channel.
            pub channel: ChannelId,
            /// The body.
            pub body: Value,
            /// Files.
            pub files: Vec<Upload>,
        }

        impl Endpoint for $name {
            const OPERATION: &'static str = $operation;
            type Answer = Accepted;
            fn parameters(&self) -> Vec<Segment> {
                vec![self.channel.segment()]
            }
            fn body(&self) -> Option<Value> {
                Some(self.body.clone())
            }
            fn files(&self) -> Vec<Upload> {
                self.files.clone()
            }
        }
    )+};
}

messages! {
    /// `POST /channels/{channel_id}/inbound_messages`.
    SyncInbound = "sync-inbound-message";
    /// `POST /channels/{channel_id}/outbound_messages`: Front records it, and delivers nothing.
    SyncOutbound = "sync-outbound-message";
}

/// Operations on something of a channel that has an id outside of Front.
macro_rules! on_external {
    ($($(#[$doc:meta])* $name:ident = $operation:literal -> $answer:ty;)+) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name {
            /// The channel.
            pub channel: ChannelId,
            /// The id that the call or template has outside of Front.
            pub external: Segment,
            /// The body.
            pub body: Value,
        }

        impl Endpoint for $name {
            const OPERATION: &'static str = $operation;
            type Answer = $answer;
            fn parameters(&self) -> Vec<Segment> {
                vec![self.channel.segment(), self.external.clone()]
            }
            fn body(&self) -> Option<Value> {
                Some(self.body.clone())
            }
        }
    )+};
}

on_external! {
    /// `PATCH /channels/{channel_id}/calls/{external_call_id}`.
    UpdateCall = "update-call" -> IgnoredAny;
    /// `POST /channels/{channel_id}/calls/{external_call_id}/transcript`.
    AddTranscript = "add-call-transcript" -> IgnoredAny;
    /// `POST /channels/{channel_id}/calls/{external_call_id}/summary`.
    AddSummary = "add-call-summary" -> IgnoredAny;
    /// `PATCH /channels/{channel_id}/application_message_templates/{external_id}`.
    PatchTemplate = "update-application-message-template" -> Kept;
}

/// `POST /channels/{channel_id}/calls/{external_call_id}/recording`: always a form.
#[derive(Debug)]
pub struct AddRecording {
    /// The channel.
    pub channel: ChannelId,
    /// The id that the call has outside of Front.
    pub call: Segment,
    /// `call` or `voicemail`.
    pub kind: &'static str,
    /// The recording.
    pub file: Upload,
}

impl Endpoint for AddRecording {
    const OPERATION: &'static str = "add-call-recording";
    type Answer = IgnoredAny;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.channel.segment(), self.call.clone()]
    }
    fn body(&self) -> Option<Value> {
        Some(json!({ "recording_type": self.kind }))
    }
    fn files(&self) -> Vec<Upload> {
        vec![self.file.clone()]
    }
}

/// `PUT /channels/{channel_id}/conversations/{conv_ext_id}/messages/{message_ext_id}/status`.
#[derive(Debug)]
pub struct SetMessageStatus {
    /// The channel.
    pub channel: ChannelId,
    /// The id that the conversation has outside of Front.
    pub conversation: Segment,
    /// The id that the message has outside of Front.
    pub message: Segment,
    /// `status`, perhaps `reason`.
    pub body: Value,
}

impl Endpoint for SetMessageStatus {
    const OPERATION: &'static str = "update-external-message-status";
    type Answer = IgnoredAny;
    fn parameters(&self) -> Vec<Segment> {
        vec![
            self.channel.segment(),
            self.conversation.clone(),
            self.message.clone(),
        ]
    }
    fn body(&self) -> Option<Value> {
        Some(self.body.clone())
    }
}
