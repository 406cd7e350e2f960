//! The reserve above the company's limit, which refills slowly once it is spent.

use std::time::Duration;

use tokio::time::Instant;

use super::lesson::Lesson;

/// How long a spent reserve takes to refill.
const REFILL: Duration = Duration::from_secs(600);

/// The reserve as of a moment.
#[derive(Debug, Clone, Copy)]
pub struct Burst {
    limit: u32,
    left: f64,
    as_of: Instant,
}

impl Burst {
    /// An unspent reserve.
    pub fn full(now: Instant, limit: u32) -> Self {
        Self {
            limit,
            left: f64::from(limit),
            as_of: now,
        }
    }

    /// Requests left now.
    pub fn left(&self, now: Instant) -> u32 {
        self.at(now) as u32
    }

    /// A request was taken from it.
    pub fn take(&mut self) {
        self.left = (self.left - 1.0).max(0.0);
    }

    /// Takes note of an answer; the first one is believed whatever it says.
    pub fn learn(&mut self, now: Instant, lesson: &Lesson, is_first: bool) {
        let stated = lesson.burst_remaining.unwrap_or_default();
        // Answers overtake each other, and an older one says more than there is: down at once, up by
        // what may have refilled meanwhile and no more.
        let most = if is_first {
            f64::from(stated)
        } else {
            self.at(now)
        };
        self.left = f64::from(stated).min(most);
        self.limit = lesson.burst_limit.unwrap_or(stated);
        self.as_of = now;
    }

    fn at(&self, now: Instant) -> f64 {
        let since = now.saturating_duration_since(self.as_of).as_secs_f64();
        let refilled = since * f64::from(self.limit) / REFILL.as_secs_f64();
        (self.left + refilled).min(f64::from(self.limit))
    }
}
