//! The short lists: what matches a query, and how they are read out.

use serde::Serialize;

use super::fit::Room;
use crate::{shape::text::Text, untrusted::Untrusted};

/// The rows of which some text holds the query, whatever its case.
pub fn matching<'list, T>(
    rows: &'list [T],
    query: Option<&str>,
    texts: impl Fn(&'list T) -> Vec<&'list Untrusted> + 'list,
) -> impl Iterator<Item = &'list T> {
    let wanted = query.unwrap_or_default().trim().to_lowercase();
    rows.iter().filter(move |row| {
        wanted.is_empty()
            || texts(row)
                .iter()
                .any(|text| text.raw().to_lowercase().contains(&wanted))
    })
}

/// As many rows as a result has room for, and how many are left out.
pub fn fitting<T: Serialize>(rows: impl Iterator<Item = T>) -> (Vec<T>, usize) {
    let (mut kept, mut left_out, mut room) = (Vec::new(), 0, Room::default());
    for row in rows {
        match left_out == 0 && room.takes(&row) {
            true => kept.push(row),
            false => left_out += 1,
        }
    }
    (kept, left_out)
}

/// The end of a short list that was not short: what is left out, and how to get it.
pub fn say_left_out(left_out: usize, text: &mut Text) {
    if left_out > 0 {
        text.say("\nLeft out for their number: ")
            .say(left_out)
            .say(". Narrow the list with `query` to see them.");
    }
}

/// Whether nothing is left out, which goes without saying.
pub fn is_none(left_out: &usize) -> bool {
    *left_out == 0
}

/// How many, and a line for each.
pub fn report<T>(
    one: &'static str,
    many: &'static str,
    rows: &[T],
    say: impl Fn(&T, &mut Text),
) -> Text {
    let mut text = Text::new();
    text.say(rows.len()).say(" ");
    text.say(if rows.len() == 1 { one } else { many });
    text.say(if rows.is_empty() { "." } else { ":" });
    for row in rows {
        text.say("\n- ");
        say(row, &mut text);
    }
    text
}
