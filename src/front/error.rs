//! What can go wrong between us and Front, as one type with one owner for each part: `kind`
//! decides what is safe, `said` is Front's own words (a stranger's), and the text for the
//! reader is made by whoever shapes the answer.

use std::time::Duration;

use serde::Deserialize;
use thiserror::Error;

use super::{id::ConversationId, operation::Method};
use crate::untrusted::Untrusted;

/// A request to Front that brought no usable answer.
#[derive(Debug, Error)]
#[error("{method} {template}: {kind}")]
pub struct FrontError {
    /// The method of the request.
    pub method: Method,
    /// The template of its path.
    pub template: &'static str,
    /// The scope the operation needs.
    pub scope: Option<&'static str>,
    /// What happened.
    pub kind: FrontErrorKind,
    /// Front's own explanation, if it gave one.
    pub said: Option<Untrusted>,
}

/// What happened to a request.
#[derive(Debug, Error, Clone, PartialEq)]
pub enum FrontErrorKind {
    /// No token is configured; nothing was sent.
    #[error("no Front token is configured")]
    NoToken,
    /// There was a sign-in that Front no longer accepts; nothing was sent.
    #[error("signed out of Front: {0}")]
    SignedOut(&'static str),
    /// The sign-in could not be renewed just now; nothing was sent.
    #[error("the sign-in could not be renewed: {0}")]
    NotRenewed(&'static str),
    /// Front answered a status of 400 or more.
    #[error("Front answered {0}")]
    Status(u16),
    /// The budget is spent; wait this long.
    #[error("Front's rate limit is reached, retry after {} s", .0.as_secs().max(1))]
    RateLimited(Duration),
    /// The conversation was merged into this one.
    #[error("merged into {0}")]
    Merged(ConversationId),
    /// A redirect to anywhere else.
    #[error("Front answered with a redirect that is not followed")]
    Redirected,
    /// Nothing left this machine.
    #[error("Front could not be reached: {0}")]
    Unreachable(&'static str),
    /// The connection broke after bytes had left.
    #[error("the connection to Front broke before an answer came")]
    Broken,
    /// No answer in time.
    #[error("Front did not answer within {} s", .0.as_secs_f32())]
    TimedOut(Duration),
    /// The answer is larger than we take.
    #[error("Front's answer is larger than {} MB", .0 / 1_000_000)]
    TooLarge(usize),
    /// The answer is not what the operation promises.
    #[error("Front's answer could not be read: {0}")]
    Unreadable(&'static str),
    /// The operation is a send, which this client cannot express.
    #[error("this operation sends, and only the send gate may do that")]
    IsSend,
    /// The operator's settings do not allow it; the line that says so.
    #[error("the operator does not allow it: {0}")]
    Denied(Box<str>),
    /// It is not there, or lies in an inbox that is not visible here.
    #[error("it is not visible here")]
    Outside,
    /// Conversations of the whole company were asked for where only some inboxes are visible.
    #[error("an inbox must be named")]
    NameAnInbox,
    /// A parameter would not survive in a URL.
    #[error("the request could not be built")]
    Unbuildable,
    /// The host cancelled the call.
    #[error("the call was cancelled")]
    Cancelled,
}

impl FrontErrorKind {
    /// Whether the request certainly had no effect at Front.
    pub fn certainly_nothing_happened(&self) -> bool {
        match self {
            Self::NoToken
            | Self::SignedOut(_)
            | Self::NotRenewed(_)
            | Self::RateLimited(_)
            | Self::Unreachable(_)
            | Self::IsSend
            | Self::Denied(_)
            | Self::Outside
            | Self::NameAnInbox
            | Self::Unbuildable
            | Self::Merged(_) => true,
            // A gateway answers these two as well, and may have passed the request on before.
            Self::Status(408 | 499) => false,
            Self::Status(status) => (400..500).contains(status),
            Self::Redirected
            | Self::Broken
            | Self::TimedOut(_)
            | Self::TooLarge(_)
            | Self::Unreadable(_)
            | Self::Cancelled => false,
        }
    }

    /// Whether the token or the operator does not allow it.
    pub fn is_a_no(&self) -> bool {
        matches!(self, Self::Status(403) | Self::Denied(_))
    }

    /// Whether asking again later may help.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Status(status) => *status >= 500 || *status == 429 || *status == 408,
            Self::RateLimited(_)
            | Self::NotRenewed(_)
            | Self::Unreachable(_)
            | Self::Broken
            | Self::TimedOut(_)
            | Self::Unreadable(_) => true,
            _ => false,
        }
    }
}

/// Front's error body: `{"_error": {"status", "title", "message", "details": []}}`.
#[derive(Deserialize)]
struct Body {
    #[serde(rename = "_error")]
    error: Details,
}

#[derive(Deserialize)]
struct Details {
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    message: Option<String>,
    #[serde(default)]
    details: Vec<String>,
}

/// Front's words out of an error body, or nothing when it has another shape.
pub(crate) fn said(body: &[u8]) -> Option<Untrusted> {
    let Details {
        title,
        message,
        details,
    } = serde_json::from_slice::<Body>(body).ok()?.error;
    let mut words = message.or(title)?;
    for detail in details {
        words.push_str("; ");
        words.push_str(&detail);
    }
    Some(Untrusted::new(words))
}

#[cfg(test)]
mod tests {
    use super::FrontErrorKind::Status;

    #[test]
    fn an_answer_of_a_gateway_leaves_open_what_happened() {
        for status in [400, 401, 403, 404, 409, 422, 429] {
            assert!(Status(status).certainly_nothing_happened(), "{status}");
        }
        for status in [408, 499, 500, 502, 503, 504] {
            assert!(!Status(status).certainly_nothing_happened(), "{status}");
        }
    }
}
