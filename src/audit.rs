//! The audit log: who asked for what, what was decided, and what became of it. Not what any mail
//! says, nor to whom it went.
//!
//! One JSON line a record, in `audit.jsonl` of the state folder, shared by all processes that
//! share the folder. Each line carries a code over itself and the line before it ([`line`]), and
//! the head of the log is kept apart from it ([`Heads`]), so that [`Audit::verify`] finds what
//! was edited, dropped, inserted, moved or cut off. Nothing is ever removed from the file: what a
//! crash left half-written stays, and the next record says how much it is.
//!
//! The key lies in the same folder. Who can write the folder can forge the log.

mod event;
mod file;
mod finding;
mod head;
mod line;
mod pieces;
mod record;
mod tail;
mod verify;

use std::{
    io::{self, BufRead},
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

pub use self::{
    event::{Channel, Decision, Event},
    file::LOG,
    finding::{Finding, Problem},
    head::{Head, Heads, MemoryHeads},
    line::{Code, Entry},
    record::Record,
    verify::Verification,
};
use self::{file::LogFile, line::Key};
use crate::{aside::blocking, state::StateFolder};

/// The key's file in the state folder.
pub const KEY: &str = "audit.key";

/// An audit log. Over a file its methods wait for the disk; while one writes, the calls of others
/// go on.
#[derive(Debug)]
pub struct Audit {
    key: Key,
    heads: Arc<dyn Heads>,
    log: Log,
}

#[derive(Debug)]
enum Log {
    File(LogFile),
    Memory(Mutex<Vec<u8>>),
}

/// Why the log could not be written or read. A record whose writing failed may or may not be in
/// the log; what depends on it must not happen.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// A file of the log.
    #[error("cannot {doing} {}: {source}", path.display())]
    File {
        /// What was tried.
        doing: &'static str,
        /// With which file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The head of the log.
    #[error("the head of the audit log cannot be read or kept: {0}")]
    Head(#[source] io::Error),
    /// The record.
    #[error("the audit record cannot be written as JSON: {0}")]
    Record(String),
    /// The count has come to its end.
    #[error("the audit log says that it holds as many records as can be counted; it is damaged")]
    Full,
}

impl AuditError {
    fn when(doing: &'static str, path: PathBuf) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::File {
            doing,
            path,
            source,
        }
    }
}

impl Audit {
    /// The log of a state folder, which is made with the first record.
    ///
    /// # Errors
    /// When its key or lock can be neither read nor made.
    pub fn open(folder: &StateFolder, heads: Arc<dyn Heads>) -> Result<Self, AuditError> {
        let key = folder
            .key(KEY)
            .map_err(AuditError::when("read", folder.path(KEY)))?;
        Ok(Self {
            key: Key::new(key),
            heads,
            log: Log::File(LogFile::open(folder)?),
        })
    }

    /// A log that ends with the process.
    pub fn memory() -> Self {
        Self {
            // Nobody else can reach the lines that it protects.
            key: Key::new([0; 32]),
            heads: Arc::new(MemoryHeads::default()),
            log: Log::Memory(Mutex::default()),
        }
    }

    /// Appends a record. When this returns it lasts, and so does the head.
    ///
    /// # Errors
    /// When it is not certain that the record lasts.
    pub fn write(&self, record: Record) -> Result<Head, AuditError> {
        let lines = match &self.log {
            // A disk's sync is no work of the processor, but it stops the thread all the same.
            Log::File(file) => {
                return blocking(|| file.append(&self.key, &*self.heads, record));
            }
            Log::Memory(lines) => lines,
        };
        let mut lines = lines.lock().unwrap_or_else(PoisonError::into_inner);
        let head = self.heads.head().map_err(AuditError::Head)?;
        let head = head.unwrap_or(Head::EMPTY);
        let (line, head) = head.followed_by(&self.key, record)?;
        lines.extend_from_slice(&line);
        self.heads.keep(&head).map_err(AuditError::Head)?;
        Ok(head)
    }

    /// Appends a record of what has happened already: a log that fails is told of in the other
    /// log, and stops nothing. Whether it was written.
    pub fn note(&self, record: Record) -> bool {
        let event = record.event();
        let written = self.write(record);
        if let Err(error) = &written {
            tracing::error!(?event, %error, "not in the audit log");
        }
        written.is_ok()
    }

    /// The head that was kept last.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn head(&self) -> Result<Option<Head>, AuditError> {
        self.heads.head().map_err(AuditError::Head)
    }

    /// Hands over every line that was written with the log's key, in the order of the file.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn each(&self, mut take: impl FnMut(Entry)) -> Result<(), AuditError> {
        self.read(|reader| {
            while let Some(piece) = pieces::next(reader)? {
                if let Ok(sealed) = line::open(&self.key, &piece.bytes) {
                    take(sealed.entry);
                }
            }
            Ok(())
        })
    }

    /// All that [`Self::each`] hands over.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn records(&self) -> Result<Vec<Entry>, AuditError> {
        let mut all = Vec::new();
        self.each(|entry| all.push(entry))?;
        Ok(all)
    }

    /// The lines as they stand in the log, without their newlines.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn lines(&self) -> Result<Vec<String>, AuditError> {
        let mut all = Vec::new();
        self.read(|reader| {
            while let Some(piece) = pieces::next(reader)? {
                all.push(String::from_utf8_lossy(&piece.bytes).into_owned());
            }
            Ok(())
        })?;
        Ok(all)
    }

    /// Holds the whole log to its chain and its head.
    ///
    /// # Errors
    /// When log or head cannot be read.
    pub fn verify(&self) -> Result<Verification, AuditError> {
        // The head first: a record that is written meanwhile is then ahead of it.
        let head = self.head()?;
        self.read(|reader| verify::verify(reader, &self.key, head))
    }

    fn read<T>(
        &self,
        read: impl FnOnce(&mut dyn BufRead) -> io::Result<T>,
    ) -> Result<T, AuditError> {
        let done = match &self.log {
            Log::File(file) => match file.read()? {
                Some(mut reader) => read(&mut reader),
                None => read(&mut io::empty()),
            },
            Log::Memory(lines) => {
                let lines = lines.lock().unwrap_or_else(PoisonError::into_inner).clone();
                read(&mut &lines[..])
            }
        };
        done.map_err(AuditError::when("read", PathBuf::from(LOG)))
    }
}
