//! Front's rate limit: so many requests a minute for the company, and a reserve that refills over ten minutes.

use std::time::Instant;

use super::{RateLimit, clock::unix_now};

const WINDOW: f64 = 60.0;
const REFILL: f64 = 600.0;

/// What is left, counted per window of a minute.
#[derive(Debug)]
pub(crate) struct Allowance {
    limit: RateLimit,
    started: Option<Instant>,
    used: u32,
    reserve: f64,
    reserve_at: Instant,
}

/// What a request was granted, and what the headers say of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grant {
    pub(crate) granted: bool,
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    /// Unix seconds.
    pub(crate) reset: f64,
    pub(crate) reserve: u32,
    pub(crate) reserve_remaining: u32,
    /// Whole seconds until the window ends.
    pub(crate) retry_after: u64,
}

impl Allowance {
    pub(crate) fn new(limit: RateLimit) -> Self {
        let mut allowance = Self {
            limit,
            started: None,
            used: 0,
            reserve: 0.0,
            reserve_at: Instant::now(),
        };
        allowance.reset();
        allowance
    }

    pub(crate) fn reset(&mut self) {
        self.started = None;
        self.used = 0;
        self.reserve_at = Instant::now();
        self.reserve = match self.limit {
            RateLimit::PerMinute(limit) => f64::from(limit / 2),
            RateLimit::Off => 0.0,
        };
    }

    /// Takes one request; none when there is no limit. A refused request costs nothing.
    pub(crate) fn take(&mut self) -> Option<Grant> {
        let RateLimit::PerMinute(limit) = self.limit else {
            return None;
        };
        let now = Instant::now();
        let elapsed = self
            .started
            .map(|started| (now - started).as_secs_f64())
            .filter(|elapsed| *elapsed < WINDOW);
        if elapsed.is_none() {
            self.started = Some(now);
            self.used = 0;
        }
        let left = WINDOW - elapsed.unwrap_or(0.0);
        let full = f64::from(limit / 2);
        let refilled = (now - self.reserve_at).as_secs_f64() * full / REFILL;
        self.reserve = (self.reserve + refilled).min(full);
        self.reserve_at = now;
        let granted = if self.used < limit {
            self.used += 1;
            true
        } else if self.reserve >= 1.0 {
            self.reserve -= 1.0;
            true
        } else {
            false
        };
        Some(Grant {
            granted,
            limit,
            remaining: limit - self.used,
            reset: ((unix_now() + left) * 1000.0).round() / 1000.0,
            reserve: limit / 2,
            reserve_remaining: self.reserve as u32,
            retry_after: left.ceil() as u64,
        })
    }
}
