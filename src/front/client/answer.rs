//! What comes of a request: an answer read as its type, a redirect to where a conversation lives
//! now, or the error that says why there is neither.

use serde::de::DeserializeOwned;

use super::Call;
use crate::{
    aside::aside,
    front::{
        error::{FrontError, FrontErrorKind, said},
        id::{ConversationId, in_link},
        operation::Operation,
        wire::{Answer, WireFault, http::MAX_ANSWER, rules::Failure},
    },
};

/// A failure of this operation.
pub(in crate::front) fn failure(operation: &Operation, kind: FrontErrorKind) -> FrontError {
    FrontError {
        method: operation.method,
        template: operation.template,
        scope: operation.scope,
        kind,
        said: None,
    }
}

/// What came of a request: an answer that is no failure, or why there is none.
pub(super) fn accept(
    operation: &Operation,
    outcome: Result<Answer, Failure>,
) -> Result<Answer, FrontError> {
    let kind = match outcome {
        Ok(answer) if answer.status < 400 => return Ok(answer),
        Ok(answer) => {
            let kind = match (answer.status, answer.retry_after) {
                (429, Some(wait)) => FrontErrorKind::RateLimited(wait),
                (status, _) => FrontErrorKind::Status(status),
            };
            return Err(FrontError {
                said: said(&answer.body),
                ..failure(operation, kind)
            });
        }
        Err(Failure::RateLimited(wait)) => FrontErrorKind::RateLimited(wait),
        Err(Failure::Fault(fault)) => of_fault(fault),
    };
    Err(failure(operation, kind))
}

fn of_fault(fault: WireFault) -> FrontErrorKind {
    match fault {
        WireFault::NoToken => FrontErrorKind::NoToken,
        WireFault::SignedOut(why) => FrontErrorKind::SignedOut(why),
        WireFault::NotRenewed(why) => FrontErrorKind::NotRenewed(why),
        WireFault::Unbuildable => FrontErrorKind::Unbuildable,
        WireFault::Unreachable(reason) => FrontErrorKind::Unreachable(reason),
        WireFault::Broken => FrontErrorKind::Broken,
        WireFault::TimedOut(after) => FrontErrorKind::TimedOut(after),
        WireFault::TooLarge => FrontErrorKind::TooLarge(MAX_ANSWER),
    }
}

/// The same call at the conversation that a redirect names. The address itself is never
/// requested: only the id is taken out of it, and put where the old one stood.
pub(in crate::front) fn merged(call: &Call, answer: &Answer) -> Option<(Call, ConversationId)> {
    let location = answer.location.as_deref()?;
    let id = ConversationId::parse(in_link(location, ConversationId::PREFIX)?)?;
    let position = call
        .operation
        .parameters()
        .position(|name| name == "conversation_id")?;
    let mut moved = call.clone();
    let slot = moved.parameters.get_mut(position)?;
    if *slot == id.segment() {
        return None;
    }
    *slot = id.segment();
    Some((moved, id))
}

/// Text is looked over once for all its strings; what is none fails where it is none.
fn parse<T: DeserializeOwned>(body: &[u8]) -> serde_json::Result<T> {
    match std::str::from_utf8(body) {
        Ok(text) => serde_json::from_str(text),
        Err(_) => serde_json::from_slice(body),
    }
}

/// An answer as the type that the operation promises.
pub(in crate::front) fn read<T: DeserializeOwned>(
    operation: &Operation,
    answer: &Answer,
) -> Result<T, FrontError> {
    let body: &[u8] = match answer.body.trim_ascii() {
        // 204 and its like: nothing is `null`, which is what `()` is read from.
        [] => b"null",
        body => body,
    };
    aside(body.len(), || parse(body)).map_err(|error| {
        // serde repeats what it could not read, which is somebody's mail: the place is enough.
        tracing::warn!(
            operation = operation.id,
            category = ?error.classify(),
            line = error.line(),
            column = error.column(),
            "Front's answer could not be read"
        );
        let what = match error.classify() {
            _ if body == b"null" => "it is empty",
            _ if body.first() == Some(&b'<') => {
                "it is a web page, not JSON; check FRONT_API_BASE_URL and any proxy"
            }
            serde_json::error::Category::Eof => "it is cut off in the middle",
            serde_json::error::Category::Data => "it has another shape than Front documents",
            _ => "it is not JSON",
        };
        failure(operation, FrontErrorKind::Unreadable(what))
    })
}
