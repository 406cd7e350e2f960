//! What a crash leaves is understood, kept, and never taken for a change.

use std::{fs, io::Write as _, sync::Arc};

use front_mcp::{
    audit::{Audit, Event, Head, Heads, MemoryHeads, Problem},
    state::StateFolder,
};

use super::{Folder, record};

/// A log of five records whose fifth is not yet known to the head: the crash came before.
fn ahead() -> (Folder, Vec<u8>, usize) {
    let folder = Folder::with(4);
    let head = folder.head();
    let before = folder.bytes().len();
    folder.open().write(record(4)).unwrap();
    folder.set_head(&head);
    let log = folder.bytes();
    (folder, log, before)
}

#[test]
fn a_write_cut_off_anywhere_is_recovered_and_its_bytes_stay() {
    let (folder, log, before) = ahead();
    let head = folder.head();
    let every_seventh = (before..log.len()).step_by(7);
    let last = log.len() - 2..=log.len();
    for end in every_seventh.chain(last) {
        folder.set(&log[..end]);
        folder.set_head(&head);
        let found = folder.verify();
        assert!(found.is_intact(), "{end}: {:?}", found.findings);
        let unfinished = (end > before && end < log.len()).then(|| (end - before) as u64);
        assert_eq!(found.unfinished, unfinished);

        folder.open().write(record(5)).unwrap();
        let found = folder.verify();
        assert!(found.is_intact(), "{end}: {:?}", found.findings);
        assert_eq!(found.unfinished, None);
        assert!(folder.bytes().starts_with(&log[..end]), "{end}");
        // All but the newline is all of the record: then nothing was lost.
        let is_torn = end > before && end < log.len() - 1;
        assert_eq!(found.torn, u64::from(is_torn), "{end}");
        let whole = u64::from(end >= log.len() - 1);
        assert_eq!(found.records, 5 + whole + u64::from(is_torn), "{end}");
    }
}

#[test]
fn recovery_that_is_itself_cut_off_is_recovered() {
    let (folder, log, before) = ahead();
    let torn = &log[..before + 30];
    folder.set(torn);
    let head = folder.head();
    folder.open().write(record(5)).unwrap();
    let recovered = folder.bytes();
    for end in (torn.len()..recovered.len()).step_by(11) {
        folder.set(&recovered[..end]);
        folder.set_head(&head);
        assert!(folder.verify().is_intact(), "{end}");
        folder.open().write(record(6)).unwrap();
        let found = folder.verify();
        assert!(found.is_intact(), "{end}: {:?}", found.findings);
    }
}

#[test]
fn the_bytes_of_a_torn_line_cannot_be_changed_later() {
    let (folder, log, before) = ahead();
    folder.set(&log[..before + 30]);
    folder.open().write(record(5)).unwrap();
    let recovered = folder.bytes();
    for at in before..before + 31 {
        let mut edited = recovered.clone();
        edited[at] ^= 1;
        folder.set(&edited);
        assert!(!folder.verify().is_intact(), "byte {at}");
    }
    let without = [&recovered[..before], &recovered[before + 31..]].concat();
    folder.set(&without);
    assert!(!folder.verify().is_intact(), "all of them gone");
    let line = recovered[..before - 1]
        .iter()
        .rposition(|byte| *byte == b'\n')
        .unwrap()
        + 1;
    let without = [&recovered[..line], &recovered[before..]].concat();
    folder.set(&without);
    assert!(!folder.verify().is_intact(), "the record before them gone");
}

#[test]
fn zeros_of_a_power_failure_are_a_torn_write() {
    let (folder, log, before) = ahead();
    folder.set(&[&log[..before + 9], &[0; 700]].concat());
    assert!(folder.verify().is_intact());
    folder.open().write(record(5)).unwrap();
    let found = folder.verify();
    assert!(found.is_intact(), "{:?}", found.findings);
    assert_eq!(found.torn, 1);
}

#[test]
fn lines_of_others_at_the_end_are_no_torn_write() {
    for others in ["hello", "hello\n", "\n", "{\"seq\":5,\"time\":\"x\"}\n"] {
        let folder = Folder::with(4);
        let log = folder.bytes();
        folder.set(&[&log[..], others.as_bytes()].concat());
        let found = folder.verify();
        assert_eq!(found.findings[0].line, Some(5), "{others:?}");
        folder.open().write(record(5)).unwrap();
        let found = folder.verify();
        let problems: Vec<_> = found.findings.iter().map(|one| &one.problem).collect();
        assert_eq!(problems, [&Problem::Inserted, &Problem::Damaged]);
        let last = folder.open().records().unwrap().pop().unwrap();
        assert_eq!(last.record, record(5));
    }
}

/// Keeps nothing after so many heads.
#[derive(Debug, Default)]
struct Failing(MemoryHeads);

impl Heads for Failing {
    fn head(&self) -> std::io::Result<Option<Head>> {
        self.0.head()
    }

    fn keep(&self, head: &Head) -> std::io::Result<()> {
        match head.count {
            3..=5 => Err(std::io::Error::other("the disk is full")),
            _ => self.0.keep(head),
        }
    }
}

#[test]
fn a_head_that_cannot_be_kept_is_an_error_and_the_log_goes_on() {
    let folder = Folder::new();
    let state = StateFolder::open(folder.path()).unwrap();
    let audit = Audit::open(&state, Arc::new(Failing::default())).unwrap();
    for number in 1..=8 {
        let written = audit.write(record(number));
        assert_eq!(written.is_err(), (3..=5).contains(&number), "{number}");
        if let Err(error) = written {
            assert!(error.to_string().contains("the disk is full"), "{error}");
        }
        assert!(audit.verify().unwrap().is_intact());
    }
    assert_eq!(audit.records().unwrap().len(), 8);
}

#[test]
fn the_end_of_a_long_log_is_found_without_reading_it_all() {
    // Longer than what is read of the end; the first line is broken, which a whole look finds.
    let folder = Folder::with(4);
    let audit = folder.open();
    let ids: Vec<_> = (0..20).map(|id| format!("cnv_{id:0>90}")).collect();
    for _ in 0..160 {
        let record = ids
            .iter()
            .fold(front_mcp::audit::Record::new(Event::Called), |all, id| {
                all.object(id)
            });
        audit.write(record).unwrap();
    }
    let mut log = folder.bytes();
    assert!(log.len() > 300 * 1024, "{}", log.len());
    log[20] ^= 1;
    folder.set(&log);
    assert_eq!(folder.open().write(record(1)).unwrap().count, 165);
    let found = folder.verify();
    assert_eq!(found.findings.len(), 1, "{:?}", found.findings);
    assert_eq!(found.findings[0].line, Some(1));

    // Behind more foreign bytes than that, the last record is still found.
    let mut file = fs::OpenOptions::new()
        .append(true)
        .open(folder.log())
        .unwrap();
    file.write_all(&vec![b'x'; 400 * 1024]).unwrap();
    assert_eq!(folder.open().write(record(2)).unwrap().count, 167);
}
