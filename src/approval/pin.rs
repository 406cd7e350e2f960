//! The approver's PIN, as far as the page needs to know of it.

use std::io;

use jiff::Timestamp;
use secrecy::SecretString;

/// What checking a PIN came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is the approver's.
    Right,
    /// It is not.
    Wrong {
        /// Attempts before a pause.
        left: u32,
    },
    /// Too many were wrong.
    Locked {
        /// No PIN is looked at before then.
        until: Timestamp,
    },
    /// No PIN was ever set, so none can be right.
    NotSet,
}

/// Checks PINs. It may take a while and is called where that disturbs nobody.
pub trait PinCheck: Send + Sync {
    /// Whether there is a PIN to ask for.
    ///
    /// # Errors
    /// When nobody can tell.
    fn is_set(&self) -> io::Result<bool>;

    /// Judges what was typed, and counts it.
    ///
    /// # Errors
    /// When it can be neither judged nor counted.
    fn check(&self, pin: &SecretString) -> io::Result<Verdict>;
}

/// Nobody has a PIN: every way to the page but the opened one is shut.
#[derive(Clone, Copy, Debug)]
pub struct NoPin;

impl PinCheck for NoPin {
    fn is_set(&self) -> io::Result<bool> {
        Ok(false)
    }

    fn check(&self, _: &SecretString) -> io::Result<Verdict> {
        Ok(Verdict::NotSet)
    }
}
