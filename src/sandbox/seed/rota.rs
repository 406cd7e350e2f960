//! Shifts, time off, and two cards of one customer. Nothing here draws at random, and it comes after
//! everything else, so that what was there before stays as it was.

use serde_json::{Map, json};

use crate::sandbox::{
    id::Id,
    landmarks,
    state::{Contact, Handle, Note, Shift, State, TimeOff},
};

use super::company::{CARE, TRADE, WORKSHOP, landmark, teammate};

const DAY: f64 = 86_400.0;

type Day = (&'static str, &'static str, &'static str);

/// Monday to Friday at these hours.
fn weekdays(start: &'static str, end: &'static str) -> Vec<Day> {
    ["mon", "tue", "wed", "thu", "fri"]
        .into_iter()
        .map(|day| (day, start, end))
        .collect()
}

pub(super) fn people(state: &mut State) {
    shifts(state);
    time_off(state);
    twins(state);
}

fn shifts(state: &mut State) {
    let created_at = state.clock.midnight() - 400.0 * DAY;
    let mut care = weekdays("08:00", "14:00");
    care.push(("sat", "09:00", "13:00"));
    for (id, name, color, timezone, times, team, members) in [
        (
            landmarks::EARLY_SHIFT,
            "Care, early",
            "yellow",
            "Europe/London",
            care,
            CARE,
            &["marin", "tove", "desmond", "camille"][..],
        ),
        (
            "shf_1late",
            "Care, late",
            "purple",
            "Europe/London",
            weekdays("13:00", "20:00"),
            CARE,
            &["priya", "owen"],
        ),
        (
            "shf_1trade",
            "Trade desk",
            "blue",
            "Europe/Berlin",
            weekdays("09:00", "17:30"),
            TRADE,
            &["hana", "luca", "saoirse", "anton"],
        ),
        (
            "shf_1night",
            "Workshop on call",
            "black",
            "Europe/London",
            vec![("fri", "22:00", "06:00"), ("sat", "22:00", "06:00")],
            WORKSHOP,
            &["bashir"],
        ),
    ] {
        state.shifts.insert(Shift {
            id: landmark(id),
            name,
            color,
            timezone,
            times,
            team,
            members: members.iter().map(|name| teammate(name)).collect(),
            created_at,
        });
    }
}

fn time_off(state: &mut State) {
    let midnight = state.clock.midnight();
    for (id, who, name, first, last, auto_reply) in [
        // Two are off today, one of them without an end.
        (
            landmarks::TIME_OFF,
            "priya",
            "Holiday in Kerala",
            -4.0,
            Some(6.0),
            None,
        ),
        ("vcr_1leave", "gideon", "Parental leave", -40.0, None, None),
        (
            "vcr_1replies",
            "saoirse",
            "Trade fair in Ghent",
            9.0,
            Some(12.0),
            Some("I am at the fair until Thursday."),
        ),
        ("vcr_1past", "owen", "Dentist", -10.0, Some(-9.5), None),
    ] {
        state.time_off.insert(TimeOff {
            id: landmark(id),
            teammate: teammate(who),
            name: name.to_owned(),
            start_at: midnight + first * DAY,
            end_at: last.map(|last: f64| midnight + last * DAY),
            auto_reply: auto_reply.map(str::to_owned),
            created_at: midnight - 60.0 * DAY,
            updated_at: midnight - 60.0 * DAY,
        });
    }
}

/// One customer who once wrote and once called.
fn twins(state: &mut State) {
    let midnight = state.clock.midnight();
    let lists: Vec<Id> = state.contact_lists.iter().map(|list| list.id).collect();
    let pick = |position: usize| lists.get(position).copied().into_iter().collect::<Vec<_>>();
    let field = |name: &str, value: &str| -> Map<String, serde_json::Value> {
        [(name.to_owned(), json!(value))].into_iter().collect()
    };
    for (id, name, description, handle, source, lists, custom_fields, days) in [
        (
            landmarks::TWIN,
            "Rosalind Achterberg",
            Some("Restores Dutch roadsters"),
            "rosalind.achterberg@postbox.example",
            "email",
            pick(0),
            field("Loyalty tier", "Silver"),
            1_300.0,
        ),
        (
            landmarks::OTHER_TWIN,
            "R. Achterberg",
            None,
            "+447700900987",
            "phone",
            pick(2),
            field("Loyalty tier", "Gold"),
            1_250.0,
        ),
    ] {
        let at = midnight - days * DAY;
        state.add_contact(Contact {
            id: landmark(id),
            name: name.to_owned(),
            description: description.map(str::to_owned),
            handles: vec![Handle {
                handle: handle.to_owned(),
                source,
            }],
            links: Vec::new(),
            lists,
            account: None,
            custom_fields,
            notes: vec![Note {
                author: teammate("tove"),
                body: "Ask about the chain cases before you quote.".to_owned(),
                created_at: at + DAY,
            }],
            is_private: false,
            created_at: at,
            updated_at: at + 2.0 * DAY,
        });
    }
}
