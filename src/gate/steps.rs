//! The steps of a release, told to whoever watches. Tests end the process at each of them; a
//! server has nobody watching.

use std::{fmt, sync::Arc};

/// What has just been done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A new envelope is kept.
    Sealed,
    /// A person's yes is kept.
    Approved,
    /// A release has begun; nothing is changed.
    Released,
    /// The envelope is `sending`.
    Claimed,
    /// The conversation is still the one that was sealed.
    Rechecked,
    /// The audit log says that the post will be made.
    Announced,
    /// The store says that the post begins.
    Marked,
    /// Front has answered, or nothing more is to come.
    Answered,
    /// The outcome is kept.
    Kept,
    /// The outcome is in the audit log.
    Recorded,
    /// The store knows that it is.
    Settled,
}

impl Step {
    /// All of them, in their order.
    pub const ALL: [Self; 11] = [
        Self::Sealed,
        Self::Approved,
        Self::Released,
        Self::Claimed,
        Self::Rechecked,
        Self::Announced,
        Self::Marked,
        Self::Answered,
        Self::Kept,
        Self::Recorded,
        Self::Settled,
    ];
}

/// Who is told.
#[derive(Clone, Default)]
pub struct Steps(Option<Arc<dyn Fn(Step) + Send + Sync>>);

impl Steps {
    /// Tells this one.
    pub fn watched_by(watcher: impl Fn(Step) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(watcher)))
    }

    /// Tells of a step.
    pub fn done(&self, step: Step) {
        if let Some(watcher) = &self.0 {
            watcher(step);
        }
    }
}

impl fmt::Debug for Steps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() {
            "watched"
        } else {
            "unwatched"
        })
    }
}
