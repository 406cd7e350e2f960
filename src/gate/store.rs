//! Where envelopes rest, and what is remembered of drafts. A store knows how to select and to keep, in one transaction that nobody
//! else can come between; what may become of an envelope is decided in [`rules`], once for all
//! stores.

mod memory;
pub mod rules;
mod sqlite;
#[cfg(test)]
mod tests;

use std::fmt::Debug;

use futures_util::future::BoxFuture;
use jiff::Timestamp;

pub(crate) use self::sqlite::{connect, connect_in_memory};
pub use self::{memory::MemoryStore, sqlite::SqliteStore};
use super::{
    envelope::{Envelope, EnvelopeId, State},
    own_drafts::Remembered,
};
use crate::front::id::MessageId;

/// A keeper of envelopes.
pub trait Store: Debug + Send + Sync {
    /// Reads what is selected, lets the rule change it, and keeps the changes before it returns,
    /// in one transaction: no other process or thread reads or writes between.
    fn change<'a>(
        &'a self,
        select: Select,
        rule: Rule<'a>,
    ) -> BoxFuture<'a, Result<(), StoreError>>;

    /// Notes that a client declares elicitation and shows it to nobody.
    fn note_silent<'a>(
        &'a self,
        client: &'a str,
        is_silent: bool,
    ) -> BoxFuture<'a, Result<(), StoreError>>;

    /// Whether that was noted.
    fn is_silent<'a>(&'a self, client: &'a str) -> BoxFuture<'a, Result<bool, StoreError>>;

    /// Remembers a draft as its caller last wrote it.
    fn keep_draft<'a>(&'a self, draft: &'a Remembered) -> BoxFuture<'a, Result<(), StoreError>>;

    /// A draft that this caller made.
    fn draft<'a>(
        &'a self,
        id: &'a MessageId,
        caller: &'a str,
    ) -> BoxFuture<'a, Result<Option<Remembered>, StoreError>>;

    /// Forgets a draft of this caller's.
    fn forget_draft<'a>(
        &'a self,
        id: &'a MessageId,
        caller: &'a str,
    ) -> BoxFuture<'a, Result<(), StoreError>>;

    /// Forgets drafts that were written before then, and all but so many.
    fn forget_drafts(
        &self,
        before: Timestamp,
        most: usize,
    ) -> BoxFuture<'_, Result<(), StoreError>>;
}

/// What is done with selected envelopes.
pub type Rule<'a> = Box<dyn FnOnce(&mut Rows) + Send + 'a>;

/// What a rule needs to see.
#[derive(Clone, Debug)]
pub enum Select {
    /// One envelope.
    One(EnvelopeId),
    /// Those with this content, sealed since then.
    Twins {
        /// Their content digest.
        content: String,
        /// The earliest that counts.
        since: Timestamp,
    },
    /// One envelope, those with its content, all on their way, and how many left in the last hour
    /// and day.
    Claim {
        /// The envelope.
        id: EnvelopeId,
        /// The present.
        now: Timestamp,
    },
    /// Those with this content, and those that are known to have become this message of Front's.
    Holders {
        /// Their content digest.
        content: String,
        /// Front's identifier.
        message_uid: Option<String>,
    },
    /// Those in these states.
    In(Vec<State>),
    /// Those whose outcome is not in the audit log yet.
    Unrecorded,
    /// Those whose words are still kept though they expired before then.
    Stale(Timestamp),
}

/// What was selected; what the rule marks as changed is kept.
#[derive(Debug, Default)]
pub struct Rows {
    /// The envelopes.
    pub found: Vec<Envelope>,
    /// To keep: new ones, and changed ones in place of what they were.
    pub keep: Vec<Envelope>,
    /// What left, for [`Select::Claim`].
    pub left: Left,
    /// What left of the same caller's.
    pub own_left: Left,
}

/// How many messages left, or may have left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// Within the last hour.
    pub hour: u64,
    /// Within the last day.
    pub day: u64,
}

impl Left {
    /// With so many more that are about to.
    #[must_use]
    pub const fn and(self, more: u64) -> Self {
        Self {
            hour: self.hour + more,
            day: self.day + more,
        }
    }
}

/// A store that failed. Nothing was changed.
#[derive(Debug, thiserror::Error)]
#[error("the envelope store failed: {0}")]
pub struct StoreError(pub String);
