//! Shifts and time off.

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::links::{Link, Links, Related};
use crate::sandbox::{
    id::Id,
    state::{Shift, TimeOff},
};

#[derive(Debug, Serialize)]
pub(crate) struct ShiftView<'a> {
    _links: Links<2>,
    id: Id,
    name: &'a str,
    color: &'a str,
    timezone: &'a str,
    times: Times<'a>,
    created_at: f64,
    updated_at: f64,
}

#[derive(Debug)]
struct Times<'a>(&'a [(&'static str, &'static str, &'static str)]);

#[derive(Debug, Serialize)]
struct Interval<'a> {
    start: &'a str,
    end: &'a str,
}

impl Serialize for Times<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (day, start, end) in self.0 {
            map.serialize_entry(day, &Interval { start, end })?;
        }
        map.end()
    }
}

pub(crate) fn shift(shift: &Shift) -> ShiftView<'_> {
    let itself = Link::to("shifts", shift.id);
    ShiftView {
        _links: Links {
            itself,
            related: Related([
                ("teammates", Some(itself.under("/teammates"))),
                ("owner", Some(Link::to("teams", shift.team))),
            ]),
        },
        id: shift.id,
        name: shift.name,
        color: shift.color,
        timezone: shift.timezone,
        times: Times(&shift.times),
        created_at: shift.created_at,
        updated_at: shift.created_at,
    }
}

#[derive(Debug, Serialize)]
pub(crate) struct TimeOffView<'a> {
    _links: Links<1>,
    id: Id,
    name: &'a str,
    start_at: f64,
    end_at: Option<f64>,
    created_at: f64,
    updated_at: f64,
    auto_responder: AutoResponder<'a>,
}

#[derive(Debug, Serialize)]
struct AutoResponder<'a> {
    is_enabled: bool,
    channel_ids: [Id; 0],
    is_contacts_only: bool,
    body: &'a str,
}

pub(crate) fn time_off(time_off: &TimeOff) -> TimeOffView<'_> {
    TimeOffView {
        _links: Links {
            itself: Link::to("time_offs", time_off.id),
            related: Related([("teammate", Some(Link::to("teammates", time_off.teammate)))]),
        },
        id: time_off.id,
        name: &time_off.name,
        start_at: time_off.start_at,
        end_at: time_off.end_at,
        created_at: time_off.created_at,
        updated_at: time_off.updated_at,
        auto_responder: AutoResponder {
            is_enabled: time_off.auto_reply.is_some(),
            channel_ids: [],
            is_contacts_only: false,
            body: time_off.auto_reply.as_deref().unwrap_or_default(),
        },
    }
}
