//! The plans of this process, each for who made it.

use std::{io, sync::Arc, time::Duration};

use super::plan::Plan;
use crate::{
    drawn::DrawnId,
    tools::shelf::{Bounds, Shelf},
};

/// How long a plan is kept after it was last used.
pub const LIFE: Duration = Duration::from_secs(30 * 60);

const BOUNDS: Bounds = Bounds {
    prefix: "bulk_",
    life: LIFE,
    most_of_one: 8,
    most: 64,
};

/// Plans that wait to be carried out.
#[derive(Debug)]
pub struct Plans(Shelf<String, Arc<Plan>>);

impl Default for Plans {
    fn default() -> Self {
        Self(Shelf::new(BOUNDS))
    }
}

impl Plans {
    /// Keeps a plan for a caller, and gives its handle.
    ///
    /// # Errors
    /// Where the system has no random bytes.
    pub fn keep(&self, caller: &str, plan: Plan) -> io::Result<DrawnId> {
        self.0.keep(caller.to_owned(), Arc::new(plan))
    }

    /// The plan of a handle, and that handle, if this caller made it and it has not expired.
    pub fn find(&self, caller: &str, handle: &str) -> Option<(DrawnId, Arc<Plan>)> {
        self.0.find(&caller.to_owned(), handle)
    }
}
