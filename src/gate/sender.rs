//! The only place in the program that can express a send.
//!
//! Its one entry takes an [`ApprovedEnvelope`], which nothing outside the gate can build:
//!
//! ```compile_fail
//! let approved = front_mcp::gate::sender::ApprovedEnvelope { envelope: todo!() };
//! ```
//!
//! ```compile_fail
//! # fn envelope() -> front_mcp::gate::envelope::Envelope { todo!() }
//! let approved = front_mcp::gate::sender::ApprovedEnvelope::new(envelope());
//! ```
//!
//! It makes exactly one request: no retry, no redirect, at most thirty seconds (and what its
//! attachments take) and no longer than any request may take. What Front answered
//! becomes an [`Outcome`]; where nobody can know, the outcome says so.

use std::time::Duration;

use serde::Deserialize;
use tokio::time::Instant;

use super::{envelope::Envelope, letter::Kind};
use crate::{
    aside::aside,
    front::{
        Method, Operation,
        error::said,
        path::fill,
        wire::{Accept, Answer, Body, Wire, WireFault, WireRequest},
    },
    untrusted::Untrusted,
};

/// How long the one request may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// An envelope that was released and that this process alone has moved to `sending`.
#[derive(Debug)]
pub struct ApprovedEnvelope {
    envelope: Envelope,
}

impl ApprovedEnvelope {
    /// Only the commit sequence builds one.
    pub(in crate::gate) fn new(envelope: Envelope) -> Self {
        Self { envelope }
    }
}

/// What came of the one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::gate) enum Outcome {
    /// Front accepted it, with this status, under this uid.
    Accepted(u16, String),
    /// Certainly not processed: nothing left, or Front's rate limit.
    NotProcessed(&'static str),
    /// Front refused it, with this status.
    Refused(u16, Option<Untrusted>),
    /// It may or may not have been sent.
    Unknown(&'static str),
}

/// The way to Front's two sends.
#[derive(Debug)]
pub struct Sender {
    wire: Wire,
}

#[derive(Deserialize)]
struct Accepted {
    message_uid: String,
}

impl Sender {
    /// A sender over this wire, which no tool gets.
    pub fn new(wire: Wire) -> Self {
        Self { wire }
    }

    /// Posts an approved envelope, once.
    pub(in crate::gate) async fn post(&self, approved: ApprovedEnvelope) -> Outcome {
        let request = match request(&approved.envelope) {
            Ok(request) => request,
            Err(reason) => return Outcome::NotProcessed(reason),
        };
        let upload = request.body.as_ref().map(Body::upload_time);
        let deadline = Instant::now() + PATIENCE + upload.unwrap_or_default();
        judge(self.wire.exchange(&request, deadline).await)
    }
}

fn request(envelope: &Envelope) -> Result<WireRequest, &'static str> {
    const UNBUILDABLE: &str = "the request could not be built";
    let letter = &envelope.letter;
    let (operation, parameter) = match &letter.kind {
        Kind::Reply { conversation, .. } => ("create-message-reply", conversation.segment()),
        Kind::New => ("create-message", letter.channel.segment()),
    };
    let operation = Operation::by_id(operation).ok_or(UNBUILDABLE)?;
    let size = letter.attachments.iter().map(|one| one.size).sum::<u64>();
    let body = aside(usize::try_from(size).unwrap_or(usize::MAX), || {
        let files = letter
            .files()
            .ok_or("an attachment is no longer what was sealed")?;
        Body::of(&letter.send_body(), &files).ok_or(UNBUILDABLE)
    })?;
    Ok(WireRequest {
        method: Method::Post,
        path: fill(operation, &[parameter]).ok_or(UNBUILDABLE)?,
        query: Vec::new(),
        body: Some(body),
        accept: Accept::Usual,
    })
}

