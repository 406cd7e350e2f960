//! The head of the log: how many records there are and the code of the last, kept apart from the
//! log, because a chain alone cannot show that its end was cut off.

use std::{
    io,
    sync::{Mutex, PoisonError},
};

use jiff::Timestamp;

use super::{
    AuditError,
    line::{self, Code, Key},
    record::Record,
};

/// How far a log goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The number of the last record; 0 for an empty log.
    pub count: u64,
    /// The code of the last record.
    pub code: Code,
}

impl Head {
    /// That of an empty log.
    pub const EMPTY: Self = Self {
        count: 0,
        code: Code::NONE,
    };

    /// The line of a record behind this head, and the head that it makes.
    pub(super) fn followed_by(
        self,
        key: &Key,
        record: Record,
    ) -> Result<(Vec<u8>, Self), AuditError> {
        let count = self.count.checked_add(1).ok_or(AuditError::Full)?;
        let (line, code) = line::seal(key, count, Timestamp::now(), record, self.code)
            .map_err(|error| AuditError::Record(error.to_string()))?;
        Ok((line, Self { count, code }))
    }
}

/// A place where the head is kept.
///
/// Both methods are called while the log's own lock is held: a place that has a lock of its own
/// must not be waiting for the log while it holds it.
pub trait Heads: Send + Sync + std::fmt::Debug {
    /// The head that was kept last, by whichever process.
    ///
    /// # Errors
    /// When it cannot be read. Nothing is written to the log then.
    fn head(&self) -> io::Result<Option<Head>>;

    /// Keeps a head; it must last before this returns.
    ///
    /// # Errors
    /// When it could not be kept.
    fn keep(&self, head: &Head) -> io::Result<()>;
}

/// For a log that ends with the process.
#[derive(Debug, Default)]
pub struct MemoryHeads(Mutex<Option<Head>>);

impl Heads for MemoryHeads {
    fn head(&self) -> io::Result<Option<Head>> {
        Ok(*self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn keep(&self, head: &Head) -> io::Result<()> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(*head);
        Ok(())
    }
}
