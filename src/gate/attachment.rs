//! A file that goes with a message, pinned: its bytes are read once, when the message is sealed,
//! and its digest is part of the message's.

use std::fmt;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::{digest::sha256, front::Upload};

/// A file with the digest it had when the message was sealed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub content_type: String,
    /// How many bytes it has.
    pub size: u64,
    /// SHA-256 of its bytes, as 64 hex digits.
    pub sha256: String,
    /// The bytes; not part of the written form, which the digest stands for them in.
    #[serde(skip)]
    bytes: Bytes,
}

impl Attachment {
    /// Pins a file as it is now.
    pub fn pin(file: Upload) -> Self {
        Self {
            name: file.name,
            content_type: file.content_type,
            size: file.bytes.len() as u64,
            sha256: sha256(&file.bytes),
            bytes: file.bytes,
        }
    }

    /// The same attachment with its bytes put back. Whether they are the right ones shows when
    /// it is to be sent.
    #[must_use]
    pub fn with_bytes(self, bytes: Bytes) -> Self {
        Self { bytes, ..self }
    }

    /// The bytes, for keeping; empty when they were let go.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// The file to be sent, if the bytes are those that were pinned.
    pub fn upload(&self) -> Option<Upload> {
        let is_whole = self.bytes.len() as u64 == self.size && sha256(&self.bytes) == self.sha256;
        is_whole.then(|| Upload {
            name: self.name.clone(),
            content_type: self.content_type.clone(),
            bytes: self.bytes.clone(),
        })
    }

    pub(super) fn forget(&mut self) {
        self.bytes = Bytes::new();
    }
}

/// Without its content and its name, which are nobody's business in a log.
impl fmt::Debug for Attachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Attachment({} bytes, {})", self.size, self.sha256)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_bytes_than_the_pinned_ones_are_not_sent() {
        let pinned = Attachment::pin(Upload {
            name: "a.txt".into(),
            content_type: "text/plain".into(),
            bytes: Bytes::from_static(b"as sealed"),
        });
        assert_eq!(pinned.upload().unwrap().bytes.as_ref(), b"as sealed");
        for other in [&b"As sealed"[..], b"as sealed ", b""] {
            let swapped = pinned.clone().with_bytes(Bytes::from_static(other));
            assert_eq!(swapped.upload(), None);
        }
        let mut gone = pinned.clone();
        gone.forget();
        assert_eq!(gone.upload(), None);
        let back = gone.with_bytes(Bytes::from_static(b"as sealed"));
        assert_eq!(back, pinned);
        assert!(back.upload().is_some());
    }

    #[test]
    fn the_written_form_holds_no_bytes() {
        let pinned = Attachment::pin(Upload {
            name: "a.txt".into(),
            content_type: "text/plain".into(),
            bytes: Bytes::from_static(b"hello"),
        });
        let written = serde_json::to_value(&pinned).unwrap();
        let names: Vec<_> = written.as_object().unwrap().keys().collect();
        assert_eq!(names, ["name", "content_type", "size", "sha256"]);
        assert!(!format!("{pinned:?}").contains("a.txt"));
    }
}
