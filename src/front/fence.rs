//! What is decided at the door about each call, whoever makes it: a tool or `raw-api-request`.
//!
//! The door does not know who decides. A [`Doorkeeper`] says yes or no to facts; this module
//! finds the facts out, by asking Front where it must: which inboxes a conversation is in, which
//! conversation a message belongs to, what a tag is called. What cannot be established is
//! denied. What was established is kept for a minute.
//!
//! With inboxes limited, what lies elsewhere is invisible: it is told like what does not exist.

mod check;
mod foresee;
mod known;
mod place;
mod reach;
mod rows;
mod search;
mod tags;

use std::{any::Any, collections::BTreeSet, fmt, sync::Arc};

use self::known::Known;
pub use self::{
    foresee::{Foresight, foresee},
    reach::{Admission, reach},
};
use super::{client::Call, id::InboxId, operation::Operation};

/// Who decides, over facts alone.
pub trait Doorkeeper: fmt::Debug + Send + Sync {
    /// Whether the operation may be called at all.
    fn operation(&self, operation: &Operation) -> Result<(), Denied>;
    /// Whether a call may be made for what its maker claims, where the operation alone may not. Gives
    /// the name of the exception, if it took one.
    fn claimed(&self, call: &Call, claim: &dyn Claim) -> Result<Option<&'static str>, Denied>;
    /// Whether a tag may be applied or changed, by what is known of it.
    fn tag(&self, id: Option<&str>, name: Option<&str>) -> Result<(), Denied>;
    /// What must be known of a tag.
    fn tags(&self) -> TagLook;
    /// The inboxes that are visible; all without.
    fn inboxes(&self) -> Option<&BTreeSet<InboxId>>;
}

/// What whoever makes a call can show for it. What it proves only the doorkeeper knows; the door
/// hands it on.
pub trait Claim: Any + fmt::Debug + Send + Sync {}

/// The line of the operator's settings that says no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denied(pub String);

/// What must be known of a tag to decide about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagLook {
    /// Nothing: every tag may be applied.
    None,
    /// Its id, its name, or both.
    At {
        /// Some are denied by id.
        ids: bool,
        /// Some are denied by name.
        names: bool,
    },
}

/// One doorkeeper, and what has been established for it. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Fence {
    keeper: Arc<dyn Doorkeeper>,
    known: Arc<Known>,
}

impl Fence {
    /// A fence with nothing established yet.
    pub fn new(keeper: impl Doorkeeper + 'static) -> Self {
        Self {
            keeper: Arc::new(keeper),
            known: Arc::default(),
        }
    }
}
