//! The approver's PIN: how a person at a terminal, or behind a link, shows that it is they who
//! approve and not the agent.
//!
//! The PIN is kept as an argon2id hash in `approver.pin` of the state folder. Tries are counted
//! there too, so that several processes share one count. Who can write the folder can put another
//! hash in its place: the PIN holds against agents that have no shell under the person's user.

mod attempts;
mod pin;

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read as _},
    path::PathBuf,
};

use jiff::Timestamp;
use secrecy::SecretString;

use self::attempts::Attempts;
pub use self::pin::{Pin, PinError};
use crate::state::StateFolder;

/// The hash's file.
const PIN: &str = "approver.pin";
/// The file whose lock is the right to try, set or clear.
const LOCK: &str = "approver.lock";
/// The longest content of [`PIN`], in bytes.
const LONGEST: u64 = 1_024;

/// Who may approve, by PIN. Its methods block: on the disk, and for what a hash takes.
#[derive(Clone, Debug)]
pub struct Approver(StateFolder);

/// What a try came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Verdict {
    /// It is the PIN.
    Right,
    /// It is not.
    Wrong {
        /// So many more tries are taken before they lock.
        left: u32,
    },
    /// Too many tries were wrong: none is taken, and this one was not looked at, or was the last.
    Locked {
        /// Until then.
        until: Timestamp,
    },
    /// No PIN is set.
    NotSet,
}

/// Why a PIN could not be tried, set or cleared. Nothing is approved then.
#[derive(Debug, thiserror::Error)]
pub enum ApproverError {
    /// A file of the state folder.
    #[error("the approver's PIN cannot be used: {0}")]
    File(#[from] io::Error),
    /// The hash.
    #[error(
        "{} cannot be used: {problem}; remove the file, then set a PIN with `front-mcp approver set`",
        path.display()
    )]
    Hash {
        /// The hash's file.
        path: PathBuf,
        /// What is wrong.
        problem: &'static str,
    },
}

impl Approver {
    /// The approver of a state folder.
    pub fn open(folder: &StateFolder) -> Self {
        Self(folder.clone())
    }

    /// Where the hash lies.
    pub fn path(&self) -> PathBuf {
        self.0.path(PIN)
    }

    /// Whether a PIN is set.
    ///
    /// # Errors
    /// When nobody can tell.
    pub fn is_set(&self) -> Result<bool, ApproverError> {
        Ok(fs::exists(self.path())?)
    }

    /// Tries a PIN. The try counts before it is looked at, so that ending the program in between
    /// gains nothing.
    ///
    /// # Errors
    /// When hash or count cannot be read, or the count cannot be kept.
    pub fn check(&self, pin: &SecretString) -> Result<Verdict, ApproverError> {
        self.check_at(pin, Timestamp::now())
    }

    fn check_at(&self, pin: &SecretString, now: Timestamp) -> Result<Verdict, ApproverError> {
        let _locked = self.lock()?;
        let Some(kept) = self.kept()? else {
            return Ok(Verdict::NotSet);
        };
        let attempts = Attempts::read(&self.0)?;
        if let Some(until) = attempts.locked_until(now) {
            return Ok(Verdict::Locked { until });
        }
        let attempts = attempts.with_another(now);
        attempts.keep(&self.0)?;
        if self.fits(&kept, pin)? {
            Attempts::default().keep(&self.0)?;
            return Ok(Verdict::Right);
        }
        Ok(match attempts.locked_until(now) {
            Some(until) => Verdict::Locked { until },
            None => Verdict::Wrong {
                left: attempts.left(),
            },
        })
    }

    /// Sets a PIN, in the place of one that is there. Whoever calls this has asked for the old.
    ///
    /// # Errors
    /// When it cannot be hashed or kept; the old one then holds.
    pub fn set(&self, pin: &Pin) -> Result<(), ApproverError> {
        let hash = pin.hash().map_err(|error| self.hash_error(error))?;
        let _locked = self.lock()?;
        self.0.replace(PIN, format!("{hash}\n").as_bytes())?;
        Attempts::default().keep(&self.0)?;
        Ok(())
    }

    /// Forgets the PIN. Whoever calls this has asked for it.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn clear(&self) -> Result<(), ApproverError> {
        let _locked = self.lock()?;
        match fs::remove_file(self.path()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => self.0.sync()?,
        }
        Attempts::default().keep(&self.0)?;
        Ok(())
    }

    fn kept(&self) -> io::Result<Option<String>> {
        let file = match File::open(self.path()) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut kept = Vec::new();
        file.take(LONGEST).read_to_end(&mut kept)?;
        // What is no text is no hash either, which the look at it says.
        Ok(Some(String::from_utf8(kept).unwrap_or_default()))
    }

    fn fits(&self, kept: &str, pin: &SecretString) -> Result<bool, ApproverError> {
        pin::fits(kept, pin).map_err(|error| self.hash_error(error))
    }

    fn hash_error(&self, error: pin::HashError) -> ApproverError {
        ApproverError::Hash {
            path: self.path(),
            problem: error.0,
        }
    }

    /// Closing the file gives the lock back.
    fn lock(&self) -> io::Result<File> {
        let lock = self.0.file(LOCK, OpenOptions::new().write(true))?;
        lock.lock()?;
        Ok(lock)
    }
}

#[cfg(test)]
mod tests;