fn judge(outcome: Result<Answer, WireFault>) -> Outcome {
    match outcome {
        Ok(answer) if (200..300).contains(&answer.status) => {
            match serde_json::from_slice::<Accepted>(&answer.body) {
                Ok(accepted) => Outcome::Accepted(answer.status, accepted.message_uid),
                Err(_) => Outcome::Unknown("Front's answer could not be read"),
            }
        }
        Ok(answer) if answer.status == 429 => {
            Outcome::NotProcessed("Front's rate limit is reached")
        }
        // Of whoever stands before Front: the message may have been passed on all the same.
        Ok(answer) if matches!(answer.status, 408 | 499) => {
            Outcome::Unknown("a gateway gave up waiting")
        }
        Ok(answer) if (300..500).contains(&answer.status) => {
            Outcome::Refused(answer.status, said(&answer.body))
        }
        Ok(_) => Outcome::Unknown("Front failed while taking it"),
        Err(WireFault::NoToken) => Outcome::NotProcessed("no Front token is configured"),
        Err(WireFault::SignedOut(why) | WireFault::NotRenewed(why)) => Outcome::NotProcessed(why),
        Err(WireFault::Unbuildable) => Outcome::NotProcessed("the request could not be built"),
        Err(WireFault::Unreachable(reason)) => Outcome::NotProcessed(reason),
        Err(WireFault::Broken) => Outcome::Unknown("the connection broke"),
        Err(WireFault::TimedOut(_)) => Outcome::Unknown("Front did not answer in time"),
        Err(WireFault::TooLarge) => Outcome::Unknown("Front's answer could not be read"),
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use jiff::Timestamp;

    use super::{super::attachment::Attachment, super::letter::Letter, *};
    use crate::{front::Upload, tools::context::Caller};

    fn envelope(attachments: Vec<Attachment>) -> Envelope {
        let caller = Caller {
            id: "local/default".into(),
            client: "test".into(),
        };
        let letter = Letter::saying("x", attachments);
        let now = Timestamp::now();
        Envelope::seal(&caller, letter, Vec::new(), now, now).unwrap()
    }

    #[test]
    fn other_bytes_than_the_sealed_ones_are_not_posted() {
        let file = Attachment::pin(Upload {
            name: "a.txt".into(),
            content_type: "text/plain".into(),
            bytes: Bytes::from_static(b"as sealed"),
        });
        let body = request(&envelope(vec![file.clone()]))
            .unwrap()
            .body
            .unwrap();
        assert!(
            body.content_type
                .starts_with("multipart/form-data; boundary=")
        );
        assert!(body.bytes.windows(9).any(|bytes| bytes == b"as sealed"));
        for other in [&b"as sealee"[..], b""] {
            let swapped = file.clone().with_bytes(Bytes::from_static(other));
            let refusal = request(&envelope(vec![swapped])).unwrap_err();
            assert!(refusal.contains("attachment"), "{refusal}");
        }
        let body = request(&envelope(Vec::new())).unwrap().body.unwrap();
        assert_eq!(body.content_type, "application/json");
    }

    fn answer(status: u16, body: &'static str) -> Result<Answer, WireFault> {
        Ok(Answer {
            status,
            location: None,
            content_type: None,
            retry_after: None,
            body: Bytes::from_static(body.as_bytes()),
        })
    }

    #[test]
    fn an_outcome_is_never_guessed() {
        let accepted = r#"{"status":"accepted","message_uid":"ab12"}"#;
        assert_eq!(
            judge(answer(202, accepted)),
            Outcome::Accepted(202, "ab12".into())
        );
        for unknown in [
            answer(202, "<html>"),
            answer(200, ""),
            answer(500, "{}"),
            answer(503, ""),
            Err(WireFault::Broken),
            Err(WireFault::TimedOut(PATIENCE)),
            Err(WireFault::TooLarge),
        ] {
            assert!(matches!(judge(unknown), Outcome::Unknown(_)));
        }
        for refused in [answer(301, ""), answer(400, "{}"), answer(403, "")] {
            assert!(matches!(judge(refused), Outcome::Refused(..)));
        }
        for not_processed in [
            answer(429, ""),
            Err(WireFault::Unreachable("refused")),
            Err(WireFault::NoToken),
        ] {
            assert!(matches!(judge(not_processed), Outcome::NotProcessed(_)));
        }
    }
}
