//! A sealed message and what has become of it.

use std::fmt;

use jiff::Timestamp;
use serde::Serialize;

use super::letter::Letter;
use crate::{
    digest::{canonical, hex},
    tools::context::Caller,
    untrusted::Untrusted,
};

/// 128 random bits, written `env_` and 32 hex digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct EnvelopeId(String);

impl EnvelopeId {
    /// Draws one. Without randomness there is no envelope.
    fn draw() -> Option<Self> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).ok()?;
        Some(Self(format!("env_{}", hex(&bytes))))
    }

    /// Reads a pasted id, with quotes or spaces around it.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim_matches(|c: char| c.is_whitespace() || "\"'`".contains(c));
        let digits = text.strip_prefix("env_")?;
        let is_id = digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_id.then(|| Self(text.to_ascii_lowercase()))
    }
}

impl fmt::Display for EnvelopeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The life of an envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Pinned, waiting.
    Sealed,
    /// Released, not yet posted, or given back by Front unprocessed.
    Approved,
    /// The one post is under way.
    Sending,
    /// Front accepted it.
    Sent,
    /// Front refused it.
    Failed,
    /// It may or may not have been sent. Never sent again.
    Unknown,
    /// A person said no.
    Declined,
    /// Nobody released it in time, or the conversation changed before.
    Expired,
}

/// A message in its envelope.
#[derive(Clone, Debug)]
pub struct Envelope {
    /// Its id: the only thing a release takes.
    pub id: EnvelopeId,
    /// Who sealed it.
    pub caller: Caller,
    /// The message.
    pub letter: Letter,
    /// Over the whole letter.
    pub digest: String,
    /// Over what it says to whom.
    pub content_digest: String,
    /// When it was sealed.
    pub created: Timestamp,
    /// Until when it can be released.
    pub expires: Timestamp,
    /// What has become of it.
    pub state: State,
    /// Front's identifier of the sent message.
    pub message_uid: Option<String>,
    /// What Front said when it refused.
    pub refusal: Option<Untrusted>,
}

impl Envelope {
    /// Seals a letter.
    pub(super) fn seal(
        caller: &Caller,
        letter: Letter,
        created: Timestamp,
        expires: Timestamp,
    ) -> Option<Self> {
        Some(Self {
            id: EnvelopeId::draw()?,
            caller: caller.clone(),
            digest: canonical(&letter).ok()?,
            content_digest: canonical(&letter.content()).ok()?,
            letter,
            created,
            expires,
            state: State::Sealed,
            message_uid: None,
            refusal: None,
        })
    }

    /// Whether this caller sealed it, from this client.
    pub fn belongs_to(&self, caller: &Caller) -> bool {
        self.caller == *caller
    }
}
