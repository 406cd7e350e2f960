//! A file on its way to Front.

use std::fmt;

use bytes::Bytes;

/// A file to be posted with a body's fields.
#[derive(Clone, PartialEq, Eq)]
pub struct Upload {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub content_type: String,
    /// The whole of it.
    pub bytes: Bytes,
}

/// Without its content, which is nobody's business in a log.
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Upload({} bytes)", self.bytes.len())
    }
}
