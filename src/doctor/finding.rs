//! What a check found.

use serde::Serialize;

use crate::shape::text::Text;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// As it should be.
    Ok,
    /// Worth knowing.
    Note,
    /// Something does not work, or soon may not.
    Warning,
    /// It does not work, or is not safe.
    Error,
}

impl Status {
    /// The status as a word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One thing that was found, and what to do about it.
#[derive(Clone, Debug)]
pub struct Finding {
    /// How bad it is.
    pub status: Status,
    /// What was found.
    pub found: Text,
    /// What to do next; nothing where all is well.
    pub next: Option<Text>,
}

impl Finding {
    /// As it should be.
    pub fn ok(found: Text) -> Self {
        Self {
            status: Status::Ok,
            found,
            next: None,
        }
    }

    /// Worth knowing.
    pub fn note(found: Text, next: Text) -> Self {
        Self::of(Status::Note, found, next)
    }

    /// Something does not work, or soon may not.
    pub fn warning(found: Text, next: Text) -> Self {
        Self::of(Status::Warning, found, next)
    }

    /// It does not work, or is not safe.
    pub fn error(found: Text, next: Text) -> Self {
        Self::of(Status::Error, found, next)
    }

    fn of(status: Status, found: Text, next: Text) -> Self {
        Self {
            status,
            found,
            next: Some(next),
        }
    }
}
