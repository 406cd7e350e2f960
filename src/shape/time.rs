//! Points in time: read as people type them, written one way.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::visible::one_line;

/// What is accepted, as every [`TimeError`] says it.
pub(crate) const FORMS: &str = "accepted: `2026-11-20`, `2026-11-20T09:14:05Z`, `2026-11-20 09:14+01:00`, Unix seconds such as \
                     `1795166045`, or an age such as `30m`, `24h`, `7d`, `2w`";

/// Why a text is not a point in time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TimeError {
    /// It has none of the accepted forms.
    #[error("not a time: `{0}`; {FORMS}")]
    Unreadable(String),
    /// It is a time, but not one that mail has.
    #[error("time outside the years 1990 to 2100: `{0}`; {FORMS}")]
    OutOfRange(String),
    /// It reads as a point in time only if taken as milliseconds.
    #[error("time looks like milliseconds, seconds are wanted: `{0}`; {FORMS}")]
    Milliseconds(String),
}

/// A point in time as people type it: ISO 8601 with or without an offset, a date, Unix seconds (also fractional), or
/// an age such as `7d`, `24h`, `30m`, `2w`, counted back from `now`. Without an offset it is local time in `zone`.
///
/// # Errors
/// When the text has none of these forms, or means a year outside 1990 to 2100.
pub fn parse(text: &str, now: Timestamp, zone: &TimeZone) -> Result<Timestamp, TimeError> {
    let text = text.trim();
    let shown = || one_line(text, 40).into_owned();
    let at = match seconds(text) {
        Some(seconds) if is_milliseconds(seconds) => return Err(TimeError::Milliseconds(shown())),
        Some(seconds) => from_front(seconds).ok_or_else(|| TimeError::OutOfRange(shown()))?,
        None => match age(text) {
            Some(age) => age
                .and_then(|age| now.checked_sub(age).ok())
                .ok_or_else(|| TimeError::OutOfRange(shown()))?,
            None => day(text, now, zone)
                .or_else(|| calendar(text, zone))
                .ok_or_else(|| TimeError::Unreadable(shown()))?
                .ok_or_else(|| TimeError::OutOfRange(shown()))?,
        },
    };
    if (1990..2100).contains(&at.to_zoned(TimeZone::UTC).year()) {
        Ok(at)
    } else {
        Err(TimeError::OutOfRange(shown()))
    }
}

/// The point in time that Front's float seconds mean; none when they are not finite or out of range.
pub fn from_front(seconds: f64) -> Option<Timestamp> {
    let since_epoch = SignedDuration::try_from_secs_f64(seconds).ok()?;
    Timestamp::from_duration(since_epoch).ok()
}

/// ISO 8601 in UTC to the second, such as `2026-11-20T09:14:05Z`.
pub fn iso(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Digits with at most one point and a sign; not the exponents, `inf` and `nan` that Rust reads as numbers.
fn seconds(text: &str) -> Option<f64> {
    let plain = text.strip_prefix('-').unwrap_or(text);
    let numeric = plain.starts_with(|c: char| c.is_ascii_digit())
        && plain
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.');
    if numeric { text.parse().ok() } else { None }
}

/// Mail's years, had they been written in milliseconds.
pub(crate) fn is_milliseconds(seconds: f64) -> bool {
    (631_152_000_000.0..4_102_444_800_000.0).contains(&seconds)
}

/// What [`parse`] understands, for a text that it did not: milliseconds as seconds, and the stretches of time that
/// are no fixed number of days as the nearest that is.
pub fn meant(text: &str, error: &TimeError) -> Option<String> {
    if let TimeError::Milliseconds(_) = error {
        return Some(format!("{:.0}", (seconds(text.trim())? / 1000.0).floor()));
    }
    let text = text.trim().to_lowercase();
    let text = text.strip_suffix("ago").unwrap_or(&text).trim_end();
    let text = ["last", "past", "a", "one", "1"]
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .unwrap_or(text);
    let age = match text.trim() {
        "hour" => "1h",
        "day" => "1d",
        "week" => "7d",
        "month" => "30d",
        "year" => "365d",
        _ => return None,
    };
    Some(age.to_owned())
}

/// `today`, `yesterday` and `tomorrow` at midnight, and `now`.
fn day(text: &str, now: Timestamp, zone: &TimeZone) -> Option<Option<Timestamp>> {
    let days = match text.to_ascii_lowercase().as_str() {
        "now" => return Some(Some(now)),
        "yesterday" => -1,
        "today" => 0,
        "tomorrow" => 1,
        _ => return None,
    };
    let today = now.to_zoned(zone.clone()).date();
    let date = today.checked_add(jiff::Span::new().days(days)).ok();
    Some(date.and_then(|date| {
        zone.to_timestamp(date.to_datetime(jiff::civil::Time::midnight()))
            .ok()
    }))
}

/// The day that an age of whole days (`7d`, `2w`) goes back to, which is so many days before today
/// also where the clocks changed in between.
pub fn day_of_age(text: &str, today: Date) -> Option<Date> {
    let seconds = age(text.trim().to_ascii_lowercase().as_str())??.as_secs();
    let days = (seconds % 86_400 == 0).then_some(seconds / 86_400)?;
    let span = jiff::Span::new().try_days(days).ok()?;
    today.checked_sub(span).ok()
}

/// `7d`, `24h`, `30m`, `2w`, with or without `ago`. None when it is not an age, `Some(None)` when it overflows.
fn age(text: &str) -> Option<Option<SignedDuration>> {
    let text = text.strip_suffix("ago").unwrap_or(text).trim_end();
    let text = ["last ", "past "]
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .unwrap_or(text);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (count, unit) = text.split_at_checked(digits)?;
    let unit_seconds = match unit.trim_start() {
        "m" | "min" | "mins" | "minute" | "minutes" => 60,
        "h" | "hour" | "hours" => 3_600,
        "d" | "day" | "days" => 86_400,
        "w" | "week" | "weeks" => 604_800,
        _ => return None,
    };
    if count.is_empty() {
        return None;
    }
    let seconds = count
        .parse::<i64>()
        .ok()
        .and_then(|count| count.checked_mul(unit_seconds));
    Some(seconds.map(SignedDuration::from_secs))
}

/// A date or a date and time. None when it is neither, `Some(None)` when it is too far away to be a timestamp.
fn calendar(text: &str, zone: &TimeZone) -> Option<Option<Timestamp>> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Some(Some(at));
    }
    let dashed;
    let text = match text.as_bytes() {
        // The year first: with slashes too, no other order is meant.
        [_, _, _, _, b'/', _, _, b'/', ..] => {
            dashed = text.replacen('/', "-", 2);
            &dashed
        }
        _ => text,
    };
    let local = match text.parse::<DateTime>() {
        Ok(local) => local,
        Err(_) => text
            .parse::<Date>()
            .ok()
            .or_else(|| in_words(text))?
            .to_datetime(jiff::civil::Time::midnight()),
    };
    Some(zone.to_timestamp(local).ok())
}

/// `March 1, 2026` and `1 March 2026`.
fn in_words(text: &str) -> Option<Date> {
    ["%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y"]
        .iter()
        .find_map(|form| Date::strptime(form, text).ok())
}
