//! A conversation as it is before a change, and what a change made of it.

use schemars::JsonSchema;
use serde::Serialize;

use super::{context::Context, error::ToolError};
use crate::front::{
    Client, FrontError, endpoints::conversations::GetConversation, id::ConversationId,
    model::Conversation,
};

/// What a change made of a value; one that is absent was or is not there.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FromTo<Before, After = Before> {
    /// What it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Before>,
    /// What it is now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<After>,
}

/// Reads a conversation that is about to be changed: as it is now, and under its own id alone. One
/// that was merged away is told like a write to it, and nothing is changed.
pub async fn before(
    context: &Context<'_>,
    conversation: &ConversationId,
) -> Result<Conversation, ToolError> {
    Ok(read(&context.client.clone().fresh(), conversation).await?)
}

/// The same through this door, whose reads are to be fresh, and with Front's own errors.
pub async fn read(
    client: &Client,
    conversation: &ConversationId,
) -> Result<Conversation, FrontError> {
    let get = GetConversation {
        conversation: conversation.clone(),
    };
    client.own(&get).await
}
