//! What was established not long ago: whether a place lies inside.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

/// How long it counts: a conversation that is moved out stays visible so long.
const FRESH: Duration = Duration::from_secs(60);

/// Places that are kept at the most.
const MOST: usize = 10_000;

/// Whether places lie inside, and when that was found.
#[derive(Debug, Default)]
pub(super) struct Known(Mutex<HashMap<String, (Instant, bool)>>);

impl Known {
    pub(super) fn get(&self, place: &str) -> Option<bool> {
        let places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (found, inside) = places.get(place)?;
        (found.elapsed() < FRESH).then_some(*inside)
    }

    pub(super) fn note(&self, place: String, inside: bool) {
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if places.len() >= MOST {
            places.retain(|_, (found, _)| found.elapsed() < FRESH);
        }
        if places.len() >= MOST {
            places.clear();
        }
        places.insert(place, (Instant::now(), inside));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn it_counts_for_a_minute_and_stays_bounded() {
        let known = Known::default();
        known.note("a".into(), true);
        assert_eq!(known.get("a"), Some(true));
        tokio::time::advance(FRESH).await;
        assert_eq!(known.get("a"), None);
        for number in 0..3 * MOST {
            known.note(number.to_string(), false);
        }
        assert!(known.0.lock().unwrap().len() <= MOST);
    }
}
