//! Whether a log is what its writers wrote: every line against its code, all of them against
//! the chain, and the chain against the head that was kept apart.

use std::{
    collections::BTreeMap,
    io::{self, BufRead},
};

use super::{
    event::Event,
    finding::{Finding, Problem},
    head::Head,
    line::{self, Code, Key, Sealed, Unsealed},
    pieces::{self, Piece},
    tail::Residue,
};

/// So many findings are told one by one; a log with more is no log.
const TOLD: usize = 1_000;

/// What a look at the whole log came to.
#[derive(Debug)]
pub struct Verification {
    /// The last record.
    pub head: Head,
    /// How many lines are records.
    pub records: u64,
    /// How often a crash cut a write off, and the next writer said so.
    pub torn: u64,
    /// Bytes at the end of a write that a crash cut off, or that is going on at this moment.
    pub unfinished: Option<u64>,
    /// What is wrong, by line; the first thousand.
    pub findings: Vec<Finding>,
}

impl Verification {
    /// Nothing is wrong. What a crash cut off is not.
    pub fn is_intact(&self) -> bool {
        self.findings.is_empty()
    }
}

/// Reads a log to its end.
///
/// # Errors
/// Those of the reader.
pub fn verify(reader: &mut dyn BufRead, key: &Key, kept: Option<Head>) -> io::Result<Verification> {
    let mut walk = Walk::new(kept);
    while let Some(piece) = pieces::next(reader)? {
        walk.line = walk.line.saturating_add(1);
        match line::open(key, &piece.bytes) {
            Ok(sealed) if sealed.entry.seq <= walk.head.count => walk.late(sealed.entry.seq),
            Ok(sealed) if piece.ended => walk.accept(&sealed),
            // All of it but the newline reached the disk.
            Ok(_) => walk.unfinished = Some(piece.length),
            Err(unsealed) => walk.bad(&piece, unsealed),
        }
    }
    Ok(walk.end(kept))
}

/// Where the reading stands.
struct Walk {
    /// The number of the line that was read last.
    line: u64,
    head: Head,
    records: u64,
    torn: u64,
    unfinished: Option<u64>,
    findings: Vec<Finding>,
    /// Lines since the last record that are none, and whether each has a record's shape.
    bad: Vec<(u64, Unsealed)>,
    residue: Residue,
    /// Where records are missing, by the first of them.
    holes: BTreeMap<u64, Hole>,
    /// Records behind later ones, with their lines.
    late: Vec<(u64, u64)>,
    /// Which record the kept head names, and the code that was found for it.
    named: Option<u64>,
    found: Option<Code>,
    /// Whether any line was written with the key.
    has_own: bool,
    forged: u64,
}

struct Hole {
    last: u64,
    /// The line behind it.
    line: u64,
    /// How many of its records are told of otherwise: edited, or found later.
    told: u64,
}

impl Walk {
    fn new(kept: Option<Head>) -> Self {
        Self {
            line: 0,
            head: Head::EMPTY,
            records: 0,
            torn: 0,
            unfinished: None,
            findings: Vec::new(),
            bad: Vec::new(),
            residue: Residue::default(),
            holes: BTreeMap::new(),
            late: Vec::new(),
            named: kept.map(|kept| kept.count),
            found: None,
            has_own: false,
            forged: 0,
        }
    }

    /// A record further on than the last.
    fn accept(&mut self, sealed: &Sealed) {
        let (seq, record) = (sealed.entry.seq, &sealed.entry.record);
        let expected = self.head.count.saturating_add(1);
        let follows = seq == expected && sealed.prev == self.head.code;
        let is_torn = record.event() == Event::Torn;
        let explained = record.residue() == Some((self.residue.bytes(), &*self.residue.digest()));
        let bad = std::mem::take(&mut self.bad);
        let mut told = 0;
        if is_torn && explained {
            self.torn = self.torn.saturating_add(1);
        } else if is_torn && follows {
            self.find(Problem::OtherTorn);
        } else {
            told = bad.len() as u64;
            self.tell_bad(&bad, seq > expected);
        }
        if seq > expected {
            self.holes.insert(
                expected,
                Hole {
                    last: seq.saturating_sub(1),
                    line: self.line,
                    told,
                },
            );
        } else if !follows {
            self.find(Problem::Unchained { seq });
        }
        if record.event() == Event::Damaged {
            self.find(Problem::Damaged);
        }
        if self.named == Some(seq) {
            self.found = Some(sealed.code);
        }
        self.residue = Residue::default();
        self.records = self.records.saturating_add(1);
        self.has_own = true;
        self.head = Head {
            count: seq,
            code: sealed.code,
        };
    }

