//! The moments an agent names: ISO 8601, a date, Unix seconds, or how long ago.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::visible::one_line;

const FORMS: &str = "use 2026-11-20T09:14:05Z, 2026-11-20T09:14 (your time zone), \
                     2026-11-20, Unix seconds such as 1795166045, or an age such as 30m, 24h, 7d or 2w";
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2100;
/// Nothing that names a moment is longer; what is longer is not read.
const LONGEST: usize = 80;

/// Why a text names no moment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TimeError {
    /// Nothing was written.
    #[error("no time was given; {FORMS}")]
    Empty,
    /// The text has none of the accepted forms.
    #[error("“{0}” is not a time; {FORMS}")]
    Unreadable(String),
    /// The form is right, but there is no such day or hour.
    #[error("“{0}” looks like a date but names no real day or hour; {FORMS}")]
    NoSuchTime(String),
    /// The moment lies outside the years mail can be from.
    #[error("“{0}” lies outside the years 1990 to 2100; {FORMS}")]
    OutOfRange(String),
}

/// Reads a moment. A text without an offset is meant in `zone`, an age is
/// counted back from `now`.
///
/// # Errors
/// When the text has none of the accepted forms, names no real moment, or one
/// outside the years 1990 to 2100.
pub fn parse(text: &str, now: Timestamp, zone: &TimeZone) -> Result<Timestamp, TimeError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(TimeError::Empty);
    }
    if text.len() > LONGEST || !text.is_ascii() {
        return Err(TimeError::Unreadable(shown(text)));
    }
    let moment = match read(text, now, zone) {
        Ok(moment) => moment,
        Err(Miss::Form) if looks_dated(text) => {
            return Err(TimeError::NoSuchTime(shown(text)));
        }
        Err(Miss::Form) => return Err(TimeError::Unreadable(shown(text))),
        Err(Miss::Range) => return Err(TimeError::OutOfRange(shown(text))),
    };
    let year = moment.to_zoned(TimeZone::UTC).year();
    if YEARS.contains(&year) {
        Ok(moment)
    } else {
        Err(TimeError::OutOfRange(shown(text)))
    }
}

enum Miss {
    Form,
    Range,
}

fn read(text: &str, now: Timestamp, zone: &TimeZone) -> Result<Timestamp, Miss> {
    if let Some(age) = age(text) {
        return now.checked_sub(age?).map_err(|_| Miss::Range);
    }
    if let Some(seconds) = unix(text) {
        return seconds;
    }
    if let Some(year) = out_of_years(text) {
        return year;
    }
    // Weekday and zone annotations are for calendars; a bracket is a typo here.
    if text.contains('[') {
        return Err(Miss::Form);
    }
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Ok(moment);
    }
    let local = match text.parse::<Date>() {
        Ok(date) if !text.contains(':') => date.to_datetime(jiff::civil::Time::midnight()),
        _ => text.parse::<DateTime>().map_err(|_| Miss::Form)?,
    };
    local
        .to_zoned(zone.clone())
        .map(|zoned| zoned.timestamp())
        .map_err(|_| Miss::Range)
}

/// `30m`, `24h`, `7d`, `2w`, with or without ` ago`.
fn age(text: &str) -> Option<Result<SignedDuration, Miss>> {
    let text = text.strip_suffix("ago").map_or(text, str::trim_end);
    let unit: i64 = match text.bytes().next_back()? {
        b's' => 1,
        b'm' => 60,
        b'h' => 3_600,
        b'd' => 86_400,
        b'w' => 604_800,
        _ => return None,
    };
    let digits = text.get(..text.len() - 1)?.trim_end();
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let seconds = digits.parse::<i64>().ok().and_then(|n| n.checked_mul(unit));
    Some(seconds.map(SignedDuration::from_secs).ok_or(Miss::Range))
}

/// Unix seconds, whole or with a fraction, as Front writes them.
fn unix(text: &str) -> Option<Result<Timestamp, Miss>> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let unsigned = whole.strip_prefix('-').unwrap_or(whole);
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    // Eight digits are a compact date; a year alone is no moment.
    if !digits(unsigned) || !digits(fraction) || unsigned.len() <= 4 || unsigned.len() == 8 {
        return None;
    }
    let Ok(seconds) = whole.parse::<i64>() else {
        return Some(Err(Miss::Range));
    };
    let nanos = fraction
        .bytes()
        .chain(std::iter::repeat(b'0'))
        .take(9)
        .fold(0_i32, |n, b| n * 10 + i32::from(b - b'0'));
    Some(Timestamp::new(seconds, nanos).map_err(|_| Miss::Range))
}

/// A date whose year alone already rules it out: said as such, so that
/// `0001-01-01` is not called unreadable.
fn out_of_years(text: &str) -> Option<Result<Timestamp, Miss>> {
    let (year, rest) = text.split_once('-')?;
    if year.len() != 4 || !rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let year = year.parse::<i16>().ok()?;
    (!YEARS.contains(&year)).then_some(Err(Miss::Range))
}

fn looks_dated(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().take(4).all(u8::is_ascii_digit) && bytes.get(4) == Some(&b'-')
}

fn shown(text: &str) -> String {
    one_line(text, 40)
}
