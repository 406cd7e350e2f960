//! The log in its file: one writer at a time, of all threads and processes.

use std::{
    fs::{File, OpenOptions},
    io::{self, BufReader, Write as _},
    sync::{Mutex, PoisonError},
};

use super::{
    AuditError,
    event::Event,
    head::{Head, Heads},
    line::Key,
    record::Record,
    tail::Tail,
};
use crate::state::StateFolder;

/// The log.
pub const LOG: &str = "audit.jsonl";
/// The file whose lock is the right to write.
const LOCK: &str = "audit.lock";

/// A log in a state folder.
#[derive(Debug)]
pub struct LogFile {
    folder: StateFolder,
    /// The lock's file, and how far this process knows the log.
    known: Mutex<(File, Option<Known>)>,
}

/// A record's end in the file.
#[derive(Clone, Copy, Debug)]
struct Known {
    offset: u64,
    head: Head,
}

/// The right to write, given back when it goes out of scope.
struct Locked<'file>(&'file File);

impl Drop for Locked<'_> {
    fn drop(&mut self) {
        // Closing the file would give it back too.
        let _ = self.0.unlock();
    }
}

impl LogFile {
    /// Opens the lock; the log itself is made by the first record.
    pub fn open(folder: &StateFolder) -> Result<Self, AuditError> {
        let lock = folder
            .file(LOCK, OpenOptions::new().write(true))
            .map_err(AuditError::when("open", folder.path(LOCK)))?;
        Ok(Self {
            folder: folder.clone(),
            known: Mutex::new((lock, None)),
        })
    }

    /// Reads the log from its beginning; none when there is no log.
    pub fn read(&self) -> Result<Option<BufReader<File>>, AuditError> {
        let path = self.folder.path(LOG);
        match File::open(&path) {
            Ok(file) => Ok(Some(BufReader::new(file))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(AuditError::when("read", path)(error)),
        }
    }

    /// Appends a record behind whatever others have appended meanwhile, and keeps the new head.
    pub fn append(&self, key: &Key, heads: &dyn Heads, record: Record) -> Result<Head, AuditError> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let (lock, known) = &mut *known;
        lock.lock()
            .map_err(AuditError::when("lock", self.folder.path(LOCK)))?;
        let _locked = Locked(lock);
        let kept = heads.head().map_err(AuditError::Head)?;
        let failed = |doing| AuditError::when(doing, self.folder.path(LOG));
        // By its name each time: somebody may have put another file in its place.
        let mut log = self
            .folder
            .file(LOG, OpenOptions::new().read(true).append(true))
            .map_err(failed("open"))?;
        let length = log.metadata().map_err(failed("read"))?.len();
        let tail = find_tail(&mut log, length, kept, *known, key).map_err(failed("read"))?;
        let (lines, head) = next_lines(key, &tail, kept, known.map(|known| known.head), record)?;
        log.write_all(&lines).map_err(failed("write"))?;
        log.sync_data().map_err(failed("write"))?;
        if length == 0 {
            self.folder.sync().map_err(failed("write"))?;
        }
        heads.keep(&head).map_err(AuditError::Head)?;
        *known = Some(Known {
            offset: length.saturating_add(lines.len() as u64),
            head,
        });
        Ok(head)
    }
}

/// Reads on from where this process knows the log; where that does not lead to the head that was
/// kept, the log is looked at afresh.
fn find_tail(
    log: &mut File,
    length: u64,
    kept: Option<Head>,
    known: Option<Known>,
    key: &Key,
) -> io::Result<Tail> {
    if let Some(known) = known.filter(|known| known.offset <= length) {
        let tail = Tail::after(log, known.offset, known.head, key)?;
        let reaches = kept.is_none_or(|kept| kept.count <= tail.head.count);
        if reaches && tail.residue.is_empty() {
            return Ok(tail);
        }
    }
    Tail::of(log, length, key)
}

/// The record's line, behind what has to be said first about the end that was found.
///
/// The chain goes on from the furthest record that is known of, even when the log no longer
/// holds it: the hole then shows for ever.
fn next_lines(
    key: &Key,
    tail: &Tail,
    kept: Option<Head>,
    known: Option<Head>,
    record: Record,
) -> Result<(Vec<u8>, Head), AuditError> {
    let mut head = tail.head;
    for other in [known, kept].into_iter().flatten() {
        if other.count >= head.count {
            head = other;
        }
    }
    let mut lines = Vec::new();
    if !tail.ended {
        lines.push(b'\n');
    }
    // A crash can come before the first head is kept, but not before the second.
    let lost_head = kept.is_none() && head.count > 1;
    let is_damaged = lost_head || tail.head != head || !tail.residue.is_torn();
    if is_damaged || !tail.residue.is_empty() {
        let event = if is_damaged {
            tracing::error!(
                "the audit log does not end where it must; run `front-mcp audit verify`"
            );
            Event::Damaged
        } else {
            tracing::warn!("the last write to the audit log was cut off by a crash");
            Event::Torn
        };
        let residue = &tail.residue;
        let said = Record::of_residue(event, residue.bytes(), &residue.digest());
        head = add(&mut lines, key, head, said)?;
    }
    head = add(&mut lines, key, head, record)?;
    Ok((lines, head))
}

/// Adds a record behind the last, and tells the new last.
fn add(lines: &mut Vec<u8>, key: &Key, last: Head, record: Record) -> Result<Head, AuditError> {
    let (line, head) = last.followed_by(key, record)?;
    lines.extend_from_slice(&line);
    Ok(head)
}
