//! The plans of this process, each for who made it.

use std::{
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use super::plan::Plan;
use crate::drawn::DrawnId;

/// How long a plan is kept after it was last used.
pub const LIFE: Duration = Duration::from_secs(30 * 60);

/// The most plans of one caller; the oldest makes room.
const MOST_OF_ONE: usize = 8;

/// The most plans of all callers.
const MOST: usize = 64;

/// What every handle begins with.
const PREFIX: &str = "bulk_";

/// Plans that wait to be carried out.
#[derive(Debug, Default)]
pub struct Plans(Mutex<Vec<Kept>>);

#[derive(Debug)]
struct Kept {
    handle: DrawnId,
    caller: String,
    used_at: Instant,
    plan: Arc<Plan>,
}

impl Plans {
    /// Those that have not expired.
    fn fresh(&self) -> MutexGuard<'_, Vec<Kept>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|one| one.used_at.elapsed() < LIFE);
        kept
    }

    /// Keeps a plan for a caller, and gives its handle.
    ///
    /// # Errors
    /// Where the system has no random bytes.
    pub fn keep(&self, caller: &str, plan: Plan) -> io::Result<DrawnId> {
        let handle = DrawnId::draw(PREFIX)?;
        let mut kept = self.fresh();
        let of_one = |one: &&Kept| one.caller == caller;
        if kept.iter().filter(of_one).count() >= MOST_OF_ONE {
            drop_oldest(&mut kept, |one| one.caller == caller);
        }
        if kept.len() >= MOST {
            drop_oldest(&mut kept, |_| true);
        }
        kept.push(Kept {
            handle: handle.clone(),
            caller: caller.to_owned(),
            used_at: Instant::now(),
            plan: Arc::new(plan),
        });
        Ok(handle)
    }

    /// The plan of a handle, and that handle, if this caller made it and it has not expired.
    pub fn find(&self, caller: &str, handle: &str) -> Option<(DrawnId, Arc<Plan>)> {
        let mut kept = self.fresh();
        let found = kept
            .iter_mut()
            .find(|one| one.handle.as_str() == handle && one.caller == caller)?;
        found.used_at = Instant::now();
        Some((found.handle.clone(), Arc::clone(&found.plan)))
    }
}

fn drop_oldest(kept: &mut Vec<Kept>, may_go: impl Fn(&Kept) -> bool) {
    let oldest = kept
        .iter()
        .enumerate()
        .filter(|(_, one)| may_go(one))
        .min_by_key(|(_, one)| one.used_at)
        .map(|(place, _)| place);
    if let Some(place) = oldest {
        kept.remove(place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tools::bulk::change::{Change, Kind};

    fn plan() -> Plan {
        let change = Change {
            kind: Kind::Archive,
            tag: None,
            assignee: None,
        };
        Plan::new(change, &[])
    }

    #[tokio::test(start_paused = true)]
    async fn a_plan_is_found_by_who_made_it_for_half_an_hour() {
        let plans = Plans::default();
        let handle = plans.keep("a", plan()).unwrap();
        assert!(plans.find("b", handle.as_str()).is_none());
        assert!(plans.find("a", "bulk_").is_none());
        tokio::time::advance(LIFE - Duration::from_secs(1)).await;
        assert!(plans.find("a", handle.as_str()).is_some());
        tokio::time::advance(LIFE).await;
        assert!(plans.find("a", handle.as_str()).is_none());
    }

    #[tokio::test]
    async fn one_caller_pushes_out_nobody_elses() {
        let plans = Plans::default();
        let others = plans.keep("b", plan()).unwrap();
        let handles: Vec<_> = (0..=MOST_OF_ONE)
            .map(|_| plans.keep("a", plan()).unwrap())
            .collect();
        assert!(plans.find("b", others.as_str()).is_some());
        assert!(plans.find("a", handles[0].as_str()).is_none());
        assert!(
            handles[1..]
                .iter()
                .all(|one| plans.find("a", one.as_str()).is_some())
        );
    }
}
