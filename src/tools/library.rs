//! What was read of the knowledge bases: Front has no search over articles, so they are searched
//! here.
//!
//! Nothing is read before somebody searches. A search first brings the list of articles up to
//! date when it is older than ten minutes, then reads those that are new or changed, behind every
//! request that a person waits for, until a part of the call's time is left; what is read by then
//! is searched, and the answer says how much of all there is that was. The next call goes on.

mod reading;
mod shelf;

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use self::shelf::Shelf;
pub use self::{
    reading::Behind,
    shelf::{Base, Coverage, Hit, Wanted},
};

/// How old a list may be.
const FRESH: Duration = Duration::from_secs(600);

/// The articles that were read, shared by all calls of a server.
#[derive(Debug)]
pub struct Library {
    shelf: Mutex<Shelf>,
    /// Held by the call that reads; the others meanwhile search what there is.
    reader: tokio::sync::Mutex<()>,
    fresh: Duration,
}

impl Default for Library {
    fn default() -> Self {
        Self::fresh_for(FRESH)
    }
}

impl Library {
    /// One whose list of articles is read again after so long.
    pub fn fresh_for(fresh: Duration) -> Self {
        Self {
            shelf: Mutex::default(),
            reader: tokio::sync::Mutex::default(),
            fresh,
        }
    }

    /// The next search lists the articles again: one of them was changed from here.
    pub fn outdate(&self) {
        self.shelf().listed = None;
    }

    /// The best articles for these words.
    pub fn search(&self, wanted: &Wanted<'_>) -> Vec<Hit> {
        self.shelf().search(wanted)
    }

    /// The knowledge bases as they were last listed.
    pub fn bases(&self) -> Vec<Base> {
        self.shelf().bases.clone()
    }

    /// How much of what there is was read.
    pub fn coverage(&self) -> Coverage {
        self.shelf().coverage()
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
