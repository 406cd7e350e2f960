//! When teammates work.

use serde::Deserialize;

use super::{Links, or_default};
use crate::{
    front::id::{ShiftId, TimeOffId},
    untrusted::Untrusted,
};

/// Hours of the week that teammates work (`ShiftResponse`).
#[derive(Debug, Clone, Deserialize)]
pub struct Shift {
    /// Its id.
    pub id: ShiftId,
    /// Its name.
    #[serde(default)]
    pub name: Untrusted,
    /// The IANA time zone of its hours.
    #[serde(default)]
    pub timezone: Untrusted,
    /// Its hours.
    #[serde(default, deserialize_with = "or_default")]
    pub times: Week,
}

/// The hours of each day; none on days without (`ShiftIntervals`).
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Week {
    /// Monday.
    #[serde(default)]
    pub mon: Option<Hours>,
    /// Tuesday.
    #[serde(default)]
    pub tue: Option<Hours>,
    /// Wednesday.
    #[serde(default)]
    pub wed: Option<Hours>,
    /// Thursday.
    #[serde(default)]
    pub thu: Option<Hours>,
    /// Friday.
    #[serde(default)]
    pub fri: Option<Hours>,
    /// Saturday.
    #[serde(default)]
    pub sat: Option<Hours>,
    /// Sunday.
    #[serde(default)]
    pub sun: Option<Hours>,
}

/// From when to when, such as `09:00` and `17:00` (`ShiftInterval`).
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Hours {
    /// When it begins.
    #[serde(default)]
    pub start: Untrusted,
    /// When it ends.
    #[serde(default)]
    pub end: Untrusted,
}

/// A time in which a teammate is off (`TimeOffResponse`).
#[derive(Debug, Clone, Deserialize)]
pub struct TimeOff {
    /// Its id.
    pub id: TimeOffId,
    /// Its name.
    #[serde(default)]
    pub name: Untrusted,
    /// Unix seconds.
    #[serde(default)]
    pub start_at: Option<f64>,
    /// Unix seconds; none when it is open-ended.
    #[serde(default)]
    pub end_at: Option<f64>,
    #[serde(default)]
    auto_responder: Option<AutoResponder>,
    /// Links to the teammate.
    #[serde(rename = "_links", default, deserialize_with = "or_default")]
    pub links: Links,
}

#[derive(Debug, Clone, Deserialize)]
struct AutoResponder {
    #[serde(default, deserialize_with = "or_default")]
    is_enabled: bool,
}

impl TimeOff {
    /// Whether Front answers customers by itself while it lasts.
    pub fn answers_customers(&self) -> bool {
        self.auto_responder
            .as_ref()
            .is_some_and(|responder| responder.is_enabled)
    }

    /// Whether some of it lies within these Unix seconds.
    pub fn overlaps(&self, from: f64, until: f64) -> bool {
        self.start_at.is_none_or(|start| start < until) && self.end_at.is_none_or(|end| end > from)
    }
}
