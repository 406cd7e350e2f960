//! The days that numbers are about. Front counts whole days.

use jiff::{
    Timestamp, ToSpan,
    civil::{self, Date},
    tz::TimeZone,
};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    shape::{
        text::{Text, Vouched},
        time,
    },
    tools::{Context, ToolError, arguments},
};

/// Whole days in one zone, both ends included.
#[derive(Clone, Debug)]
pub struct Period {
    first: Date,
    last: Date,
    zone: TimeZone,
}

/// The days as results say them.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Days {
    /// The first day.
    pub from: String,
    /// The last day, included.
    pub to: String,
    /// How many.
    pub days: i32,
    /// Where they begin and end at midnight.
    pub time_zone: String,
}

impl Period {
    /// The days that two points in time fall on in the operator's zone; without an end, to the last
    /// whole day before today.
    pub fn read(
        context: &Context<'_>,
        start: Option<&str>,
        end: Option<&str>,
    ) -> Result<Self, ToolError> {
        let zone = context.zone.clone();
        let today = context.now().to_zoned(zone.clone()).date();
        let day = |field: &str, given: Option<&str>| -> Result<Option<Date>, ToolError> {
            let Some(seconds) = arguments::time(context, field, given)? else {
                return Ok(None);
            };
            let at = Timestamp::from_second(seconds).unwrap_or_default();
            let day = at.to_zoned(zone.clone()).date();
            let whole = given.and_then(|given| time::day_of_age(given, today));
            Ok(Some(whole.unwrap_or(day)))
        };
        let first = day("start", start)?.ok_or_else(|| {
            ToolError::invalid("start", Text::of("is missing"))
                .next("give the first day, such as `2026-11-01`, or an age such as `7d`")
        })?;
        let last = day("end", end)?.unwrap_or_else(|| last_whole(first, today));
        if last < first {
            let message = Text::of("lies before `start`");
            return Err(ToolError::invalid("end", message));
        }
        Ok(Self { first, last, zone })
    }

    /// The same number of days right before.
    pub fn before(&self) -> Option<Self> {
        Some(Self {
            first: self.first.checked_sub(self.days().days()).ok()?,
            last: self.first.yesterday().ok()?,
            zone: self.zone.clone(),
        })
    }

    fn days(&self) -> i32 {
        (self.last - self.first).get_days() + 1
    }

    /// Unix seconds for Front, which rounds them to whole days: a day is named by its noon, so
    /// that it is the same one whether Front rounds in this zone or in UTC.
    pub fn bounds(&self) -> (i64, i64) {
        (self.noon(self.first), self.noon(self.last))
    }

    fn noon(&self, day: Date) -> i64 {
        let noon = day.to_datetime(civil::time(12, 0, 0, 0));
        self.zone.to_timestamp(noon).unwrap_or_default().as_second()
    }

    /// The zone's name, for Front.
    pub fn zone(&self) -> &str {
        self.zone.iana_name().unwrap_or("UTC")
    }

    /// For a result.
    pub fn shown(&self) -> Days {
        Days {
            from: self.first.to_string(),
            to: self.last.to_string(),
            days: self.days(),
            time_zone: self.zone().to_owned(),
        }
    }
}

/// The last day of a period without an end: a day that is not over would be compared with whole
/// ones. Of today alone, there is nothing else.
fn last_whole(first: Date, today: Date) -> Date {
    match today.yesterday() {
        Ok(yesterday) if first <= yesterday => yesterday,
        _ => today,
    }
}

impl Days {
    /// `2026-03-01 to 2026-03-07 (7 days, Europe/Berlin)`.
    pub fn say(&self, text: &mut Text) {
        let days = if self.days == 1 { "day" } else { "days" };
        text.say(Vouched::ours(format!(
            "{} to {} ({} {days}, {})",
            self.from, self.to, self.days, self.time_zone
        )));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn period(first: Date, last: Date, zone: &str) -> Period {
        Period {
            first,
            last,
            zone: TimeZone::get(zone).unwrap(),
        }
    }

    #[test]
    fn days_keep_their_number_and_their_noon_over_a_change_of_clocks() {
        let week = period(date(2026, 3, 26), date(2026, 4, 1), "Europe/Berlin");
        let (start, end) = week.bounds();
        // 12:00 is 11:00 UTC before the last Sunday of March, and 10:00 UTC after.
        assert_eq!(start.rem_euclid(86_400), 11 * 3600);
        assert_eq!(end.rem_euclid(86_400), 10 * 3600);
        assert_eq!(week.shown().days, 7);
        let before = week.before().unwrap().shown();
        assert_eq!(
            (before.from.as_str(), before.to.as_str()),
            ("2026-03-19", "2026-03-25")
        );
    }

    #[test]
    fn without_an_end_the_last_day_is_one_that_is_over() {
        for (first, last, days) in [
            (date(2026, 3, 23), date(2026, 3, 29), 7),
            (date(2026, 3, 29), date(2026, 3, 29), 1),
            (date(2026, 3, 30), date(2026, 3, 30), 1),
        ] {
            let until = last_whole(first, date(2026, 3, 30));
            assert_eq!(until, last);
            assert_eq!(period(first, until, "Europe/Berlin").days(), days);
        }
        // Ages are counted in days, whatever the clocks did.
        let week = time::day_of_age("7d", date(2026, 3, 30)).unwrap();
        assert_eq!(week, date(2026, 3, 23));
        assert_eq!(time::day_of_age("36h", date(2026, 3, 30)), None);
        // What has not begun has no numbers: its end lies before it.
        assert!(last_whole(date(2026, 3, 31), date(2026, 3, 30)) < date(2026, 3, 31));
    }

    #[test]
    fn a_day_is_the_same_one_in_utc_for_whoever_rounds_there() {
        for zone in [
            "Pacific/Pago_Pago",
            "Europe/Berlin",
            "Asia/Tokyo",
            "Pacific/Auckland",
        ] {
            let day = period(date(2026, 3, 8), date(2026, 3, 8), zone);
            let (start, _) = day.bounds();
            let utc = Timestamp::from_second(start)
                .unwrap()
                .to_zoned(TimeZone::UTC);
            let expected = if zone == "Pacific/Auckland" { 7 } else { 8 };
            assert_eq!(utc.date(), date(2026, 3, expected), "{zone}");
        }
    }
}
