//! Words that a stranger wrote.
//!
//! Subjects, names, bodies, file names, Front's error texts: everything that reached us over
//! the network. The type has no `Display` and no `Serialize`, so that no such word can slip
//! into a sentence of our own; only `shape` takes it out, to clean it, mark it and quote it.

use compact_str::CompactString;
use serde::{Deserialize, Deserializer};

/// Text from outside. Most of it is short: a name or an id costs no allocation.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Untrusted(CompactString);

impl Untrusted {
    /// Marks text as a stranger's.
    pub fn new(text: impl Into<CompactString>) -> Self {
        Self(text.into())
    }

    /// Whether there is nothing to read.
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }

    /// The text itself, for shaping, comparing and sending back to Front. Never for our voice.
    pub fn raw(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Untrusted {
    /// The length alone: bodies and names do not belong in logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Untrusted({} bytes)", self.0.len())
    }
}

impl<'de> Deserialize<'de> for Untrusted {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Option::<CompactString>::deserialize(deserializer)?;
        Ok(Self(text.unwrap_or_default()))
    }
}
