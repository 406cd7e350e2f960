//! A sealed message and what has become of it.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use crate::audit::Channel;

use super::{badge::Badged, letter::Letter};
use crate::{
    callers::CallerName,
    digest::{canonical, hex},
    random,
    tools::context::Caller,
    untrusted::Untrusted,
};

/// 128 random bits, written `env_` and 32 hex digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct EnvelopeId(String);

impl EnvelopeId {
    /// Draws one. Without randomness there is no envelope.
    fn draw() -> Option<Self> {
        Some(Self(format!("env_{}", hex(&random::bytes::<16>().ok()?))))
    }

    /// Reads a pasted id, with quotes or spaces around it.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim_matches(|c: char| c.is_whitespace() || "\"'`".contains(c));
        let digits = text.strip_prefix("env_")?;
        let is_id = digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_id.then(|| Self(text.to_ascii_lowercase()))
    }
}

impl TryFrom<String> for EnvelopeId {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("no envelope id")
    }
}

impl fmt::Display for EnvelopeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The life of an envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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

impl State {
    /// The word in stores and records.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sealed => "sealed",
            Self::Approved => "approved",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::Declined => "declined",
            Self::Expired => "expired",
        }
    }

    /// Nothing will be sent of it any more.
    pub const fn is_over(self) -> bool {
        !self.is_open() && !matches!(self, Self::Sending)
    }

    /// It can still be released.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Sealed | Self::Approved)
    }

    /// A customer has it, or may have it.
    pub const fn may_have_left(self) -> bool {
        matches!(self, Self::Sending | Self::Sent | Self::Unknown)
    }
}

/// A yes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// How it came.
    pub channel: Channel,
    /// Whose it is, where who may say it has a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<CallerName>,
    /// When.
    pub at: Timestamp,
}

/// Whose yes or no it is, as far as the way in could tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// How it came.
    pub channel: Channel,
    /// The approver who signed in; none is whoever sits at this machine, or the agent.
    pub by: Option<CallerName>,
}

impl Voice {
    /// An approver with a name, who has shown that it is they.
    pub fn named(channel: Channel, name: &CallerName) -> Self {
        Self {
            channel,
            by: Some(name.clone()),
        }
    }
}

impl From<Channel> for Voice {
    fn from(channel: Channel) -> Self {
        Self { channel, by: None }
    }
}

/// A message in its envelope.
#[derive(Clone, Serialize, Deserialize)]
pub struct Envelope {
    /// Its id: the only thing a release takes.
    pub id: EnvelopeId,
    /// Who sealed it.
    pub caller: Caller,
    /// The message.
    pub letter: Letter,
    /// What whoever decides should know of its recipients.
    #[serde(default)]
    pub badges: Vec<Badged>,
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
    /// It was sealed where a person must agree.
    #[serde(default)]
    pub needs_person: bool,
    /// Who alone may decide, by name; none is the person at this machine. It is settled at sealing,
    /// and nothing changes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approvers: Option<Vec<CallerName>>,
    /// The envelope in which the same words left, or may have left, within a day.
    pub repeats: Option<EnvelopeId>,
    /// Who said yes.
    pub approval: Option<Approval>,
    /// What a person types to say yes to the last asking through the host. In no tool's result.
    pub word: String,
    /// How often a person was asked through the host; an answer is good for the last time alone.
    pub asked: u32,
    /// The process that moved it to `sending`.
    pub owner: Option<String>,
    /// When the post began; nothing left before.
    pub posted: Option<Timestamp>,
    /// Front's HTTP status.
    pub status: Option<u16>,
    /// Front's identifier of the sent message.
    pub message_uid: Option<String>,
    /// What Front said when it refused.
    #[serde(with = "said")]
    pub refusal: Option<Untrusted>,
    /// Its outcome is not in the audit log yet.
    pub is_unrecorded: bool,
    /// Its words are no longer kept.
    pub is_purged: bool,
}

impl Envelope {
    /// Seals a letter.
    pub(super) fn seal(
        caller: &Caller,
        letter: Letter,
        badges: Vec<Badged>,
        created: Timestamp,
        expires: Timestamp,
    ) -> Option<Self> {
        Some(Self {
            id: EnvelopeId::draw()?,
            caller: caller.clone(),
            digest: canonical(&letter).ok()?,
            content_digest: canonical(&letter.content()).ok()?,
            letter,
            badges,
            created,
            expires,
            state: State::Sealed,
            needs_person: false,
            approvers: None,
            repeats: None,
            approval: None,
            word: String::new(),
            asked: 0,
            owner: None,
            posted: None,
            status: None,
            message_uid: None,
            refusal: None,
            is_unrecorded: false,
            is_purged: false,
        })
    }

    /// Whether this caller sealed it, from this client.
    pub fn belongs_to(&self, caller: &Caller) -> bool {
        self.caller == *caller
    }

    /// Whether whoever this is may decide: the one place where it is said.
    pub fn is_for(&self, by: Option<&CallerName>) -> bool {
        match (&self.approvers, by) {
            (None, None) => true,
            (Some(approvers), Some(name)) => approvers.contains(name),
            _ => false,
        }
    }

    /// Whether it was a person who agreed, one who may, and not the agent.
    pub(super) fn has_a_persons_yes(&self) -> bool {
        self.approval.as_ref().is_some_and(|approval| {
            approval.channel != Channel::Agent && self.is_for(approval.by.as_ref())
        })
    }

    /// Waits for a decision again.
    pub(super) fn reopen(&mut self) {
        self.state = State::Sealed;
        self.approval = None;
        self.owner = None;
        self.posted = None;
    }

    /// Whether a person agreed and no process has begun to release it. What was begun and given
    /// back is released by `confirm-send` alone: nothing is tried again by itself.
    pub(super) fn is_approved_elsewhere(&self) -> bool {
        self.state == State::Approved && self.owner.is_none()
    }

    /// Whether what is kept is still what was sealed: a store may have been written by others.
    pub(super) fn is_as_sealed(&self) -> bool {
        canonical(&self.letter).is_ok_and(|digest| digest == self.digest)
    }

    /// Forgets the words, and keeps what became of them.
    pub(super) fn purge(&mut self) {
        self.letter.html.clear();
        self.letter.text.clear();
        self.letter.subject = None;
        self.word.clear();
        self.is_purged = true;
    }
}

/// Without the word that says yes, and without anybody's words.
impl fmt::Debug for Envelope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Envelope")
            .field("id", &self.id)
            .field("state", &self.state)
            .field("digest", &self.digest)
            .field("approval", &self.approval)
            .field("message_uid", &self.message_uid)
            .finish_non_exhaustive()
    }
}

/// Front's words in a store: as they came.
mod said {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::untrusted::Untrusted;

    pub fn serialize<S: Serializer>(
        said: &Option<Untrusted>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        said.as_ref().map(Untrusted::raw).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Untrusted>, D::Error> {
        Option::deserialize(deserializer)
    }
}
