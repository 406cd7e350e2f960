//! What the tools of application channels have in common. Front knows messages, conversations and
//! calls of such a channel by the ids that the application gave them.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{
    Context, ToolError, arguments,
    attaching::{Attach, attachments},
    resolve,
};
use crate::{
    front::{Upload, id::ChannelId, model::Channel, path::Segment},
    shape::{text::Text, words::Words},
    untrusted::Untrusted,
};

/// A body of which only what was given is said.
#[derive(Debug, Default)]
pub struct Body(Map<String, Value>);

impl Body {
    /// Says this.
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    /// Says this, if it was given.
    pub fn with_some(self, name: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Whether nothing was given.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// For Front.
    pub fn finish(self) -> Value {
        Value::Object(self.0)
    }
}

/// The channel, by id, address or name.
pub async fn channel(context: &Context<'_>, given: &str) -> Result<ChannelId, ToolError> {
    resolve::id::<Channel>(context, "channel", given).await
}

/// An id outside of Front, as a part of a path: letters, digits and `._~:@+-`.
pub fn external(field: &'static str, given: &str) -> Result<Segment, ToolError> {
    Segment::plain(given.trim()).map_err(|_| {
        let mut message = Text::of("cannot stand in an address of Front's API: ");
        message.quote_text(&arguments::clip(given));
        ToolError::invalid(field, message).next(
            "give the id as the application does; letters, digits and `._~:@+-` can be part of it",
        )
    })
}

/// Unix seconds of a time that was given; the field may be left out.
pub fn seconds(
    context: &Context<'_>,
    field: &'static str,
    given: Option<&str>,
) -> Result<Option<i64>, ToolError> {
    arguments::time(context, field, given)
}

/// The same in milliseconds, which calls want.
pub fn milliseconds(
    context: &Context<'_>,
    field: &'static str,
    given: Option<&str>,
) -> Result<Option<i64>, ToolError> {
    let seconds = arguments::time(context, field, given)?;
    Ok(seconds.and_then(|seconds| Some(Timestamp::from_second(seconds).ok()?.as_millisecond())))
}

/// Somebody at the other end.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// Number (with + and country code) or any lasting id.
    handle: String,
    /// Name.
    name: Option<String>,
    /// E-mail, to find a contact by.
    email: Option<String>,
}

impl Party {
    /// For Front.
    pub fn body(&self) -> Value {
        Body::default()
            .with("handle", self.handle.as_str())
            .with_some("name", self.name.as_deref())
            .with_some("email", self.email.as_deref())
            .finish()
    }

    /// For Front where it takes no e-mail.
    pub fn of_call(&self, field: &str) -> Result<Value, ToolError> {
        if self.email.is_some() {
            let message = Text::of("has no place in a call");
            return Err(ToolError::invalid(format!("{field}.email"), message).next("leave it out"));
        }
        Ok(self.body())
    }
}

/// Which message it is, for the application.
pub fn metadata(message: &str, conversation: &str, replied_to: Option<&str>) -> Value {
    Body::default()
        .with("external_id", message)
        .with("external_conversation_id", conversation)
        .with_some("referenced_message_external_id", replied_to)
        .finish()
}

/// The files of a message.
pub async fn files(context: &Context<'_>, given: Vec<Attach>) -> Result<Vec<Upload>, ToolError> {
    let pinned = attachments(context, given).await?;
    let mut uploads = Vec::with_capacity(pinned.len());
    for file in pinned {
        uploads.push(file.upload().ok_or_else(ToolError::unshapable)?);
    }
    Ok(uploads)
}

/// That Front recorded a message.
#[derive(Serialize, JsonSchema)]
pub struct Recorded {
    /// The channel.
    pub channel_id: ChannelId,
    /// Where `get-message` finds it in a moment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_uid: Option<Words>,
}

impl Recorded {
    /// Out of Front's answer.
    pub fn new(channel_id: ChannelId, uid: &Untrusted) -> Self {
        Self {
            channel_id,
            message_uid: Words::some_line(uid),
        }
    }

    /// Says so, behind what was recorded.
    pub fn say(&self, text: &mut Text) {
        text.say(" on ").say(&self.channel_id);
        if let Some(uid) = &self.message_uid {
            text.say(", message uid ").quote(uid);
        }
    }
}

/// That Front took something about a call.
#[derive(Serialize, JsonSchema)]
pub struct Noted {
    /// The channel.
    pub channel_id: ChannelId,
    /// The call, as the application knows it.
    pub call_id: Words,
}

impl Noted {
    /// Of a call as it was given.
    pub fn new(channel_id: ChannelId, call: &str) -> Self {
        Self {
            channel_id,
            call_id: Words::line(&Untrusted::new(call.trim())),
        }
    }

    /// Says so, behind what was taken.
    pub fn say(&self, text: &mut Text) {
        text.say(" call ")
            .quote(&self.call_id)
            .say(" on ")
            .say(&self.channel_id);
    }
}

/// A line of a transcript.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Name.
    speaker: String,
    /// On our side.
    #[serde(default)]
    internal: bool,
    /// Seconds from the start.
    at: f64,
    /// What was said.
    text: String,
}

impl Line {
    /// For Front.
    pub fn body(&self) -> Value {
        json!({
            "speaker_name": self.speaker,
            "speaker_type": if self.internal { "internal" } else { "external" },
            "start_time_seconds": self.at,
            "content": self.text,
        })
    }
}
