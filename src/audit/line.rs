//! One line of the log, and the code that authenticates it.
//!
//! A line is `BODY,"mac":"HEX"}` and a newline, where `HEX` is
//! HMAC-SHA256(key, mac of the line before, `BODY`) and `BODY` names that mac itself. The bytes
//! are authenticated as they stand, before anything parses them, and what follows `BODY` can be
//! written in one way only: no byte of a line can change unnoticed.

use std::fmt;

use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretBox};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use super::record::Record;
use crate::digest::{hex, unhex};

/// Every line begins so.
pub const BEGINNING: &[u8] = b"{\"seq\":";
/// Between a line's body and its code.
const MAC: &[u8] = b",\"mac\":\"";
/// Behind the code, before the newline.
const END: &[u8] = b"\"}";

/// The code of a line.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Code([u8; 32]);

impl Code {
    /// What stands before the first line.
    pub const NONE: Self = Self([0; 32]);

    /// Reads 64 lower-case hex digits.
    pub fn parse(text: &str) -> Option<Self> {
        unhex(text).map(Self)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Code({self})")
    }
}

/// The key of a log. It cannot be printed.
#[derive(Debug)]
pub struct Key(SecretBox<[u8; 32]>);

impl Key {
    /// Takes the bytes of a key.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(SecretBox::new(Box::new(bytes)))
    }

    fn over(&self, prev: &Code, body: &[u8]) -> Hmac<Sha256> {
        // HMAC fills a short key with zeros to a block; a whole block cannot have a wrong length.
        let mut block = [0; 64];
        for (to, from) in block.iter_mut().zip(self.0.expose_secret()) {
            *to = *from;
        }
        let mut mac = Hmac::<Sha256>::new(&block.into());
        mac.update(&prev.0);
        mac.update(body);
        mac
    }
}

/// A record with its place in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number, from 1.
    pub seq: u64,
    /// When it was written: RFC 3339, UTC, with milliseconds.
    pub time: String,
    /// What it says.
    #[serde(flatten)]
    pub record: Record,
    /// The code of the record before it, in hex.
    pub prev: String,
}

/// A line that was written with the key.
#[derive(Debug)]
pub struct Sealed {
    /// What it says.
    pub entry: Entry,
    /// The code of the line that it follows.
    pub prev: Code,
    /// Its own code.
    pub code: Code,
}

/// Why bytes are no line of this log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsealed {
    /// They have not the shape of a line.
    Shapeless,
    /// They have, but their code does not fit them: edited, or written with another key.
    Forged,
}

/// Writes a line, with its newline.
///
/// # Errors
/// When the record cannot be written as JSON.
pub fn seal(
    key: &Key,
    seq: u64,
    at: Timestamp,
    record: Record,
    prev: Code,
) -> Result<(Vec<u8>, Code), serde_json::Error> {
    let entry = Entry {
        seq,
        time: at.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string(),
        record,
        prev: prev.to_string(),
    };
    let mut line = serde_json::to_vec(&entry)?;
    line.pop();
    let code = Code(key.over(&prev, &line).finalize().into_bytes().into());
    line.extend_from_slice(MAC);
    line.extend_from_slice(code.to_string().as_bytes());
    line.extend_from_slice(END);
    line.push(b'\n');
    Ok((line, code))
}

/// Authenticates and reads a line, given without its newline.
pub fn open(key: &Key, line: &[u8]) -> Result<Sealed, Unsealed> {
    let (body, code) = split(line).ok_or(Unsealed::Shapeless)?;
    let prev = claimed_prev(body).ok_or(Unsealed::Shapeless)?;
    // In constant time: how far a guess fits must not show.
    key.over(&prev, body)
        .verify_slice(&code.0)
        .map_err(|_| Unsealed::Forged)?;
    let mut json = body.to_vec();
    json.push(b'}');
    let entry = serde_json::from_slice(&json).map_err(|_| Unsealed::Shapeless)?;
    Ok(Sealed { entry, prev, code })
}

/// A line's body and code.
fn split(line: &[u8]) -> Option<(&[u8], Code)> {
    let rest = line.strip_suffix(END)?;
    let (rest, code) = rest.split_at_checked(rest.len().checked_sub(64)?)?;
    let body = rest.strip_suffix(MAC)?;
    if !body.starts_with(BEGINNING) {
        return None;
    }
    Some((body, Code::parse(std::str::from_utf8(code).ok()?)?))
}

/// The code that a body says it follows: its last field.
fn claimed_prev(body: &[u8]) -> Option<Code> {
    let rest = body.strip_suffix(b"\"")?;
    let (rest, prev) = rest.split_at_checked(rest.len().checked_sub(64)?)?;
    rest.strip_suffix(b",\"prev\":\"")?;
    Code::parse(std::str::from_utf8(prev).ok()?)
}

#[cfg(test)]
mod tests {
    use super::{super::event::Event, *};

    fn key() -> Key {
        Key::new([7; 32])
    }

    fn line() -> Vec<u8> {
        let record = Record::new(Event::Sent).envelope("env_1").status(202);
        let (mut line, _) = seal(&key(), 3, Timestamp::UNIX_EPOCH, record, Code::NONE).unwrap();
        assert_eq!(line.pop(), Some(b'\n'));
        line
    }

    #[test]
    fn a_line_is_what_its_documentation_says() {
        let line = String::from_utf8(line()).unwrap();
        let zeros = "0".repeat(64);
        let body = format!(
            r#"{{"seq":3,"time":"1970-01-01T00:00:00.000Z","event":"sent","envelope":"env_1","status":202,"prev":"{zeros}""#
        );
        let mut mac = Hmac::<Sha256>::new_from_slice(&[7; 32]).unwrap();
        mac.update(&[0; 32]);
        mac.update(body.as_bytes());
        let code = hex(&mac.finalize().into_bytes());
        assert_eq!(line, format!(r#"{body},"mac":"{code}"}}"#));
        assert_eq!(open(&key(), line.as_bytes()).unwrap().entry.seq, 3);
    }

    #[test]
    fn no_byte_of_it_can_be_another() {
        let line = line();
        for at in 0..line.len() {
            for other in 0..=255 {
                let mut edited = line.clone();
                edited[at] = other;
                assert_eq!(open(&key(), &edited).is_ok(), edited == line, "byte {at}");
            }
            assert!(open(&key(), &line[..at]).is_err(), "cut at {at}");
        }
        assert_eq!(
            open(&Key::new([8; 32]), &line).unwrap_err(),
            Unsealed::Forged
        );
    }

    #[test]
    fn a_key_is_not_printed() {
        let printed = format!("{:?}", Key::new([0xab; 32]));
        assert!(
            !printed.contains("171") && !printed.contains("ab"),
            "{printed}"
        );
    }
}
