use front_mcp::shape::time::{TimeError, from_front, iso, parse};
use jiff::{Timestamp, tz::TimeZone};

fn now() -> Timestamp {
    // 2026-11-20T12:00:00Z
    Timestamp::constant(1_795_176_000, 0)
}

fn read(text: &str) -> Result<String, TimeError> {
    parse(text, now(), &TimeZone::UTC).map(iso)
}

#[test]
fn times_are_read_as_people_type_them() {
    for (text, at) in [
        ("2026-11-20", "2026-11-20T00:00:00Z"),
        (" 2026-11-20T09:14:05Z ", "2026-11-20T09:14:05Z"),
        ("2026-11-20T09:14", "2026-11-20T09:14:00Z"),
        ("2026-11-20 09:14:05", "2026-11-20T09:14:05Z"),
        ("2026-11-20T09:14:05+01:00", "2026-11-20T08:14:05Z"),
        ("2026-11-20 09:14+01:00", "2026-11-20T08:14:00Z"),
        ("1701292649.333", "2023-11-29T21:17:29Z"),
        ("1701292649", "2023-11-29T21:17:29Z"),
        ("7d", "2026-11-13T12:00:00Z"),
        ("24h", "2026-11-19T12:00:00Z"),
        ("30m ago", "2026-11-20T11:30:00Z"),
        ("2w", "2026-11-06T12:00:00Z"),
    ] {
        assert_eq!(read(text).as_deref(), Ok(at), "{text}");
    }
}

#[test]
fn local_time_is_in_its_zone() {
    let berlin = TimeZone::get("Europe/Berlin").unwrap();
    assert_eq!(
        iso(parse("2026-11-20", now(), &berlin).unwrap()),
        "2026-11-19T23:00:00Z"
    );
    // An hour that the clocks skip.
    assert!(parse("2026-03-29T02:30", now(), &berlin).is_ok());
}

#[test]
fn what_is_no_time_of_mail_is_refused() {
    for text in [
        "",
        "soon",
        "inf",
        "NaN",
        "1e9",
        "d",
        "7y",
        "2026-13-01",
        "2026-02-30",
        "１２",
        "7d7d",
        "日本",
    ] {
        assert!(
            matches!(read(text), Err(TimeError::Unreadable(_))),
            "{text}"
        );
    }
    for text in [
        "0",
        "1970-01-01",
        "9999-12-31",
        "-1",
        "99999999999999999999",
        "999999999w",
        "9223372036854775807m",
    ] {
        assert!(
            matches!(read(text), Err(TimeError::OutOfRange(_))),
            "{text}: {:?}",
            read(text)
        );
    }
    let error = read("1701292649333").unwrap_err();
    assert!(matches!(error, TimeError::Milliseconds(_)));
    assert!(error.to_string().contains("`1701292649333`") && error.to_string().contains("`7d`"));
}

#[test]
fn fronts_seconds_are_read() {
    assert_eq!(
        from_front(1_701_292_649.333).map(iso).as_deref(),
        Some("2023-11-29T21:17:29Z")
    );
    for seconds in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300, -1e300] {
        assert_eq!(from_front(seconds), None);
    }
}