    /// A record that is not further on than the last.
    fn late(&mut self, seq: u64) {
        self.has_own = true;
        if self.late.len() < TOLD {
            self.late.push((seq, self.line));
        }
    }

    fn bad(&mut self, piece: &Piece, unsealed: Unsealed) {
        self.residue.add(piece);
        if unsealed == Unsealed::Forged {
            self.forged = self.forged.saturating_add(1);
        }
        if self.bad.len() < TOLD {
            self.bad.push((self.line, unsealed));
        }
    }

    /// Bad lines where records are missing are those records; elsewhere they are more than there
    /// were.
    fn tell_bad(&mut self, bad: &[(u64, Unsealed)], in_hole: bool) {
        for (line, unsealed) in bad {
            let problem = if in_hole || *unsealed == Unsealed::Forged {
                Problem::Edited
            } else {
                Problem::Inserted
            };
            self.find_at(Some(*line), problem);
        }
    }

    fn find(&mut self, problem: Problem) {
        self.find_at(Some(self.line), problem);
    }

    fn find_at(&mut self, line: Option<u64>, problem: Problem) {
        if self.findings.len() < TOLD {
            self.findings.push(Finding { line, problem });
        }
    }

    fn end(mut self, kept: Option<Head>) -> Verification {
        let is_behind = kept.is_some_and(|kept| kept.count > self.head.count);
        let bad = std::mem::take(&mut self.bad);
        if !bad.is_empty() {
            if self.residue.is_torn() && !is_behind {
                self.unfinished = Some(self.residue.bytes());
            } else {
                self.tell_bad(&bad, is_behind);
            }
        }
        self.tell_late();
        self.tell_holes();
        if !self.has_own && self.forged > 1 {
            self.findings = vec![Finding {
                line: Some(1),
                problem: Problem::ForeignKey,
            }];
        }
        match kept {
            Some(kept) if is_behind => self.find_at(
                None,
                Problem::CutTail {
                    found: self.head.count,
                    kept: kept.count,
                },
            ),
            Some(kept) if self.found.is_some_and(|found| found != kept.code) => {
                self.find_at(None, Problem::OtherHead { seq: kept.count });
            }
            // Of the first record alone the head may not have been kept yet.
            None if self.head.count > 1 => self.find_at(None, Problem::NoHead),
            _ => {}
        }
        self.findings
            .sort_by_key(|finding| finding.line.unwrap_or(u64::MAX));
        Verification {
            head: self.head,
            records: self.records,
            torn: self.torn,
            unfinished: self.unfinished,
            findings: self.findings,
        }
    }

    /// What stands too late fills a hole, or was there before.
    fn tell_late(&mut self) {
        for (seq, line) in std::mem::take(&mut self.late) {
            let hole = self.holes.range_mut(..=seq).next_back();
            let problem = match hole.filter(|(_, hole)| seq <= hole.last) {
                Some((_, hole)) => {
                    hole.told = hole.told.saturating_add(1);
                    Problem::Reordered { seq }
                }
                None => Problem::Repeated { seq },
            };
            self.find_at(Some(line), problem);
        }
    }

    fn tell_holes(&mut self) {
        for (first, hole) in std::mem::take(&mut self.holes) {
            let missing = hole.last.saturating_sub(first).saturating_add(1);
            if missing > hole.told {
                self.find_at(
                    Some(hole.line),
                    Problem::Dropped {
                        first,
                        last: hole.last,
                    },
                );
            }
        }
    }
}
