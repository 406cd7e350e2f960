//! The head of the log: how many records there are and the code of the last, kept apart from the
//! log, because a chain alone cannot show that its end was cut off.

use std::{
    fs, io,
    sync::{Mutex, PoisonError},
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    AuditError,
    line::{self, Code, Key},
    record::Record,
};
use crate::state::StateFolder;

/// The file of [`FileHeads`].
const FILE: &str = "audit.head";

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

/// `audit.head` in the state folder: one JSON object, replaced as a whole.
#[derive(Clone, Debug)]
pub struct FileHeads(StateFolder);

impl FileHeads {
    /// In this folder.
    pub fn new(folder: &StateFolder) -> Self {
        Self(folder.clone())
    }
}

#[derive(Serialize, Deserialize)]
struct Kept {
    count: u64,
    mac: String,
}

impl Heads for FileHeads {
    fn head(&self) -> io::Result<Option<Head>> {
        let path = self.0.path(FILE);
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let head = serde_json::from_slice::<Kept>(&text)
            .ok()
            .and_then(|kept| {
                Some(Head {
                    count: kept.count,
                    code: Code::parse(&kept.mac)?,
                })
            })
            .ok_or_else(|| {
                let problem = format!("{} is no head of an audit log", path.display());
                io::Error::new(io::ErrorKind::InvalidData, problem)
            })?;
        Ok(Some(head))
    }

    fn keep(&self, head: &Head) -> io::Result<()> {
        let kept = serde_json::to_vec(&Kept {
            count: head.count,
            mac: head.code.to_string(),
        })?;
        self.0.replace(FILE, &kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_head_is_read_again() {
        let dir = tempfile::tempdir().unwrap();
        let folder = StateFolder::open(dir.path()).unwrap();
        let places: [&dyn Heads; 2] = [&MemoryHeads::default(), &FileHeads::new(&folder)];
        for heads in places {
            assert_eq!(heads.head().unwrap(), None);
            let code = Code::parse(&"a7".repeat(32)).unwrap();
            for count in [1, u64::MAX] {
                heads.keep(&Head { count, code }).unwrap();
                assert_eq!(heads.head().unwrap(), Some(Head { count, code }));
            }
        }
        for broken in [&b""[..], b"{}", br#"{"count":1,"mac":"a7"}"#, b"\xff"] {
            folder.replace(FILE, broken).unwrap();
            let error = FileHeads::new(&folder).head().unwrap_err();
            assert!(error.to_string().contains("audit.head"), "{error}");
        }
    }
}
