//! How often a PIN was wrong in a row, shared by all processes of a state folder.

use std::{fs, io};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::place::Place;

/// How many wrong tries in a row lock.
pub const ALLOWED: u32 = 5;
/// For how many seconds they lock.
const LOCKED_FOR: i64 = 15 * 60;

/// The count. It is read and written under the approver's lock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attempts {
    /// Tries since the last right one, one of them perhaps still being looked at.
    wrong: u32,
    /// Until when no more are taken, in Unix seconds.
    until: Option<i64>,
}

impl Attempts {
    /// Reads the count.
    ///
    /// # Errors
    /// When it is there and cannot be read: no count must not mean no limit.
    pub(super) fn read(place: &Place) -> io::Result<Self> {
        let path = place.folder().path(&place.attempts());
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(error),
        };
        serde_json::from_slice(&text).map_err(|_| {
            let problem = format!("{} holds no count of attempts", path.display());
            io::Error::new(io::ErrorKind::InvalidData, problem)
        })
    }

    /// Keeps the count; it lasts when this returns.
    ///
    /// # Errors
    /// Those of the file system.
    pub(super) fn keep(&self, place: &Place) -> io::Result<()> {
        place
            .folder()
            .replace(&place.attempts(), &serde_json::to_vec(self)?)
    }

    /// Until when no try is taken, if none is taken now.
    pub fn locked_until(&self, now: Timestamp) -> Option<Timestamp> {
        let until = Timestamp::from_second(self.until?).unwrap_or(Timestamp::MAX);
        (now < until).then_some(until)
    }

    /// With one more try. A lock that is over begins a new count.
    pub fn with_another(self, now: Timestamp) -> Self {
        let before = if self.until.is_some() { 0 } else { self.wrong };
        let wrong = before.saturating_add(1);
        let until = (wrong >= ALLOWED).then(|| now.as_second().saturating_add(LOCKED_FOR));
        Self { wrong, until }
    }

    /// How many more tries are taken, when this one was wrong too.
    pub fn left(&self) -> u32 {
        ALLOWED.saturating_sub(self.wrong)
    }
}
