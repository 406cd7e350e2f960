//! The company's request budget, learnt from Front's headers.
//!
//! Front counts requests per company and minute, for everybody together, so the only truth
//! about the budget is what the last answer said. A request that would only earn a 429 is not
//! made: the caller waits where its deadline allows and is told how long otherwise.

use std::{
    sync::Mutex,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use reqwest::header::HeaderMap;
use tokio::time::Instant;

/// What is known of the budget.
#[derive(Debug, Default)]
pub struct Budget {
    state: Mutex<State>,
}

#[derive(Debug, Default, Clone, Copy)]
struct State {
    limit: Option<u32>,
    remaining: Option<u32>,
    /// When the minute turns over.
    resets: Option<Instant>,
    /// Nothing may leave before (from a 429).
    blocked_until: Option<Instant>,
}

/// The longest wait that Front could mean; a larger `retry-after` is read as this.
const LONGEST_WAIT: Duration = Duration::from_secs(600);

impl Budget {
    /// Takes note of an answer's headers.
    pub fn learn(&self, headers: &HeaderMap) {
        let now = Instant::now();
        let mut state = self.state();
        if let Some(limit) = number(headers, "x-ratelimit-limit") {
            state.limit = Some(whole(limit));
        }
        if let Some(remaining) = number(headers, "x-ratelimit-remaining") {
            let burst = number(headers, "x-ratelimit-burst-remaining").unwrap_or_default();
            state.remaining = Some(whole(remaining).saturating_add(whole(burst)));
        }
        if let Some(reset) = number(headers, "x-ratelimit-reset") {
            state.resets = Some(now + until_unix(reset));
        }
    }

    /// Takes note of a 429.
    pub fn refused(&self, retry_after: Duration) {
        let until = Instant::now() + retry_after.min(LONGEST_WAIT);
        let mut state = self.state();
        state.blocked_until = state.blocked_until.max(Some(until));
    }

    /// How long the next request has to wait before Front could accept it.
    pub fn wait(&self) -> Duration {
        let state = *self.state();
        let now = Instant::now();
        let blocked = state.blocked_until.unwrap_or(now);
        let spent = match (state.remaining, state.resets) {
            (Some(0), Some(resets)) => resets,
            _ => now,
        };
        blocked.max(spent).saturating_duration_since(now)
    }

    /// Requests left in this minute, where Front has said so and the minute has not turned.
    pub fn remaining(&self) -> Option<u32> {
        let state = *self.state();
        state
            .remaining
            .filter(|_| state.resets.is_none_or(|resets| resets > Instant::now()))
    }

    /// Requests a minute, where Front has said so.
    pub fn limit(&self) -> Option<u32> {
        self.state().limit
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// `retry-after` in seconds; Front sends no dates, and what cannot be read is a second.
pub fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    headers.get("retry-after")?;
    let seconds = number(headers, "retry-after").unwrap_or(1.0);
    Some(
        Duration::try_from_secs_f64(seconds.max(0.0))
            .map_or(LONGEST_WAIT, |wait| wait.min(LONGEST_WAIT)),
    )
}

fn number(headers: &HeaderMap, name: &str) -> Option<f64> {
    let value: f64 = headers.get(name)?.to_str().ok()?.trim().parse().ok()?;
    value.is_finite().then_some(value)
}

fn whole(value: f64) -> u32 {
    // Saturating by definition of `as`; negative and huge values are a peer's nonsense.
    value as u32
}

/// The clocks of two machines differ: more than a minute ahead is read as a minute.
fn until_unix(seconds: f64) -> Duration {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs_f64();
    Duration::from_secs_f64((seconds - now).clamp(0.0, 60.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| ((*name).parse().unwrap(), value.parse().unwrap()))
            .collect()
    }

    #[test]
    fn an_empty_minute_waits_for_the_next() {
        let budget = Budget::default();
        assert_eq!(budget.wait(), Duration::ZERO);
        let reset = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap()
            .as_secs_f64()
            + 20.5;
        budget.learn(&headers(&[
            ("x-ratelimit-limit", "50"),
            ("x-ratelimit-remaining", "0"),
            ("x-ratelimit-reset", &reset.to_string()),
        ]));
        let wait = budget.wait().as_secs_f64();
        assert!((19.0..21.0).contains(&wait), "{wait}");
        assert_eq!(budget.remaining(), Some(0));
    }

    #[test]
    fn nonsense_in_headers_is_survived() {
        let budget = Budget::default();
        for value in ["NaN", "-1", "1e300", "inf", "", "x"] {
            budget.learn(&headers(&[
                ("x-ratelimit-limit", value),
                ("x-ratelimit-remaining", value),
                ("x-ratelimit-reset", value),
            ]));
            budget.refused(retry_after(&headers(&[("retry-after", value)])).unwrap());
            assert!(budget.wait() <= LONGEST_WAIT);
        }
    }
}
