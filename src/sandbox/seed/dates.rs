//! How mail programs write a date in the line above a quotation.

use jiff::{Timestamp, fmt::strtime, tz::TimeZone};

fn written(at: f64, pattern: &str) -> String {
    Timestamp::from_second(at as i64)
        .ok()
        .and_then(|at| strtime::format(pattern, &at.to_zoned(TimeZone::UTC)).ok())
        .unwrap_or_default()
}

/// `Tue, Nov 3, 2026 at 10:14 AM`
pub(super) fn gmail(at: f64) -> String {
    written(at, "%a, %b %-d, %Y at %-I:%M %p")
}

/// `Tuesday, November 3, 2026 10:14 AM`
pub(super) fn outlook(at: f64) -> String {
    written(at, "%A, %B %-d, %Y %-I:%M %p")
}

/// `3 Nov 2026, at 10:14`
pub(super) fn apple(at: f64) -> String {
    written(at, "%-d %b %Y, at %H:%M")
}
