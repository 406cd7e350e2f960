//! What an application told of its own channels: calls, templates, and the ids it gave messages.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use crate::sandbox::id::Id;

/// A call as it was told.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) channel: Id,
    pub(crate) external: String,
    pub(crate) told: Map<String, Value>,
    /// In the order they came.
    pub(crate) statuses: Vec<String>,
    pub(crate) recordings: Vec<Value>,
    pub(crate) summaries: Vec<String>,
    pub(crate) transcripts: Vec<Value>,
}

/// A template as it was told.
#[derive(Debug)]
pub(crate) struct ProviderTemplate {
    pub(crate) channel: Id,
    pub(crate) external: String,
    pub(crate) number: u64,
    pub(crate) told: Map<String, Value>,
}

/// All of it.
#[derive(Debug, Default)]
pub(crate) struct Application {
    pub(crate) calls: Vec<Call>,
    pub(crate) templates: Vec<ProviderTemplate>,
    /// Channel and the conversation's outside id.
    pub(crate) conversations: HashMap<(Id, String), Id>,
    /// Channel and the message's outside id.
    pub(crate) messages: HashMap<(Id, String), Id>,
}

impl Application {
    /// What `GET /_sandbox/application` shows.
    pub(crate) fn shown(&self) -> Value {
        let calls = self.calls.iter().map(|call| {
            json!({
                "channel": call.channel,
                "id": call.external,
                "told": call.told,
                "statuses": call.statuses,
                "recordings": call.recordings,
                "summaries": call.summaries,
                "transcripts": call.transcripts,
            })
        });
        let templates = self.templates.iter().map(|template| {
            json!({
                "channel": template.channel,
                "id": template.external,
                "number": template.number,
                "told": template.told,
            })
        });
        json!({
            "calls": calls.collect::<Vec<_>>(),
            "templates": templates.collect::<Vec<_>>(),
        })
    }
}
