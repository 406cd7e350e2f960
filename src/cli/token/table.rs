//! Callers as a table for people, and as JSON for programs. Neither knows a token.

use std::fmt::Write as _;

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    callers::{Registered, Standing},
    shape::{time::iso, visible::one_line},
};

/// The widest cell, in characters.
const CELL: usize = 64;

/// A line a caller, under a head.
pub(super) fn table(all: &[Registered], now: Timestamp) -> String {
    let head = [
        "name",
        "policy",
        "teammate",
        "approvers",
        "created",
        "token",
    ];
    let mut rows = vec![head.map(String::from)];
    rows.extend(all.iter().map(|one| {
        let or_none = |text: Option<&str>| one_line(text.unwrap_or("-"), CELL).into_owned();
        let approvers = one.approvers.join(" ");
        [
            one.name.to_string(),
            or_none(one.policy.as_deref()),
            or_none(one.teammate.as_deref()),
            or_none(Some(approvers.as_str()).filter(|names| !names.is_empty())),
            iso(one.created),
            standing(one, now),
        ]
    }));
    let mut widths = [0; 6];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut out = String::new();
    for row in &rows {
        let mut line = String::new();
        for (width, cell) in widths.iter().zip(row) {
            let _ = write!(line, "{cell:<width$}  ");
        }
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}

fn standing(one: &Registered, now: Timestamp) -> String {
    match (one.standing(now), one.expires, one.revoked) {
        (Standing::Revoked, _, Some(at)) => format!("revoked {}", iso(at)),
        (Standing::Expired, Some(end), _) => format!("expired {}", iso(end)),
        (Standing::Live, Some(end), _) => format!("until {}", iso(end)),
        _ => "until it is revoked".to_owned(),
    }
}

/// A caller with how it stands.
#[derive(Serialize)]
struct Row<'one> {
    #[serde(flatten)]
    registered: &'one Registered,
    state: Standing,
}

/// An array, with what [`Registered`] holds and `state`: `live`, `expired` or `revoked`.
pub(super) fn json(all: &[Registered], now: Timestamp) -> serde_json::Result<String> {
    let rows: Vec<_> = all
        .iter()
        .map(|registered| Row {
            registered,
            state: registered.standing(now),
        })
        .collect();
    serde_json::to_string_pretty(&rows)
}
