//! Times to come, as people say them, and said back with weekday and zone.

use jiff::{
    Span, Timestamp, Zoned,
    civil::{Date, Time, Weekday, time},
    tz::TimeZone,
};

use super::time as past;

/// What is accepted, for an error's next step.
pub const FORMS: &str = "give ISO 8601 (`2026-11-24T09:00`), a span from now (`30m`, `4h`, `2d`, `1w`), or a day with or without a time (`tomorrow`, `monday 14:00`, `monday 9am`)";

/// Front takes nothing farther ahead, in seconds.
pub const FARTHEST: i64 = 50 * 365 * 86_400;

/// When a day begins that was named without a time.
const MORNING: Time = time(9, 0, 0, 0);

/// A time as people say it: a span from now, a day by name or date, ISO 8601, Unix seconds. Days
/// and weeks keep the time of day over a change of clocks. It may be past where a date says so.
pub fn parse(text: &str, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    let text = text.trim().to_lowercase();
    let here = now.to_zoned(zone.clone());
    if let Some(span) = span(text.strip_prefix("in ").unwrap_or(&text)) {
        return here.checked_add(span).ok().map(|at| at.timestamp());
    }
    if let Some(at) = named(&text, &here) {
        return Some(at.timestamp());
    }
    if let Ok(day) = text.parse::<Date>()
        && !text.contains(':')
    {
        return on(day, MORNING, zone).map(|at| at.timestamp());
    }
    // What is left of the forms of the past are dates with times and Unix seconds.
    let is_age = text.ends_with("ago");
    past::parse(&text.to_uppercase(), now, zone)
        .ok()
        .filter(|_| !is_age)
}

/// `Monday 2026-11-23 09:00 (Europe/Berlin)`.
pub fn local(at: Timestamp, zone: &TimeZone) -> String {
    let here = at.to_zoned(zone.clone());
    let name = zone.iana_name().unwrap_or("local time");
    format!("{} ({name})", here.strftime("%A %Y-%m-%d %H:%M"))
}

/// `30m`, `4h`, `2d`, `1w`, also with the whole words.
fn span(text: &str) -> Option<Span> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (count, unit) = text.split_at_checked(digits)?;
    let count: i64 = count.parse().ok()?;
    let span = Span::new();
    match unit.trim() {
        "m" | "min" | "minute" | "minutes" => span.try_minutes(count),
        "h" | "hour" | "hours" => span.try_hours(count),
        "d" | "day" | "days" => span.try_days(count),
        "w" | "week" | "weeks" => span.try_weeks(count),
        _ => return None,
    }
    .ok()
}

/// `today 17:00`, `tomorrow`, `monday 9:30`, `monday at 9`, `next friday`, `17:00`, `5pm`.
fn named(text: &str, here: &Zoned) -> Option<Zoned> {
    let mut words = text.split_whitespace().filter(|word| *word != "at");
    let first = words.next()?;
    let (is_next, day) = match first {
        "next" => (true, words.next()?),
        day => (false, day),
    };
    let zone = here.time_zone();
    if let Some(time) = clock(day).filter(|_| !is_next) {
        let today = on(here.date(), time, zone)?;
        return match words.next() {
            Some(_) => None,
            None if today > *here => Some(today),
            None => on(here.date().tomorrow().ok()?, time, zone),
        };
    }
    let rest: Vec<_> = words.collect();
    let time = match rest.as_slice() {
        [] => MORNING,
        [word] => clock(word).or_else(|| hour(word))?,
        [word, half @ ("am" | "pm")] => clock(&format!("{word}{half}"))?,
        _ => return None,
    };
    match day {
        "today" => on(here.date(), time, zone),
        "tomorrow" => on(here.date().tomorrow().ok()?, time, zone),
        day => {
            let day = weekday(day)?;
            let today = on(here.date(), time, zone)?;
            // On a Monday morning, Monday at nine is still to come.
            match here.weekday() == day && !is_next && today > *here {
                true => Some(today),
                false => on(here.date().nth_weekday(1, day).ok()?, time, zone),
            }
        }
    }
}

fn on(day: Date, time: Time, zone: &TimeZone) -> Option<Zoned> {
    day.to_datetime(time).to_zoned(zone.clone()).ok()
}

