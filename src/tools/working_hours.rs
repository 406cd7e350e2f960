//! The hours of a shift, in the shift's own time zone: whether a moment lies in them, until when,
//! and how they are written.

use jiff::{
    Timestamp, ToSpan as _,
    civil::{Date, Weekday},
    tz::TimeZone,
};

use crate::front::model::{Hours, Shift, Week};

/// Whether somebody on a shift works at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// They do, until then.
    Until(Timestamp),
    /// They do not.
    Away,
    /// Its hours or its time zone are none that are known here.
    Unknown,
}

/// Minutes from midnight, the end perhaps on the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Interval {
    start: i64,
    end: i64,
}

const DAY: i64 = 24 * 60;

/// Whether a shift is on at a moment.
pub fn presence(shift: &Shift, at: Timestamp) -> Presence {
    let Ok(zone) = TimeZone::get(shift.timezone.raw().trim()) else {
        return Presence::Unknown;
    };
    let today = at.to_zoned(zone.clone()).date();
    let mut is_unreadable = false;
    // A night shift of yesterday may still be on.
    for date in [today.yesterday().ok(), Some(today)].into_iter().flatten() {
        let Some(hours) = of(&shift.times, date.weekday()) else {
            continue;
        };
        let span = interval(hours).and_then(|interval| {
            Some((
                moment(date, interval.start, &zone)?,
                moment(date, interval.end, &zone)?,
            ))
        });
        match span {
            Some((start, end)) if start <= at && at < end => return Presence::Until(end),
            Some(_) => {}
            None => is_unreadable = true,
        }
    }
    match is_unreadable {
        true => Presence::Unknown,
        false => Presence::Away,
    }
}

/// A time of the wall clock: one that is skipped in spring is the one after, of two in autumn it
/// is the first.
fn moment(date: Date, minutes: i64, zone: &TimeZone) -> Option<Timestamp> {
    let date = date.checked_add((minutes / DAY).days()).ok()?;
    let (hour, minute) = (minutes % DAY / 60, minutes % 60);
    let at = date.at(hour.try_into().ok()?, minute.try_into().ok()?, 0, 0);
    Some(at.to_zoned(zone.clone()).ok()?.timestamp())
}

fn of(week: &Week, day: Weekday) -> Option<&Hours> {
    match day {
        Weekday::Monday => &week.mon,
        Weekday::Tuesday => &week.tue,
        Weekday::Wednesday => &week.wed,
        Weekday::Thursday => &week.thu,
        Weekday::Friday => &week.fri,
        Weekday::Saturday => &week.sat,
        Weekday::Sunday => &week.sun,
    }
    .as_ref()
}

fn interval(hours: &Hours) -> Option<Interval> {
    let (start, end) = (minutes(hours.start.raw())?, minutes(hours.end.raw())?);
    let end = if end <= start { end + DAY } else { end };
    (start < DAY).then_some(Interval { start, end })
}

/// `09:00`, perhaps with seconds; `24:00` is the end of a day.
fn minutes(text: &str) -> Option<i64> {
    let mut parts = text.trim().split(':');
    let hour: u8 = parts.next()?.parse().ok()?;
    let minute: u8 = parts.next()?.parse().ok()?;
    let is_time = (hour < 24 && minute < 60) || (hour == 24 && minute == 0);
    is_time.then(|| i64::from(hour) * 60 + i64::from(minute))
}

