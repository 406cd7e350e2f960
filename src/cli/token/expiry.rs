//! When a token ends, as an operator writes it.

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

/// What is said of everything else.
const FORMS: &str =
    "must be a time from now such as `90d`, `12h` or `30m`, or a date such as `2027-01-31`";
/// The furthest end, in days: about ten years.
const FURTHEST: i64 = 3_660;

/// Reads `90d`, `12h`, `30m`, `2027-01-31` (the last day, in the zone), or a time in RFC 3339.
pub(super) fn end(text: &str, now: Timestamp, zone: &TimeZone) -> Result<Timestamp, String> {
    let text = text.trim();
    let end = from_now(text, now)
        .or_else(|| last_day(text, zone))
        .or_else(|| text.parse().ok())
        .ok_or(FORMS)?;
    if end <= now {
        return Err(format!("lies in the past; it {FORMS}"));
    }
    if end.duration_since(now) > SignedDuration::from_hours(FURTHEST * 24) {
        return Err(
            "lies more than ten years ahead; without it the token is taken until it is revoked"
                .to_owned(),
        );
    }
    Ok(end)
}

fn from_now(text: &str, now: Timestamp) -> Option<Timestamp> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let seconds = match unit {
        "d" => 24 * 60 * 60,
        "h" => 60 * 60,
        "m" => 60,
        _ => return None,
    };
    let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
    let number: i64 = is_number.then(|| number.parse().ok())??;
    let ahead = SignedDuration::from_secs(number.checked_mul(seconds)?);
    now.checked_add(ahead).ok()
}

/// The moment after the last of the day.
fn last_day(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    // Jiff would take the date of a longer text.
    let date: Date = (text.len() == 10).then(|| text.parse().ok())??;
    let start = date.tomorrow().ok()?.to_zoned(zone.clone()).ok()?;
    Some(start.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, zone: &str) -> Result<String, String> {
        let now = "2026-11-20T09:00:00Z".parse().unwrap();
        end(text, now, &TimeZone::get(zone).unwrap()).map(|end| end.to_string())
    }

    #[test]
    fn an_end_is_a_time_from_now_or_a_day() {
        for (text, end) in [
            ("90d", "2027-02-18T09:00:00Z"),
            ("12h", "2026-11-20T21:00:00Z"),
            (" 30m ", "2026-11-20T09:30:00Z"),
            ("2027-01-31", "2027-02-01T00:00:00Z"),
            ("2026-11-20", "2026-11-21T00:00:00Z"),
            ("2026-11-20T09:00:05Z", "2026-11-20T09:00:05Z"),
            ("2026-11-20T12:00:05+02:00", "2026-11-20T10:00:05Z"),
        ] {
            assert_eq!(read(text, "UTC").as_deref(), Ok(end), "{text}");
        }
        assert_eq!(
            read("2027-01-31", "Europe/Paris").as_deref(),
            Ok("2027-01-31T23:00:00Z")
        );
    }

    #[test]
    fn any_other_text_is_refused_in_words() {
        for text in [
            "",
            "d",
            "90",
            "90 d",
            "-1d",
            "+1d",
            "1.5d",
            "90w",
            "0d",
            "0m",
            "soon",
            "2026-11-19",
            "2026-13-01",
            "2026-11-20T09:00:00Z",
            "9999999999999999999d",
            "4000d",
            "9999-12-31",
            "9ü",
        ] {
            let problem = read(text, "UTC").unwrap_err();
            assert!(
                problem.contains("must be") || problem.contains("ahead"),
                "{text}: {problem}"
            );
        }
    }
}