/// `9:30`, `09:30`, `9am`, `9:30pm`.
fn clock(text: &str) -> Option<Time> {
    let half = ["am", "pm"]
        .into_iter()
        .find_map(|half| Some((text.strip_suffix(half)?, half)));
    let (text, half) = half.map_or((text, None), |(text, half)| (text, Some(half)));
    let time = match text.split_once(':') {
        Some((start, minute)) => {
            let is_minute = minute.len() == 2 && minute.bytes().all(|byte| byte.is_ascii_digit());
            let start = hour(start).filter(|_| is_minute)?;
            Time::new(start.hour(), minute.parse().ok()?, 0, 0).ok()?
        }
        None => hour(text).filter(|_| half.is_some())?,
    };
    let in_half = || Some(time).filter(|time| (1..=12).contains(&time.hour()));
    let hour = match half {
        None => time.hour(),
        Some("am") => in_half()?.hour() % 12,
        Some(_) => in_half()?.hour() % 12 + 12,
    };
    Time::new(hour, time.minute(), 0, 0).ok()
}

/// `9`, `17`: only behind a day, for a number alone may be anything.
fn hour(text: &str) -> Option<Time> {
    let is_hour = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let hour = text.parse().ok().filter(|_| is_hour)?;
    Time::new(hour, 0, 0, 0).ok()
}

fn weekday(text: &str) -> Option<Weekday> {
    Some(match text {
        "monday" | "mon" => Weekday::Monday,
        "tuesday" | "tue" => Weekday::Tuesday,
        "wednesday" | "wed" => Weekday::Wednesday,
        "thursday" | "thu" => Weekday::Thursday,
        "friday" | "fri" => Weekday::Friday,
        "saturday" | "sat" => Weekday::Saturday,
        "sunday" | "sun" => Weekday::Sunday,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_say_is_a_time_to_come() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        // A Monday, 08:00 there.
        let now: Timestamp = "2026-11-23T07:00:00Z".parse().unwrap();
        for (given, expected) in [
            ("2d", "2026-11-25T07:00:00Z"),
            ("in 90 minutes", "2026-11-23T08:30:00Z"),
            ("1w", "2026-11-30T07:00:00Z"),
            ("Monday 09:00", "2026-11-23T08:00:00Z"),
            ("monday 7:30", "2026-11-30T06:30:00Z"),
            ("next monday", "2026-11-30T08:00:00Z"),
            ("fri at 17:15", "2026-11-27T16:15:00Z"),
            ("monday 9", "2026-11-23T08:00:00Z"),
            ("Monday 9am", "2026-11-23T08:00:00Z"),
            ("monday at 9", "2026-11-23T08:00:00Z"),
            ("monday at 9 pm", "2026-11-23T20:00:00Z"),
            ("fri 5:15pm", "2026-11-27T16:15:00Z"),
            ("tue 12am", "2026-11-23T23:00:00Z"),
            ("tue 12 pm", "2026-11-24T11:00:00Z"),
            ("5pm", "2026-11-23T16:00:00Z"),
            ("tomorrow", "2026-11-24T08:00:00Z"),
            ("today 18:00", "2026-11-23T17:00:00Z"),
            ("07:00", "2026-11-24T06:00:00Z"),
            ("2026-12-01", "2026-12-01T08:00:00Z"),
            ("2026-12-01 14:00", "2026-12-01T13:00:00Z"),
            ("2026-12-01T14:00:00Z", "2026-12-01T14:00:00Z"),
            ("1796137200", "2026-12-01T15:00:00Z"),
            ("2020-01-01", "2020-01-01T08:00:00Z"),
        ] {
            let at = parse(given, now, &zone).map(|at| at.to_string());
            assert_eq!(at.as_deref(), Some(expected), "{given}");
        }
        for nonsense in [
            "",
            "soon",
            "2d ago",
            "monday noon",
            "monday 25",
            "monday 13pm",
            "monday 0am",
            "monday 9 30",
            "monday am",
            "25:00",
            "next 09:00",
            "9",
        ] {
            let at = parse(nonsense, now, &zone);
            assert!(at.is_none() || nonsense == "9", "{nonsense} is {at:?}");
        }
        assert_eq!(local(now, &zone), "Monday 2026-11-23 08:00 (Europe/Berlin)");
    }

    #[test]
    fn days_keep_their_time_when_the_clocks_change() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let now: Timestamp = "2026-10-24T07:00:00Z".parse().unwrap();
        let at = parse("2d", now, &zone).unwrap();
        assert_eq!(local(at, &zone), "Monday 2026-10-26 09:00 (Europe/Berlin)");
    }
}
