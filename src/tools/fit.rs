//! How much one result may cost a model, in one place: tools count their rows and bodies here and
//! say where to go on, and what is too long all the same is cut on its way out, and says so.
//!
//! Each half of a result counts by itself: a host puts one of them into a model's context.

use serde::Serialize;
use serde_json::{Value, value::RawValue, value::to_raw_value};

use crate::shape::{text::Text, tokens::estimate};

/// Tokens that either half of a result may be estimated at; the promise is 10,000.
pub const MOST: usize = 9_600;

/// Tokens of rows or events in a list, with room for what stands around them.
pub const ROWS: usize = 8_600;

/// Tokens of the one text that a result is about.
pub const BODY: usize = 8_000;

/// What is left for rows.
#[derive(Debug)]
pub struct Room {
    left: usize,
    is_empty: bool,
}

impl Default for Room {
    fn default() -> Self {
        Self::of(ROWS)
    }
}

impl Room {
    /// Room of so many tokens.
    pub fn of(tokens: usize) -> Self {
        Self {
            left: tokens,
            is_empty: true,
        }
    }

    /// Sets aside what something beside the rows costs.
    pub fn beside(mut self, other: &impl Serialize) -> Self {
        self.left = self.left.saturating_sub(cost(other));
        self
    }

    /// Whether a row fits. The first always does, so that a list goes on whatever is in it.
    pub fn takes(&mut self, row: &impl Serialize) -> bool {
        self.takes_with(row, 0)
    }

    /// The same for a row to which so many tokens will be added.
    pub fn takes_with(&mut self, row: &impl Serialize, more: usize) -> bool {
        let cost = cost(row) + more;
        let fits = cost <= self.left || self.is_empty;
        if fits {
            self.left = self.left.saturating_sub(cost);
            self.is_empty = false;
        }
        fits
    }
}

/// What a value costs in JSON, which is the dearer half: its keys cost more than marks.
fn cost(value: &impl Serialize) -> usize {
    serde_json::to_string(value).map_or(0, |json| estimate(&json) + 2)
}

/// Both halves, no longer than a result may be, and whether they were cut.
pub fn held(mut text: Text, structured: Box<RawValue>) -> (String, Box<RawValue>, bool) {
    let finished = text.finish();
    if estimate(&finished) <= MOST && estimate(structured.get()) <= MOST {
        return (finished, structured, false);
    }
    let (finished, longest, is_short) = held_text(&mut text);
    let structured = match serde_json::from_str(structured.get()) {
        Ok(value) => held_value(value, longest).unwrap_or(structured),
        Err(_) => structured,
    };
    (finished + note(is_short), structured, true)
}

const fn note(is_short: bool) -> &'static str {
    match is_short {
        false => {
            "\nLong texts above end in `…` to keep this result within 10,000 tokens: ask for one object, or for less of it, to read them whole."
        }
        true => {
            "\nThe rest is left out to keep this result within 10,000 tokens: ask for less (a smaller `limit`, a `query`, one object)."
        }
    }
}

/// How long a stranger's text may be, in characters, from the first try to the last.
const LENGTHS: [usize; 7] = [8_000, 4_000, 2_000, 1_000, 400, 200, 100];

/// Room for the note.
const NOTE: usize = 60;

/// The text with its quotes as long as they may be; how long that is; whether its end is left out
/// besides.
fn held_text(text: &mut Text) -> (String, usize, bool) {
    let mut shortest = LENGTHS[0];
    for longest in LENGTHS {
        shortest = longest;
        text.shorten_quotes(longest);
        let finished = text.finish();
        if estimate(&finished) + NOTE <= MOST {
            return (finished, longest, false);
        }
    }
    loop {
        let is_left = text.drop_end();
        let finished = text.finish();
        if !is_left || estimate(&finished) + NOTE <= MOST {
            return (finished, shortest, true);
        }
    }
}

/// The same for the other half: texts first, then the ends of lists.
fn held_value(mut value: Value, longest: usize) -> Option<Box<RawValue>> {
    let written = |value: &Value| to_raw_value(value).ok();
    for longest in LENGTHS.into_iter().filter(|each| *each <= longest) {
        shorten_strings(&mut value, longest);
        let json = written(&value)?;
        if estimate(json.get()) <= MOST {
            return Some(json);
        }
    }
    let mut most = 512;
    loop {
        shorten_lists(&mut value, most);
        let json = written(&value)?;
        if most == 0 || estimate(json.get()) <= MOST {
            return Some(json);
        }
        most /= 2;
    }
}

fn shorten_strings(value: &mut Value, longest: usize) {
    match value {
        Value::String(text) => {
            if let Some((end, _)) = text.char_indices().nth(longest) {
                text.truncate(end);
                text.push('…');
            }
        }
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| shorten_strings(item, longest)),
        Value::Object(fields) => fields
            .iter_mut()
            // A cursor is of use only as it is.
            .filter(|(name, _)| *name != "next_cursor")
            .for_each(|(_, value)| shorten_strings(value, longest)),
        _ => {}
    }
}

fn shorten_lists(value: &mut Value, most: usize) {
    match value {
        Value::Array(items) => {
            items.truncate(most);
            items.iter_mut().for_each(|item| shorten_lists(item, most));
        }
        Value::Object(fields) => fields
            .values_mut()
            .for_each(|value| shorten_lists(value, most)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn held_of(text: &Text, value: &Value) -> (String, Value, bool) {
        let (text, structured, cut) = held(text.clone(), to_raw_value(value).unwrap());
        assert!(estimate(&text) <= MOST + NOTE);
        assert!(estimate(structured.get()) <= MOST);
        (text, serde_json::from_str(structured.get()).unwrap(), cut)
    }

    #[test]
    fn what_fits_is_left_as_it_is() {
        let text = Text::of("Short.");
        let value = json!({ "a": "b" });
        assert_eq!(held_of(&text, &value), ("Short.".to_owned(), value, false));
    }

    #[test]
    fn long_words_are_cut_in_both_halves() {
        let mut text = Text::of("Says ");
        let long = "word and ".repeat(20_000);
        text.quote_text(&long).say(", id one");
        let (text, value, cut) = held_of(&text, &json!({ "id": "one", "says": long }));
        assert!(
            cut && text.contains("end in `…`") && text.contains(", id one"),
            "{text}"
        );
        assert!(value["says"].as_str().unwrap().ends_with('…') && value["id"] == "one");
    }

    #[test]
    fn long_lists_end_and_say_so() {
        let mut text = Text::of("Rows");
        let mut rows = Vec::new();
        for row in 0..20_000_u32 {
            text.say("\n").say(row).say(" ").quote_text("name");
            rows.push(json!({ "id": row, "name": "name" }));
        }
        let value = json!({ "rows": rows, "next_cursor": "x".repeat(300) });
        let (text, value, cut) = held_of(&text, &value);
        assert!(
            cut && text.contains("\n5 «") && text.contains("left out"),
            "{text}"
        );
        assert!(value["rows"].as_array().unwrap().len() > 100);
        assert_eq!(value["next_cursor"].as_str().unwrap().len(), 300);
    }

    #[test]
    fn the_first_row_always_fits_and_the_rest_while_there_is_room() {
        let mut room = Room::of(100);
        assert!(room.takes(&"long ".repeat(500)));
        assert!(!room.takes(&"short"));
        let mut room = Room::of(100);
        let taken = (0..100).take_while(|_| room.takes(&"four words of text"));
        assert!((5..15).contains(&taken.count()));
    }
}
