//! Tags, in two levels.

use crate::sandbox::{
    id::Id,
    landmarks,
    state::{State, Tag},
};

use super::company::landmark;

/// Name, colour, children.
const TREE: [(&str, Option<&str>, &[&str]); 12] = [
    ("Urgent", Some("red"), &[]),
    ("VIP", Some("purple"), &[]),
    (
        "Orders",
        Some("blue"),
        &[
            "Late delivery",
            "Wrong item",
            "Missing part",
            "Damaged in transit",
            "Address change",
        ],
    ),
    (
        "Refunds",
        Some("orange"),
        &["Refund requested", "Refund paid"],
    ),
    (
        "Products",
        Some("green"),
        &["Brakes", "Drivetrain", "Wheels", "Saddles", "Lights"],
    ),
    ("Warranty", Some("yellow"), &["Frame", "Components"]),
    (
        "Languages",
        Some("light-blue"),
        &["French", "German", "Arabic", "Hebrew", "Japanese"],
    ),
    ("Trade", Some("blue"), &["New account", "Price list"]),
    ("Feedback", Some("pink"), &["Praise", "Complaint"]),
    ("Workshop", Some("grey"), &["Booking"]),
    ("Newsletter", None, &[]),
    ("Follow up", Some("yellow"), &[]),
];

const MIDSUMMER: f64 = 1_718_884_800.25;

pub(super) fn tags(state: &mut State) {
    let mut number = 34_100_113;
    for (name, colour, children) in TREE {
        number += 7_919;
        let id = if name == "Urgent" {
            landmark(landmarks::URGENT_TAG)
        } else {
            Id::new("tag", number)
        };
        insert(state, id, name, colour, None);
        for child in children {
            number += 7_919;
            insert(state, Id::new("tag", number), child, colour, Some(id));
        }
    }
}

fn insert(state: &mut State, id: Id, name: &str, colour: Option<&str>, parent: Option<Id>) {
    let at = MIDSUMMER + (state.tags.len() * 3_600) as f64;
    state.tags.insert(Tag {
        id,
        name: name.to_owned(),
        description: (name == "Urgent").then(|| "Needs an answer within the hour".to_owned()),
        highlight: colour.map(str::to_owned),
        parent,
        is_visible: parent.is_none(),
        created_at: at,
        updated_at: at,
    });
}

/// The tags with these names.
pub(super) fn named(state: &State, names: &[&str]) -> Vec<Id> {
    state
        .tags
        .iter()
        .filter(|tag| names.contains(&tag.name.as_str()))
        .map(|tag| tag.id)
        .collect()
}
