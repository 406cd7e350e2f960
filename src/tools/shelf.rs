//! What calls leave behind for later ones: in memory, under an id that is drawn, each for its owner
//! alone, for a while and not too many of them.

use std::{
    io,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use crate::drawn::DrawnId;

/// What a shelf holds, and for how long.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// What every id begins with.
    pub prefix: &'static str,
    /// How long a thing is kept after it was left or last found.
    pub life: Duration,
    /// The most things of one owner; the oldest makes room.
    pub most_of_one: usize,
    /// The most things of all owners.
    pub most: usize,
}

/// Things that wait for their owners.
#[derive(Debug)]
pub struct Shelf<Owner, Thing> {
    bounds: Bounds,
    kept: Mutex<Vec<Kept<Owner, Thing>>>,
}

#[derive(Debug)]
struct Kept<Owner, Thing> {
    id: DrawnId,
    owner: Owner,
    used_at: Instant,
    thing: Thing,
}

impl<Owner: PartialEq, Thing> Shelf<Owner, Thing> {
    /// An empty one.
    pub const fn new(bounds: Bounds) -> Self {
        Self {
            bounds,
            kept: Mutex::new(Vec::new()),
        }
    }

    /// Those that have not expired.
    fn fresh(&self) -> MutexGuard<'_, Vec<Kept<Owner, Thing>>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|one| one.used_at.elapsed() < self.bounds.life);
        kept
    }

    /// Keeps a thing for its owner, and gives its id.
    ///
    /// # Errors
    /// Where the system has no random bytes.
    pub fn keep(&self, owner: Owner, thing: Thing) -> io::Result<DrawnId> {
        let id = DrawnId::draw(self.bounds.prefix)?;
        let mut kept = self.fresh();
        let of_one = kept.iter().filter(|one| one.owner == owner).count();
        if of_one >= self.bounds.most_of_one {
            drop_oldest(&mut kept, |one| one.owner == owner);
        }
        if kept.len() >= self.bounds.most {
            drop_oldest(&mut kept, |_| true);
        }
        kept.push(Kept {
            id: id.clone(),
            owner,
            used_at: Instant::now(),
            thing,
        });
        Ok(id)
    }

    /// A thing of this owner's that has not expired, with its id; it stays, and lives on.
    pub fn find(&self, owner: &Owner, id: &str) -> Option<(DrawnId, Thing)>
    where
        Thing: Clone,
    {
        let mut kept = self.fresh();
        let found = kept.iter_mut().find(|one| one.is(owner, id))?;
        found.used_at = Instant::now();
        Some((found.id.clone(), found.thing.clone()))
    }

    /// Takes a thing of this owner's that has not expired; it is gone then.
    pub fn take(&self, owner: &Owner, id: &str) -> Option<Thing> {
        let mut kept = self.fresh();
        let place = kept.iter().position(|one| one.is(owner, id))?;
        Some(kept.remove(place).thing)
    }
}

impl<Owner: PartialEq, Thing> Kept<Owner, Thing> {
    fn is(&self, owner: &Owner, id: &str) -> bool {
        self.id.as_str() == id && self.owner == *owner
    }
}

fn drop_oldest<Owner, Thing>(
    kept: &mut Vec<Kept<Owner, Thing>>,
    may_go: impl Fn(&Kept<Owner, Thing>) -> bool,
) {
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

    const LIFE: Duration = Duration::from_secs(60);

    fn shelf() -> Shelf<&'static str, u8> {
        Shelf::new(Bounds {
            prefix: "tst_",
            life: LIFE,
            most_of_one: 3,
            most: 5,
        })
    }

    #[tokio::test]
    async fn nobody_finds_or_takes_what_is_somebody_elses() {
        let shelf = shelf();
        let id = shelf.keep("a", 1).unwrap();
        for other in ["b", "", "A", "a "] {
            assert!(shelf.find(&other, id.as_str()).is_none());
            assert!(shelf.take(&other, id.as_str()).is_none());
        }
        for other in ["", "tst_", &id.as_str()[1..]] {
            assert!(shelf.find(&"a", other).is_none());
            assert!(shelf.take(&"a", other).is_none());
        }
        assert_eq!(shelf.find(&"a", id.as_str()).unwrap().1, 1);
        assert_eq!(shelf.take(&"a", id.as_str()), Some(1));
        assert!(shelf.take(&"a", id.as_str()).is_none());
    }

    #[tokio::test(start_paused = true)]
    async fn a_thing_lives_on_from_when_it_was_last_found() {
        let shelf = shelf();
        let id = shelf.keep("a", 1).unwrap();
        tokio::time::advance(LIFE - Duration::from_secs(1)).await;
        assert!(shelf.find(&"a", id.as_str()).is_some());
        tokio::time::advance(LIFE - Duration::from_secs(1)).await;
        assert!(shelf.find(&"a", id.as_str()).is_some());
        tokio::time::advance(LIFE).await;
        assert!(shelf.find(&"a", id.as_str()).is_none());
        assert!(shelf.take(&"a", id.as_str()).is_none());
    }

    #[tokio::test(start_paused = true)]
    async fn an_owner_with_many_pushes_out_their_own_oldest() {
        let shelf = shelf();
        let keep = async |owner| {
            tokio::time::advance(Duration::from_secs(1)).await;
            shelf.keep(owner, 0).unwrap()
        };
        let others = keep("b").await;
        let mut ids = Vec::new();
        for _ in 0..4 {
            ids.push(keep("a").await);
        }
        let is_there = |owner: &'static str, id: &DrawnId| {
            let kept = shelf.kept.lock().unwrap();
            kept.iter().any(|one| one.is(&owner, id.as_str()))
        };
        assert!(is_there("b", &others) && !is_there("a", &ids[0]));
        assert!(ids[1..].iter().all(|id| is_there("a", id)));
        // Where all together are too many, the oldest of all makes room.
        keep("c").await;
        assert!(is_there("b", &others));
        keep("c").await;
        assert!(!is_there("b", &others) && ids[1..].iter().all(|id| is_there("a", id)));
    }
}
