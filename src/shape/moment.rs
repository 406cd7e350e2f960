//! A point in time as results show it: ISO 8601, UTC, to the second.

use std::{borrow::Cow, fmt};

use jiff::Timestamp;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

/// A point in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(Timestamp);

impl Moment {
    /// From Front's Unix seconds, which are floats; nothing when they are no time.
    pub fn from_front(seconds: Option<f64>) -> Option<Self> {
        let seconds = seconds.filter(|seconds| seconds.is_finite() && *seconds > 0.0)?;
        let millis = seconds * 1000.0;
        // Beyond year 9999 jiff refuses, and what is no number of milliseconds never gets here.
        Timestamp::from_millisecond(millis as i64).ok().map(Self)
    }

    /// A time of our own clock.
    pub fn at(timestamp: Timestamp) -> Self {
        Self(timestamp)
    }

    /// Whole Unix seconds.
    pub fn seconds(self) -> i64 {
        self.0.as_second()
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.0}", self.0)
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for Moment {
    fn schema_name() -> Cow<'static, str> {
        "Moment".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date-time" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_of_front_become_iso() {
        let moment = Moment::from_front(Some(1_701_292_649.333)).unwrap();
        assert_eq!(moment.to_string(), "2023-11-29T21:17:29Z");
        for nonsense in [f64::NAN, f64::INFINITY, -1.0, 1e300] {
            assert_eq!(Moment::from_front(Some(nonsense)), None);
        }
    }
}
