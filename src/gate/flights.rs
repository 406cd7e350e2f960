//! One release in flight per conversation.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError},
};

use tokio::sync::{Mutex, OwnedMutexGuard};

/// The places that a message is on its way to.
#[derive(Debug, Default)]
pub struct Flights(std::sync::Mutex<HashMap<String, Arc<Mutex<()>>>>);

impl Flights {
    /// Waits until nothing is on its way to a place, and holds it until the guard goes.
    pub async fn take(&self, place: String) -> OwnedMutexGuard<()> {
        let lane = {
            let mut lanes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            // A lane that nobody holds or waits for is known to this map alone.
            lanes.retain(|_, lane| Arc::strong_count(lane) > 1);
            Arc::clone(lanes.entry(place).or_default())
        };
        lane.lock_owned().await
    }
}
