//! Several processes with several threads write one log: nothing is lost, and it verifies.

use std::{
    collections::BTreeSet,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Command, Stdio},
};

use front_mcp::audit::{Event, Record};

use super::{Folder, open};

const PROCESSES: usize = 4;
const THREADS: usize = 4;
const RECORDS: usize = 25;

/// The folder of the log, for a process that this test starts.
const FOLDER: &str = "AUDIT_WRITERS_FOLDER";
const NUMBER: &str = "AUDIT_WRITERS_NUMBER";

/// Set for a process that is to write until it is killed.
const ENDLESS: &str = "AUDIT_WRITERS_ENDLESS";

/// What a process of the tests below does; by itself it does nothing.
#[test]
fn one_of_the_processes() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    let process = std::env::var(NUMBER).unwrap();
    let audit = open(Path::new(&folder));
    if std::env::var_os(ENDLESS).is_some() {
        loop {
            let head = audit.write(super::record(0)).unwrap();
            println!("wrote {}", head.count);
        }
    }
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let (audit, process) = (&audit, &process);
            scope.spawn(move || {
                for number in 0..RECORDS {
                    let id = format!("{process}.{thread}.{number}");
                    audit.write(Record::new(Event::Called).object(&id)).unwrap();
                }
            });
        }
    });
}

/// A process that writes to this folder's log.
fn process(folder: &Folder) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args([
            "audit::writers::one_of_the_processes",
            "--exact",
            "--nocapture",
        ])
        .env(FOLDER, folder.path());
    command
}

#[test]
fn what_a_killed_process_had_written_is_there() {
    let folder = Folder::new();
    for kills in 1..=10 {
        let mut child = process(&folder)
            .env(NUMBER, "0")
            .env(ENDLESS, "1")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut wrote = || -> Option<u64> {
            let line = said.find_map(|line| Some(line.ok()?.strip_prefix("wrote ")?.to_owned()))?;
            line.parse().ok()
        };
        let mut last = 0;
        for _ in 0..kills {
            last = wrote().unwrap();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        last = std::iter::from_fn(wrote).last().unwrap_or(last);
        let verification = folder.verify();
        assert!(verification.is_intact(), "{:?}", verification.findings);
        assert!(verification.head.count >= last);
    }
}

#[test]
fn nothing_is_lost_between_processes_and_threads() {
    let folder = Folder::new();
    let children: Vec<_> = (0..PROCESSES)
        .map(|number| {
            process(&folder)
                .env(NUMBER, number.to_string())
                .stdout(Stdio::null())
                .spawn()
                .unwrap()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let verification = folder.verify();
    assert!(verification.is_intact(), "{:?}", verification.findings);
    let total = PROCESSES * THREADS * RECORDS;
    assert_eq!(verification.head.count, total as u64);
    let objects: Vec<_> = folder
        .open()
        .records()
        .unwrap()
        .iter()
        .map(|entry| serde_json::to_value(entry).unwrap()["objects"][0].to_string())
        .collect();
    let different: BTreeSet<_> = objects.iter().collect();
    assert_eq!((objects.len(), different.len()), (total, total));
    // What one thread wrote stands in its order.
    for process in 0..PROCESSES {
        for thread in 0..THREADS {
            let begin = format!("\"{process}.{thread}.");
            let own: Vec<_> = objects.iter().filter(|id| id.starts_with(&begin)).collect();
            let expected: Vec<_> = (0..RECORDS).map(|n| format!("{begin}{n}\"")).collect();
            assert_eq!(own, expected.iter().collect::<Vec<_>>());
        }
    }
}
