//! What one answer teaches: its rate-limit headers as numbers. Reading is forgiving, because a
//! header that cannot be read must never stop a request.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::{SignedDuration, Timestamp};
use reqwest::header::HeaderMap;
use tokio::time::Instant;

use crate::front::connection;

/// The window that Front counts requests in.
pub const WINDOW: Duration = Duration::from_secs(60);

/// The longest wait that Front could mean; a larger `retry-after` is read as this.
pub const LONGEST_WAIT: Duration = Duration::from_secs(600);

/// What the headers of one answer say.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Lesson {
    /// The answer's status.
    pub status: u16,
    /// Requests a window.
    pub limit: Option<u32>,
    /// Requests left in this window.
    pub remaining: Option<u32>,
    /// When the window turns.
    pub resets_at: Option<Instant>,
    /// Requests above the limit, when nothing of them is spent.
    pub burst_limit: Option<u32>,
    /// Requests above the limit that are left.
    pub burst_remaining: Option<u32>,
    /// How long Front asks us to wait.
    pub retry_after: Option<Duration>,
    /// A guard of one resource refused, not the company's limit.
    pub tier: bool,
    /// How far Front's clock is ahead of this machine's, to about a second.
    pub ahead: Option<SignedDuration>,
}

impl Lesson {
    /// Front refused the request for its rate, and did nothing.
    pub fn is_refusal(&self) -> bool {
        self.status == 429
    }

    /// Reads an answer's status and headers.
    pub fn read(status: u16, headers: &HeaderMap) -> Self {
        let count = |name| number(headers, name).map(whole);
        Self {
            status,
            limit: count("x-ratelimit-limit"),
            remaining: count("x-ratelimit-remaining"),
            resets_at: number(headers, "x-ratelimit-reset")
                .map(|reset| Instant::now() + until(reset, headers)),
            burst_limit: count("x-ratelimit-burst-limit"),
            burst_remaining: count("x-ratelimit-burst-remaining"),
            retry_after: retry_after(headers),
            tier: headers.contains_key("x-front-tier"),
            ahead: connection::date(headers).map(|date| date.duration_since(Timestamp::now())),
        }
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

/// Until a moment that Front names on its own clock. The `date` header shows that clock to a
/// second; ours is finer, and used as far as it agrees. A wait too long is better than a 429.
fn until(reset: f64, headers: &HeaderMap) -> Duration {
    let ours = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs_f64();
    let date = connection::date(headers).map(|date| date.as_second() as f64);
    let front = match date {
        Some(date) if (date - 0.5..date + 2.0).contains(&ours) => ours.clamp(date, date + 1.0),
        Some(date) => date,
        None => ours,
    };
    Duration::from_secs_f64((reset - front).clamp(0.0, WINDOW.as_secs_f64()))
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

    #[tokio::test(start_paused = true)]
    async fn a_reset_is_told_by_the_clock_that_set_it() {
        let reset = |date: &str| {
            let headers = headers(&[("x-ratelimit-reset", "1000000020.5"), ("date", date)]);
            Lesson::read(200, &headers).resets_at.unwrap() - Instant::now()
        };
        // 1000000000 is 2001-09-09 01:46:40 UTC, far from any clock that runs this.
        let wait = reset("Sun, 09 Sep 2001 01:46:40 GMT").as_secs_f64();
        assert!((wait - 20.5).abs() < 0.01, "{wait}");
        assert_eq!(reset("nonsense"), Duration::ZERO);
    }

    #[test]
    fn a_clock_that_is_ahead_is_seen() {
        let ahead = |date: &str| Lesson::read(200, &headers(&[("date", date)])).ahead;
        let then = Timestamp::now() + SignedDuration::from_hours(1);
        let date = jiff::fmt::rfc2822::DateTimePrinter::new()
            .timestamp_to_rfc9110_string(&then)
            .unwrap();
        let off = ahead(&date).unwrap() - SignedDuration::from_hours(1);
        assert!(off.abs() < SignedDuration::from_secs(3), "{off}");
        assert_eq!(ahead("nonsense"), None);
    }

    #[tokio::test(start_paused = true)]
    async fn nonsense_in_headers_is_survived() {
        for value in ["NaN", "-1", "1e300", "inf", "", "x"] {
            let lesson = Lesson::read(
                429,
                &headers(&[
                    ("x-ratelimit-limit", value),
                    ("x-ratelimit-reset", value),
                    ("retry-after", value),
                ]),
            );
            assert!(lesson.retry_after.unwrap() <= LONGEST_WAIT);
            let latest = Instant::now() + WINDOW;
            assert!(lesson.resets_at.is_none_or(|at| at <= latest));
        }
    }
}
