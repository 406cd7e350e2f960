//! How many retries there may be: a tenth of the requests, and a few to begin with.
//!
//! One client that tries again is harmless; all of them, against a Front that fails, are three
//! times the load on something that is already down. Whether a request deserves a retry is the
//! verdict's question; whether there may be another one is asked here.

use std::sync::atomic::{AtomicU32, Ordering};

/// Retries there may be before any request was made, and the most that can be saved up.
pub const FLOOR: u32 = 10;

/// Requests that earn one retry.
const REQUESTS_A_RETRY: u32 = 10;

/// The budget, counted in requests.
#[derive(Debug)]
pub struct RetryBudget(AtomicU32);

impl Default for RetryBudget {
    fn default() -> Self {
        Self(AtomicU32::new(FLOOR * REQUESTS_A_RETRY))
    }
}

impl RetryBudget {
    /// A first attempt is made.
    pub fn earn(&self) {
        self.update(|saved| (saved < FLOOR * REQUESTS_A_RETRY).then_some(saved + 1));
    }

    /// Takes a retry out, if there is one.
    pub fn spend(&self) -> bool {
        self.update(|saved| saved.checked_sub(REQUESTS_A_RETRY))
    }

    fn update(&self, change: impl FnMut(u32) -> Option<u32>) -> bool {
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, change)
            .is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retries_are_a_tenth_and_the_floor() {
        let budget = RetryBudget::default();
        let mut retries = 0;
        for _ in 0..1000 {
            budget.earn();
            retries += u32::from(budget.spend());
            retries += u32::from(budget.spend());
        }
        assert!((100..=100 + FLOOR).contains(&retries), "{retries}");
    }
}
