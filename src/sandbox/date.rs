//! The `Date` header of a Front whose clock is off.

use axum::response::Response;
use http::{HeaderValue, header};
use jiff::{Timestamp, fmt::rfc2822::DateTimePrinter};

use super::clock::unix_now;

/// Puts the time of a clock that is so many seconds off on a response. Of a right clock the HTTP server tells the time
/// by itself.
pub(crate) fn stamp(response: &mut Response, skew: f64) {
    if skew == 0.0 {
        return;
    }
    if let Some(date) = date(unix_now() + skew) {
        response.headers_mut().insert(header::DATE, date);
    }
}

fn date(at: f64) -> Option<HeaderValue> {
    let at = Timestamp::from_second(at.floor() as i64).ok()?;
    let text = DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&at)
        .ok()?;
    HeaderValue::try_from(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_written_as_http_writes_it() {
        assert_eq!(
            date(784_111_777.9).unwrap(),
            "Sun, 06 Nov 1994 08:49:37 GMT"
        );
    }
}
