//! The log as a table for people: a line a record, with what is there of it.

use std::fmt::Write as _;

use crate::{audit::Entry, shape::visible::one_line};

/// The widest cell, in characters.
const CELL: usize = 60;

/// A line a record, under a head; the last column is as long as it must be.
pub(super) fn table<'log>(entries: impl IntoIterator<Item = &'log Entry>) -> String {
    let mut rows = vec![
        [
            "number",
            "time",
            "event",
            "who",
            "what",
            "envelope",
            "came of it",
        ]
        .map(String::from),
    ];
    rows.extend(entries.into_iter().map(row));
    let mut widths = [0; 7];
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

fn row(entry: &Entry) -> [String; 7] {
    let json = serde_json::to_value(&entry.record).unwrap_or_default();
    let text = |name: &str| match json.get(name) {
        Some(serde_json::Value::String(text)) => Some(text.clone()),
        Some(serde_json::Value::Array(list)) => {
            let ids: Vec<_> = list.iter().filter_map(|id| id.as_str()).collect();
            Some(ids.join(" "))
        }
        Some(other) => Some(other.to_string()),
        None => None,
    };
    let cell = |names: &[&str]| {
        let parts: Vec<_> = names.iter().filter_map(|name| text(name)).collect();
        one_line(&parts.join(" "), CELL).into_owned()
    };
    [
        entry.seq.to_string(),
        one_line(&entry.time, CELL).into_owned(),
        cell(&["event"]),
        cell(&["caller", "client"]),
        cell(&["tool", "operation", "objects"]),
        cell(&["envelope"]),
        cell(&[
            "decision",
            "rule",
            "channel",
            "approver",
            "status",
            "message_uid",
            "code",
            "bytes",
        ]),
    ]
}
