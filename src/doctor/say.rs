//! Small pieces of sentences.

use std::{fmt::Display, path::Path, time::Duration};

use jiff::Timestamp;

use crate::shape::{
    text::{Text, Vouched},
    visible::one_line,
};

/// Longer values of settings are cut.
const LONGEST: usize = 200;

/// A text of ours with made parts in it; whoever calls vouches for them.
pub fn text(words: impl Display) -> Text {
    Text::of(Vouched::ours(one_line(&words.to_string(), 2_000)))
}

/// What the operator wrote, on one line.
pub fn own(words: &str) -> String {
    one_line(words, LONGEST).into_owned()
}

/// A path in a command of a shell.
pub fn quoted(path: &Path) -> String {
    format!("'{}'", path.display().to_string().replace('\'', "'\\''"))
}

/// The moment to the second.
pub fn moment(at: Timestamp) -> String {
    Timestamp::from_second(at.as_second())
        .unwrap_or(at)
        .to_string()
}

/// A wait in whole seconds, never none.
pub fn seconds(wait: Duration) -> u64 {
    wait.as_secs_f64().ceil().max(1.0) as u64
}

/// `a, b and c`.
pub fn list<T: Display>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [only] => only.to_string(),
        [first @ .., last] => {
            let first: Vec<_> = first.iter().map(ToString::to_string).collect();
            format!("{} and {last}", first.join(", "))
        }
    }
}
