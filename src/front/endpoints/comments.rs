//! Comments: the talk of teammates, which customers never see.

use serde_json::{Map, Value};

use crate::front::{
    client::Endpoint,
    id::{CommentId, ConversationId, TeammateId},
    model::Comment,
    path::Segment,
};

/// `GET /comments/{comment_id}`.
#[derive(Debug)]
pub struct GetComment {
    /// The comment.
    pub comment: CommentId,
}

impl Endpoint for GetComment {
    const OPERATION: &'static str = "get-comment";
    type Answer = Comment;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.comment.segment()]
    }
}

/// What a new comment says.
#[derive(Clone, Debug)]
pub struct NewComment {
    /// Markdown; `@username` mentions a teammate.
    pub body: String,
    /// Who says it; the token without.
    pub author: Option<TeammateId>,
}

impl NewComment {
    fn fields(&self) -> Value {
        let mut fields = Map::new();
        fields.insert("body".into(), self.body.clone().into());
        if let Some(author) = &self.author {
            fields.insert("author_id".into(), author.as_str().into());
        }
        Value::Object(fields)
    }
}

/// `POST /conversations/{conversation_id}/comments`.
#[derive(Debug)]
pub struct AddComment {
    /// The conversation.
    pub conversation: ConversationId,
    /// What it says.
    pub comment: NewComment,
}

impl Endpoint for AddComment {
    const OPERATION: &'static str = "add-comment";
    type Answer = Comment;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.conversation.segment()]
    }
    fn body(&self) -> Option<Value> {
        Some(self.comment.fields())
    }
}

/// `POST /comments/{comment_id}/replies`.
#[derive(Debug)]
pub struct ReplyToComment {
    /// The comment that is answered.
    pub to: CommentId,
    /// What it says.
    pub comment: NewComment,
}

impl Endpoint for ReplyToComment {
    const OPERATION: &'static str = "add-comment-reply";
    type Answer = Comment;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.to.segment()]
    }
    fn body(&self) -> Option<Value> {
        Some(self.comment.fields())
    }
}
