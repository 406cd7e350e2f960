//! Whatever is done to the file, `verify` finds it and says what and where.

use front_mcp::audit::{Heads as _, Problem, Verification};

use super::{Folder, record};
use crate::support::random::Random;

/// How many changes are tried.
const CHANGES: usize = 1_000;
/// Replays a run: the seed is printed by a test that fails.
const SEED: &str = "FRONT_MCP_TEST_SEED";

fn lines(bytes: &[u8]) -> Vec<Vec<u8>> {
    bytes
        .split_inclusive(|byte| *byte == b'\n')
        .map(<[u8]>::to_vec)
        .collect()
}

/// The line that the first finding names, and what it says.
fn first(verification: &Verification) -> (Option<u64>, &Problem) {
    let finding = &verification.findings[0];
    (finding.line, &finding.problem)
}

/// A change to the bytes of a log, and what it was.
fn change(random: &mut Random, log: &[u8]) -> (String, Vec<u8>) {
    let mut all = lines(log);
    let (line, at) = (random.below(all.len()), random.below(log.len()));
    let mut bytes = log.to_vec();
    let what = match random.below(10) {
        0 | 1 => {
            bytes[at] ^= 1 << random.below(8);
            format!("flip a bit of byte {at}")
        }
        2 => {
            bytes[at] = random.below(256) as u8;
            format!("set byte {at} to {}", bytes[at])
        }
        3 => {
            let end = (at + 1 + random.below(300)).min(log.len());
            bytes.drain(at..end);
            format!("take out bytes {at}..{end}")
        }
        4 => {
            let byte = random.below(256) as u8;
            bytes.insert(at, byte);
            format!("put {byte} before byte {at}")
        }
        5 => {
            bytes.truncate(at);
            format!("cut at byte {at}")
        }
        6 => {
            let end = (line + 1 + random.below(3)).min(all.len());
            all.drain(line..end);
            bytes = all.concat();
            format!("drop lines {line}..{end}")
        }
        7 => {
            let to = random.below(all.len() + 1);
            let copy = all[line].clone();
            all.insert(to, copy);
            bytes = all.concat();
            format!("copy line {line} to {to}")
        }
        8 => {
            let other = random.below(all.len());
            all.swap(line, other);
            bytes = all.concat();
            format!("swap lines {line} and {other}")
        }
        _ => {
            // The chain's own fields: the last 145 bytes of a line hold `prev` and `mac`.
            let end: usize = all[..=line].iter().map(Vec::len).sum();
            let at = end - 2 - random.below(145);
            bytes[at] = b"0123456789abcdef"[random.below(16)];
            format!("set byte {at} of the chain in line {line}")
        }
    };
    (what, bytes)
}

#[test]
fn every_one_of_a_thousand_changes_is_found() {
    let seed = std::env::var(SEED).map_or(20_261_121, |seed| seed.parse().unwrap());
    println!("{SEED}={seed}");
    let folder = Folder::with(40);
    let log = folder.bytes();
    let mut random = Random::new(seed, "audit");
    let mut tried = 0;
    while tried < CHANGES {
        let (what, bytes) = change(&mut random, &log);
        if bytes == log {
            continue;
        }
        folder.set(&bytes);
        let verification = folder.verify();
        assert!(!verification.is_intact(), "change {tried}: {what}");
        tried += 1;
    }
    folder.set(&log);
    assert!(folder.verify().is_intact());
}

#[test]
fn changes_are_found_even_after_others_have_written_on() {
    let seed = std::env::var(SEED).map_or(7, |seed| seed.parse().unwrap());
    println!("{SEED}={seed}");
    let mut random = Random::new(seed, "audit, written on");
    for number in 0..60 {
        let folder = Folder::with(12);
        // Half of the writers have known the log before it was changed.
        let writer = folder.open();
        if random.percent(50) {
            writer.write(record(12)).unwrap();
        }
        let log = folder.bytes();
        let (what, bytes) = change(&mut random, &log);
        // The next writer puts a missing newline back: then nothing is changed.
        if bytes == log || [&bytes[..], b"\n"].concat() == log {
            continue;
        }
        folder.set(&bytes);
        writer.write(record(20)).unwrap();
        folder.open().write(record(21)).unwrap();
        let verification = folder.verify();
        assert!(!verification.is_intact(), "change {number}: {what}");
    }
}

