//! The approver's PIN, as far as the page needs to know of it.

use secrecy::SecretString;

use crate::approver::Approver;
pub use crate::approver::Verdict;

/// Checks PINs. It may take a while and is called where that disturbs nobody.
pub trait PinCheck: Send + Sync {
    /// Whether there is a PIN to ask for.
    fn is_set(&self) -> bool;

    /// Judges what was typed, and counts it.
    fn check(&self, pin: &SecretString) -> Verdict;
}

/// That of a state folder; a PIN that cannot be read is none.
impl PinCheck for Approver {
    fn is_set(&self) -> bool {
        Self::is_set(self).unwrap_or_else(|error| {
            tracing::error!(%error, "the approver's PIN cannot be read");
            false
        })
    }

    fn check(&self, pin: &SecretString) -> Verdict {
        Self::check(self, pin).unwrap_or_else(|error| {
            tracing::error!(%error, "the approver's PIN cannot be read");
            Verdict::NotSet
        })
    }
}

/// Nobody has a PIN where no state is kept: every way to the page but the opened one is shut.
#[derive(Clone, Copy, Debug)]
pub struct NoPin;

impl PinCheck for NoPin {
    fn is_set(&self) -> bool {
        false
    }

    fn check(&self, _: &SecretString) -> Verdict {
        Verdict::NotSet
    }
}
