//! The short lists: what matches a query, and how they are read out.

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