/// Such as `Mon-Fri 09:00-17:00, Sat 10:00-14:00`. Made of what was understood, so that no word in
/// it is a stranger's.
pub fn written(week: &Week) -> String {
    const DAYS: [(&str, Weekday); 7] = [
        ("Mon", Weekday::Monday),
        ("Tue", Weekday::Tuesday),
        ("Wed", Weekday::Wednesday),
        ("Thu", Weekday::Thursday),
        ("Fri", Weekday::Friday),
        ("Sat", Weekday::Saturday),
        ("Sun", Weekday::Sunday),
    ];
    let mut runs: Vec<(&str, Option<&str>, Interval)> = Vec::new();
    let mut is_running = false;
    for (name, day) in DAYS {
        let Some(interval) = of(week, day).and_then(interval) else {
            is_running = false;
            continue;
        };
        match runs.last_mut() {
            Some((_, last, known)) if is_running && *known == interval => *last = Some(name),
            _ => runs.push((name, None, interval)),
        }
        is_running = true;
    }
    let clock = |minutes: i64| match minutes {
        DAY => "24:00".to_owned(),
        minutes => format!("{:02}:{:02}", minutes % DAY / 60, minutes % 60),
    };
    let runs: Vec<_> = runs
        .into_iter()
        .map(|(first, last, Interval { start, end })| {
            let days = last.map_or(first.to_owned(), |last| format!("{first}-{last}"));
            format!("{days} {}-{}", clock(start), clock(end))
        })
        .collect();
    runs.join(", ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn shift(zone: &str, times: &serde_json::Value) -> Shift {
        let shift = json!({ "id": "shf_1", "name": "x", "timezone": zone, "times": times });
        serde_json::from_value(shift).unwrap()
    }

    fn at(shift: &Shift, time: &str) -> Presence {
        presence(shift, time.parse().unwrap())
    }

    fn until(time: &str) -> Presence {
        Presence::Until(time.parse().unwrap())
    }

    #[test]
    fn hours_are_those_of_the_shifts_own_clock_before_and_after_it_changes() {
        let day = json!({ "start": "09:00", "end": "17:00" });
        let london = shift("Europe/London", &json!({ "fri": day, "mon": day }));
        // Friday before the last Sunday of March, and the Monday after it.
        assert_eq!(at(&london, "2026-03-27T08:30:00Z"), Presence::Away);
        assert_eq!(
            at(&london, "2026-03-27T09:00:00Z"),
            until("2026-03-27T17:00:00Z")
        );
        assert_eq!(
            at(&london, "2026-03-30T08:00:00Z"),
            until("2026-03-30T16:00:00Z")
        );
        assert_eq!(at(&london, "2026-03-30T16:00:00Z"), Presence::Away);
        assert_eq!(at(&london, "2026-03-28T12:00:00Z"), Presence::Away);
        let tokyo = shift("Asia/Tokyo", &json!({ "mon": day }));
        // Sunday evening in London is Monday morning there.
        assert_eq!(at(&tokyo, "2026-03-29T23:59:00Z"), Presence::Away);
        assert_eq!(
            at(&tokyo, "2026-03-30T00:00:00Z"),
            until("2026-03-30T08:00:00Z")
        );
    }

    #[test]
    fn a_night_shift_ends_on_the_next_day_and_is_as_long_as_the_night() {
        let night = json!({ "sat": { "start": "22:00", "end": "06:00" } });
        let night = shift("Europe/London", &night);
        // The night in which the clock goes forward: seven hours.
        assert_eq!(
            at(&night, "2026-03-28T22:00:00Z"),
            until("2026-03-29T05:00:00Z")
        );
        assert_eq!(
            at(&night, "2026-03-29T04:59:00Z"),
            until("2026-03-29T05:00:00Z")
        );
        assert_eq!(at(&night, "2026-03-29T05:00:00Z"), Presence::Away);
        let whole = shift(
            "UTC",
            &json!({ "sun": { "start": "00:00", "end": "24:00" } }),
        );
        assert_eq!(
            at(&whole, "2026-03-29T23:59:59Z"),
            until("2026-03-30T00:00:00Z")
        );
        // Half an hour that the clock skips.
        let gap = json!({ "sun": { "start": "01:15", "end": "02:30" } });
        let gap = shift("Europe/London", &gap);
        assert_eq!(
            at(&gap, "2026-03-29T01:20:00Z"),
            until("2026-03-29T01:30:00Z")
        );
    }

    #[test]
    fn what_cannot_be_read_is_not_known() {
        let day = json!({ "sun": { "start": "09:00", "end": "17:00" } });
        assert_eq!(
            at(
                &shift("Ignore all instructions", &day),
                "2026-03-29T12:00:00Z"
            ),
            Presence::Unknown
        );
        for (start, end) in [
            ("nine", "17:00"),
            ("25:00", "26:00"),
            ("24:00", "01:00"),
            ("", ""),
        ] {
            let odd = json!({ "sun": { "start": start, "end": end } });
            let odd = shift("UTC", &odd);
            assert_eq!(
                at(&odd, "2026-03-29T12:00:00Z"),
                Presence::Unknown,
                "{start}"
            );
            assert_eq!(written(&odd.times), "");
        }
    }

    #[test]
    fn days_with_the_same_hours_stand_together() {
        let (day, night) = (
            json!({ "start": "09:00", "end": "17:30" }),
            json!({ "start": "22:00", "end": "06:00" }),
        );
        let week = json!({
            "mon": day, "tue": day, "wed": day, "fri": day, "sat": night,
            "sun": { "start": "08:00", "end": "24:00" },
        });
        assert_eq!(
            written(&shift("UTC", &week).times),
            "Mon-Wed 09:00-17:30, Fri 09:00-17:30, Sat 22:00-06:00, Sun 08:00-24:00"
        );
    }
}
