//! What can be wrong with a log, in words.

use std::fmt;

/// Something that no writer does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The line of the file, from 1; none when it is about the end.
    pub line: Option<u64>,
    /// What is wrong there.
    pub problem: Problem,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// A record's line was changed: its code does not fit it.
    Edited,
    /// A line that no writer of this log wrote.
    Inserted,
    /// No line was written with the key of this folder.
    ForeignKey,
    /// Records are missing before this line.
    Dropped {
        /// The first of them.
        first: u64,
        /// The last of them.
        last: u64,
    },
    /// A record stands behind one that was written after it.
    Reordered {
        /// The record's number.
        seq: u64,
    },
    /// A record that already stood before.
    Repeated {
        /// The record's number.
        seq: u64,
    },
    /// A record that follows another record than the one before it.
    Unchained {
        /// The record's number.
        seq: u64,
    },
    /// The bytes that a crash left before this record are not those that it names.
    OtherTorn,
    /// A writer found, when it came to write this record, that the log was damaged before it.
    Damaged,
    /// The log ends before its head: what was behind is cut off.
    CutTail {
        /// How far the log goes.
        found: u64,
        /// How far it must go at least.
        kept: u64,
    },
    /// The record that the head names is another one.
    OtherHead {
        /// The record's number.
        seq: u64,
    },
    /// Nobody kept a head: a tail that was cut off would not show.
    NoHead,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        match &self.problem {
            Problem::Edited => f.write_str("edited: the line's code does not fit what it says"),
            Problem::Inserted => f.write_str("inserted: no writer of this log wrote this line"),
            Problem::ForeignKey => f.write_str(
                "foreign key: no line was written with the key in audit.key; the log or the key was replaced",
            ),
            Problem::Dropped { first, last } if first == last => {
                write!(f, "dropped: record {first} is missing before this line")
            }
            Problem::Dropped { first, last } => {
                write!(f, "dropped: records {first} to {last} are missing before this line")
            }
            Problem::Reordered { seq } => {
                write!(f, "reordered: record {seq} stands behind a later one")
            }
            Problem::Repeated { seq } => {
                write!(f, "inserted: record {seq} already stands before this line")
            }
            Problem::Unchained { seq } => write!(
                f,
                "not chained: record {seq} was written behind another line than the one before it",
            ),
            Problem::OtherTorn => f.write_str(
                "edited: the bytes of a torn write before this line are not those that it names",
            ),
            Problem::Damaged => f.write_str(
                "damaged: when this record was written, the log before it was not what it must have been",
            ),
            Problem::CutTail { found, kept } => write!(
                f,
                "cut tail: the log ends with record {found}, and its head says that {kept} were written",
            ),
            Problem::OtherHead { seq } => {
                write!(f, "replaced: record {seq} is not the one that the head names")
            }
            Problem::NoHead => f.write_str("no head is kept: a tail cut off would not show"),
        }
    }
}