#[test]
fn every_cut_below_the_head_is_found() {
    let folder = Folder::with(8);
    let log = folder.bytes();
    for length in 0..log.len() {
        folder.set(&log[..length]);
        let verification = folder.verify();
        let cut = verification.findings.iter().any(|finding| {
            let found = log[..length].iter().filter(|byte| **byte == b'\n').count() as u64;
            finding.problem == Problem::CutTail { found, kept: 8 }
        });
        assert!(cut, "cut at {length}: {:?}", verification.findings);
    }
    std::fs::remove_file(folder.log()).unwrap();
    let kept = Problem::CutTail { found: 0, kept: 8 };
    assert_eq!(first(&folder.verify()), (None, &kept));
}

#[test]
fn what_was_done_is_told_by_line() {
    let folder = Folder::with(9);
    let log = folder.bytes();
    let whole = lines(&log);
    let after = |edit: &dyn Fn(&mut Vec<Vec<u8>>)| {
        let mut all = whole.clone();
        edit(&mut all);
        folder.set(&all.concat());
        let findings = folder.verify().findings;
        assert_eq!(findings.len(), 1, "{findings:?}");
        (findings[0].line, findings[0].problem.clone())
    };
    let edited = after(&|all| all[4][60] ^= 1);
    assert_eq!(edited, (Some(5), Problem::Edited));
    let dropped = after(&|all| drop(all.drain(2..4)));
    assert_eq!(dropped, (Some(3), Problem::Dropped { first: 3, last: 4 }));
    let reordered = after(&|all| all.swap(5, 6));
    assert_eq!(reordered, (Some(7), Problem::Reordered { seq: 6 }));
    let repeated = after(&|all| all.insert(7, all[0].clone()));
    assert_eq!(repeated, (Some(8), Problem::Repeated { seq: 1 }));
    let inserted = after(&|all| all.insert(1, b"hello\n".to_vec()));
    assert_eq!(inserted, (Some(2), Problem::Inserted));
    let cut = after(&|all| all.truncate(6));
    assert_eq!(cut, (None, Problem::CutTail { found: 6, kept: 9 }));

    folder.set(&log);
    let heads = folder.heads();
    let kept = heads.head().unwrap().unwrap();
    heads
        .keep(&front_mcp::audit::Head { count: 5, ..kept })
        .unwrap();
    assert_eq!(
        first(&folder.verify()),
        (None, &Problem::OtherHead { seq: 5 })
    );
    drop(heads);
    folder.forget_head();
    assert_eq!(first(&folder.verify()), (None, &Problem::NoHead));
}

#[test]
fn a_log_of_another_folder_is_found() {
    let (folder, other) = (Folder::with(5), Folder::with(5));
    folder.set(&other.bytes());
    assert_eq!(
        folder.verify().findings[0].problem,
        Problem::ForeignKey,
        "the log was replaced"
    );
    std::fs::copy(
        other.path().join("audit.key"),
        folder.path().join("audit.key"),
    )
    .unwrap();
    assert_eq!(
        first(&folder.verify()),
        (None, &Problem::OtherHead { seq: 5 })
    );
}

#[test]
fn a_cut_is_not_healed_by_the_records_that_follow() {
    let folder = Folder::with(10);
    let known = folder.open();
    known.write(record(10)).unwrap();
    let log = folder.bytes();
    folder.set(&lines(&log)[..7].concat());
    // One that knows the log from before, and one that does not.
    known.write(record(11)).unwrap();
    folder.open().write(record(12)).unwrap();
    let verification = folder.verify();
    let problems: Vec<_> = verification
        .findings
        .iter()
        .map(|finding| (finding.line, &finding.problem))
        .collect();
    assert_eq!(
        problems,
        [
            (Some(8), &Problem::Damaged),
            (Some(8), &Problem::Dropped { first: 8, last: 11 })
        ]
    );
    assert_eq!(verification.head.count, 14);
}

#[test]
fn a_cut_is_not_hidden_by_taking_the_head_away() {
    let folder = Folder::with(10);
    folder.set(&lines(&folder.bytes())[..7].concat());
    folder.forget_head();
    folder.open().write(record(10)).unwrap();
    assert_eq!(first(&folder.verify()), (Some(8), &Problem::Damaged));
}
