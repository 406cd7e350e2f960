//! A mail as it was sent: its headers, and as much of its text as fits.

use schemars::JsonSchema;
use serde::Serialize;

use super::{fit::Room, timeline::cut};
use crate::{
    shape::{text::Text, words::Words},
    untrusted::Untrusted,
};

/// The longest source that is shown, in characters.
const LONGEST: usize = 40_000;

/// Headers that are shown at the most, and the longest value of one.
const MOST_HEADERS: usize = 100;
const LONGEST_VALUE: usize = 500;

/// One header. Encoded words in it are left as they stand.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Header {
    /// Its name.
    name: Words,
    /// Its value.
    value: Words,
}

impl Header {
    /// `«name» «value»`.
    pub fn say(&self, text: &mut Text) {
        text.quote(&self.name).say(" ").quote(&self.value);
    }
}

/// The headers of a mail, in their order.
pub fn headers(mail: &str, mut room: Room) -> Vec<Header> {
    let mut unfolded: Vec<String> = Vec::new();
    for line in mail.lines().take_while(|line| !line.is_empty()) {
        match unfolded.last_mut() {
            // A line that begins with a space goes on with the one before it.
            Some(last) if line.starts_with([' ', '\t']) => {
                last.push(' ');
                last.push_str(line.trim());
            }
            _ => unfolded.push(line.to_owned()),
        }
    }
    let headers = unfolded.iter().filter_map(|line| line.split_once(':'));
    headers
        .take(MOST_HEADERS)
        .map(|(name, value)| Header {
            name: Words::line(&Untrusted::new(name.trim())),
            value: Words::cut(&Untrusted::new(value.trim()), LONGEST_VALUE),
        })
        .take_while(|header| room.takes(header))
        .collect()
}

/// The source of a mail.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Source {
    /// The mail in EML format.
    eml: Words,
    /// How long it is in all, in bytes.
    bytes: usize,
    /// It is longer than what is given.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    cut: bool,
}

impl Source {
    /// As much of a mail as is shown.
    pub fn of(mail: &str, tokens: usize) -> Self {
        let (eml, is_cut) = cut(mail, LONGEST, tokens);
        Self {
            eml: Words::block(eml),
            bytes: mail.len(),
            cut: is_cut,
        }
    }

    /// How long it is, and then the mail.
    pub fn say(&self, text: &mut Text) {
        text.say("Source, ").say(self.bytes).say(match self.cut {
            true => " bytes, of which this is the beginning:\n",
            false => " bytes:\n",
        });
        text.quote(&self.eml);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_end_at_the_empty_line_and_are_unfolded() {
        let mail = "From: a@b.example\r\nSubject: one\r\n two\r\nnonsense\r\nX-Odd:a:b\r\n\r\nBcc: not@one.example\r\n";
        let found: Vec<_> = headers(mail, Room::default())
            .iter()
            .map(|header| format!("{}|{}", header.name.as_str(), header.value.as_str()))
            .collect();
        assert_eq!(found, ["From|a@b.example", "Subject|one two", "X-Odd|a:b"]);
        assert!(headers("", Room::default()).is_empty());
        assert_eq!(
            headers(&"a: b\n".repeat(500), Room::default()).len(),
            MOST_HEADERS
        );
    }
}
