//! The moments that agents name.

use front_mcp::shape::time::{TimeError, parse};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::prelude::*;

fn at(text: &str) -> Result<String, TimeError> {
    let now: Timestamp = "2026-11-20T09:14:05Z".parse().unwrap();
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    parse(text, now, &zone).map(|moment| moment.to_string())
}

#[test]
fn the_accepted_forms() {
    for (text, moment) in [
        ("2026-11-20T09:14:05Z", "2026-11-20T09:14:05Z"),
        ("2026-11-20T09:14:05+01:00", "2026-11-20T08:14:05Z"),
        ("2026-11-20T09:14", "2026-11-20T08:14:00Z"),
        ("2026-11-20 09:14:05.5", "2026-11-20T08:14:05.5Z"),
        ("2026-07-20", "2026-07-19T22:00:00Z"),
        ("20260720", "2026-07-19T22:00:00Z"),
        (" 1795166045 ", "2026-11-20T09:14:05Z"),
        ("1795166045.25", "2026-11-20T09:14:05.25Z"),
        ("1795166045.1234567899", "2026-11-20T09:14:05.123456789Z"),
        ("7d", "2026-11-13T09:14:05Z"),
        ("24h", "2026-11-19T09:14:05Z"),
        ("30m ago", "2026-11-20T08:44:05Z"),
        ("2w", "2026-11-06T09:14:05Z"),
        // Clocks go back: the hour that comes twice is the first one.
        ("2026-10-25T02:30", "2026-10-25T00:30:00Z"),
    ] {
        assert_eq!(at(text).as_deref(), Ok(moment), "{text}");
    }
}

#[test]
fn what_is_no_moment_says_why() {
    for text in ["", "  "] {
        assert_eq!(at(text), Err(TimeError::Empty));
    }
    for text in [
        "yesterday",
        "7 days",
        "d",
        "-7d",
        "1.5h",
        "12",
        "2026",
        "20:15",
        "T",
        "٣d",
        "2026-11-20T09:14:05Z[UTC]",
    ] {
        assert!(
            matches!(
                at(text),
                Err(TimeError::Unreadable(_) | TimeError::NoSuchTime(_))
            ),
            "{text}: {:?}",
            at(text)
        );
    }
    for text in ["2026-13-01", "2026-02-30", "2026-11-20T25:00"] {
        assert!(
            matches!(at(text), Err(TimeError::NoSuchTime(_))),
            "{text}: {:?}",
            at(text)
        );
    }
    for text in [
        "0001-01-01",
        "0000-00-00",
        "1970-01-01T00:00:00Z",
        "1989-12-31",
        "9999-12-31",
        "9999-12-31T23:59:59Z",
        "2101-01-02T00:00:00Z",
        "00000",
        "99999999999",
        "99999999999999999999999999",
        "-1795166045",
        "9999999w",
        "99999999999999999999d",
    ] {
        assert!(
            matches!(at(text), Err(TimeError::OutOfRange(_))),
            "{text}: {:?}",
            at(text)
        );
    }
    let error = at(&format!("x\u{202E}\n{}", "y".repeat(500)))
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("2026-11-20T09:14:05Z") && !error.contains('\u{202E}'),
        "{error}"
    );
    assert!(
        error.contains(&"y".repeat(37)) && !error.contains(&"y".repeat(40)),
        "{error}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_makes_it_panic(text in "[0-9TZtz:+.\\-/ wdhms]{0,30}|\\PC{0,20}") {
        let _ = at(&text);
    }
}
