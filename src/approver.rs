//! The approver's PIN: how a person at a terminal, or behind a link, shows that it is they who
//! approve and not the agent.
//!
//! The PIN is kept as an argon2id hash in `approver.pin` of the state folder. Tries are counted
//! there too, so that several processes share one count. Who can write the folder can put another
//! hash in its place: the PIN holds against agents that have no shell under the person's user.
//!
//! A server that others reach has approvers with names, each with a PIN or password of their own in
//! the folder `approvers`. Whether there is one of a name does not show: a name that nobody set is
//! tried, counted and locked like any other, and takes as long.

mod attempts;
mod pin;
mod place;

use std::{
    fs::{self, File},
    io::{self, Read as _},
    path::PathBuf,
};

use jiff::Timestamp;
use secrecy::SecretString;

pub use self::pin::{Pin, PinError};
use self::{attempts::Attempts, place::Place};
use crate::{callers::CallerName, digest::sha256, state::StateFolder};

/// The longest content of a hash's file, in bytes.
const LONGEST: u64 = 1_024;

/// Who may approve, by PIN. Its methods block: on the disk, and for what a hash takes.
#[derive(Clone, Debug)]
pub struct Approver(Place);

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
    /// No PIN is set. Never said of an approver with a name, of whom it must not show.
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
        "{} cannot be used: {problem}; remove the file, then set another with `front-mcp approver set{flag}`",
        path.display()
    )]
    Hash {
        /// The hash's file.
        path: PathBuf,
        /// What is wrong.
        problem: &'static str,
        /// What names the approver to the command.
        flag: String,
    },
}

impl Approver {
    /// The approver of a state folder: the person at this machine.
    pub fn open(folder: &StateFolder) -> Self {
        Self(Place::local(folder))
    }

    /// An approver with a name, whether or not one of that name is set.
    ///
    /// # Errors
    /// When their folder cannot be made.
    pub fn named(folder: &StateFolder, name: &CallerName) -> io::Result<Self> {
        Place::named(folder, name).map(Self)
    }

    /// The names of the approvers that are set, in their order.
    ///
    /// # Errors
    /// When nobody can tell.
    pub fn names(folder: &StateFolder) -> Result<Vec<CallerName>, ApproverError> {
        Ok(place::names(folder)?)
    }

    /// Until when no try is taken, if none is taken now.
    ///
    /// # Errors
    /// When the count cannot be read.
    pub fn locked_until(&self) -> Result<Option<Timestamp>, ApproverError> {
        Ok(Attempts::read(&self.0)?.locked_until(Timestamp::now()))
    }

    /// Where the hash lies.
    pub fn path(&self) -> PathBuf {
        self.0.folder().path(&self.0.pin())
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
        let _locked = self.0.lock()?;
        let kept = self.kept()?;
        if kept.is_none() && self.0.name().is_none() {
            return Ok(Verdict::NotSet);
        }
        let attempts = Attempts::read(&self.0)?;
        if let Some(until) = attempts.locked_until(now) {
            return Ok(Verdict::Locked { until });
        }
        let attempts = attempts.with_another(now);
        attempts.keep(&self.0)?;
        if self.fits(kept.as_deref(), pin)? {
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
        let _locked = self.0.lock()?;
        self.0
            .folder()
            .replace(&self.0.pin(), format!("{hash}\n").as_bytes())?;
        Attempts::default().keep(&self.0)?;
        Ok(())
    }

    /// Forgets the PIN. Whoever calls this has asked for it.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn clear(&self) -> Result<(), ApproverError> {
        let _locked = self.0.lock()?;
        match fs::remove_file(self.path()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => self.0.folder().sync()?,
        }
        Attempts::default().keep(&self.0)?;
        Ok(())
    }

    /// What is another as soon as another PIN is set; none where none is. It tells nothing of the PIN.
    ///
    /// # Errors
    /// When the hash cannot be read.
    pub fn stamp(&self) -> io::Result<Option<String>> {
        Ok(self.kept()?.map(|hash| sha256(hash.as_bytes())))
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

    fn fits(&self, kept: Option<&str>, pin: &SecretString) -> Result<bool, ApproverError> {
        let answer = match kept {
            Some(kept) => pin::fits(kept, pin),
            None => {
                self.0.forget_unknown()?;
                pin::fits_nothing(pin)
            }
        };
        answer.map_err(|error| self.hash_error(error))
    }

    fn hash_error(&self, error: pin::HashError) -> ApproverError {
        ApproverError::Hash {
            path: self.path(),
            problem: error.0,
            flag: self
                .0
                .name()
                .map_or_else(String::new, |name| format!(" --name {name}")),
        }
    }
}

#[cfg(test)]
mod tests;
