//! The sandbox's time: seed dates hang on midnight of its first day, changes on the running clock.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use jiff::{Timestamp, civil::Date, tz::TimeZone};

const DAY: i64 = 86_400;
/// When `today` is fixed, the running clock starts at this hour of it, after everything in the seed.
const FIXED_START: f64 = 9.0 * 3600.0;

/// Where midnight is, and what time it is now.
#[derive(Clone, Debug)]
pub(crate) struct Clock {
    midnight: i64,
    fixed: bool,
    started: Instant,
}

impl Clock {
    pub(crate) fn new(today: Option<Date>) -> Self {
        let fixed = today
            .and_then(|date| date.to_zoned(TimeZone::UTC).ok())
            .map(|midnight| midnight.timestamp().as_second());
        let now = Timestamp::now().as_second();
        Self {
            midnight: fixed.unwrap_or(now - now.rem_euclid(DAY)),
            fixed: fixed.is_some(),
            started: Instant::now(),
        }
    }

    /// Unix seconds of the midnight (UTC) that seed dates are counted back from.
    pub(crate) fn midnight(&self) -> f64 {
        self.midnight as f64
    }

    /// Unix seconds with milliseconds, as Front writes them.
    pub(crate) fn now(&self) -> f64 {
        let seconds = if self.fixed {
            self.midnight() + FIXED_START + self.started.elapsed().as_secs_f64()
        } else {
            unix_now()
        };
        (seconds * 1000.0).round() / 1000.0
    }
}

/// The machine's clock, for what is about this process and not about mail.
pub(crate) fn unix_now() -> f64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0.0, |elapsed| elapsed.as_secs_f64())
}
