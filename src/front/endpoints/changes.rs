//! Changing conversations: what Front takes in one request, and snoozes.

use serde_json::{Map, Value, json};

use crate::front::{
    client::Endpoint,
    id::{ConversationId, TeammateId},
    path::Segment,
};

/// `PATCH /conversations/{conversation_id}`: what is named is set, `custom_fields` as a whole.
#[derive(Debug)]
pub struct UpdateConversation {
    /// The conversation.
    pub conversation: ConversationId,
    /// The fields to set, in Front's names.
    pub fields: Map<String, Value>,
}

impl Endpoint for UpdateConversation {
    const OPERATION: &'static str = "update-conversation";
    type Answer = ();
    fn parameters(&self) -> Vec<Segment> {
        vec![self.conversation.segment()]
    }
    fn body(&self) -> Option<Value> {
        Some(Value::Object(self.fields.clone()))
    }
}

/// `PATCH /conversations/{conversation_id}/reminders`: snoozes, or ends a snooze.
#[derive(Debug)]
pub struct Remind {
    /// The conversation.
    pub conversation: ConversationId,
    /// For whom; for everybody in a shared inbox.
    pub teammate: TeammateId,
    /// Unix seconds when it comes back; none to end the snooze.
    pub at: Option<i64>,
}

impl Endpoint for Remind {
    const OPERATION: &'static str = "update-conversation-reminders";
    type Answer = ();
    fn parameters(&self) -> Vec<Segment> {
        vec![self.conversation.segment()]
    }
    fn body(&self) -> Option<Value> {
        Some(json!({ "teammate_id": self.teammate, "scheduled_at": self.at }))
    }
}
