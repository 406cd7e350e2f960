//! The approver's PIN, as far as the page needs to know of it.

use std::io;

use secrecy::SecretString;

use crate::approver::Approver;
pub use crate::approver::Verdict;

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

/// That of a state folder.
impl PinCheck for Approver {
    fn is_set(&self) -> io::Result<bool> {
        Self::is_set(self).map_err(io::Error::other)
    }

    fn check(&self, pin: &SecretString) -> io::Result<Verdict> {
        Self::check(self, pin).map_err(io::Error::other)
    }
}

/// Nobody has a PIN where no state is kept: every way to the page but the opened one is shut.
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
