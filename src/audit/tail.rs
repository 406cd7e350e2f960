//! The end of a log as its next writer finds it: the last record, and what stands behind it.

use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

use sha2::{Digest as _, Sha256};

use super::{
    head::Head,
    line::{self, BEGINNING, Key},
    pieces::{self, LONGEST, Piece},
};
use crate::digest::hex;

/// How much of a log is read to find its last record: many records.
const WINDOW: u64 = 256 * 1024;

/// Where a log ends.
#[derive(Debug)]
pub struct Tail {
    /// The last record.
    pub head: Head,
    /// What stands behind it.
    pub residue: Residue,
    /// Whether the log ends in a newline, or is empty.
    pub ended: bool,
}

impl Tail {
    /// Reads on from a record's end.
    ///
    /// # Errors
    /// Those of the reader.
    pub fn after<R: Read + Seek>(
        log: &mut R,
        offset: u64,
        head: Head,
        key: &Key,
    ) -> io::Result<Self> {
        log.seek(SeekFrom::Start(offset))?;
        scan(&mut BufReader::new(log), head, key)
    }

    /// Finds the end of a log of so many bytes without reading all of it.
    ///
    /// # Errors
    /// Those of the reader.
    pub fn of<R: Read + Seek>(log: &mut R, length: u64, key: &Key) -> io::Result<Self> {
        if let Some(start) = length.checked_sub(WINDOW) {
            log.seek(SeekFrom::Start(start))?;
            let mut reader = BufReader::new(&mut *log);
            // The rest of a line that began before.
            pieces::next(&mut reader)?;
            let tail = scan(&mut reader, Head::EMPTY, key)?;
            if tail.head != Head::EMPTY {
                return Ok(tail);
            }
        }
        Self::after(log, 0, Head::EMPTY, key)
    }
}

fn scan(reader: &mut impl BufRead, head: Head, key: &Key) -> io::Result<Tail> {
    let mut tail = Tail {
        head,
        residue: Residue::default(),
        ended: true,
    };
    while let Some(piece) = pieces::next(reader)? {
        tail.ended = piece.ended;
        match line::open(key, &piece.bytes) {
            // A copy of an earlier record is no record.
            Ok(sealed) if sealed.entry.seq > tail.head.count => {
                tail.head = Head {
                    count: sealed.entry.seq,
                    code: sealed.code,
                };
                tail.residue = Residue::default();
            }
            _ => tail.residue.add(&piece),
        }
    }
    Ok(tail)
}

/// Lines that are no records: those of writes that a crash cut off, or somebody else's.
#[derive(Debug)]
pub struct Residue {
    bytes: u64,
    digest: Sha256,
    is_empty: bool,
    is_torn: bool,
}

impl Default for Residue {
    fn default() -> Self {
        Self {
            bytes: 0,
            digest: Sha256::new(),
            is_empty: true,
            is_torn: true,
        }
    }
}

impl Residue {
    /// Adds a line.
    pub fn add(&mut self, piece: &Piece) {
        if !self.is_empty {
            self.bytes = self.bytes.saturating_add(1);
            self.digest.update(b"\n");
        }
        self.is_empty = false;
        let content = piece.length.saturating_sub(u64::from(piece.ended));
        self.bytes = self.bytes.saturating_add(content);
        self.digest.update(&piece.bytes);
        self.is_torn &= is_torn(&piece.bytes);
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.is_empty
    }

    /// Whether every line can be the beginning of a record that a crash cut off.
    pub fn is_torn(&self) -> bool {
        self.is_torn
    }

    /// How many bytes, without the newline at the end that the next writer may have had to add.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Their SHA-256, in hex.
    pub fn digest(&self) -> String {
        hex(&self.digest.clone().finalize())
    }
}

/// The beginning of a line, but not all of it. Where the power failed, zeros may stand for the
/// part that did not reach the disk.
fn is_torn(bytes: &[u8]) -> bool {
    let zeros = bytes.iter().rev().take_while(|byte| **byte == 0).count();
    let written = bytes
        .get(..bytes.len().saturating_sub(zeros))
        .unwrap_or_default();
    let begins = written.starts_with(BEGINNING) || BEGINNING.starts_with(written);
    !bytes.is_empty() && bytes.len() <= LONGEST && begins && !written.ends_with(b"\"}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_torn_line_is_a_beginning_and_nothing_else() {
        for torn in ["{", "{\"seq\":", "{\"seq\":12,\"time", "{\"se\0\0", "\0\0"] {
            assert!(is_torn(torn.as_bytes()), "{torn:?}");
        }
        for other in ["", "hello", "{\"seq\":1}\"}", "{\"mac", "\0{", " {\"seq\":"] {
            assert!(!is_torn(other.as_bytes()), "{other:?}");
        }
        assert!(!is_torn(&[BEGINNING, &[b' '; LONGEST][..]].concat()));
    }
}
