//! Several processes with several threads write one log: nothing is lost, and it verifies.

use std::{
    collections::BTreeSet,
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

/// What a process of the test below does; by itself it does nothing.
#[test]
fn one_of_the_processes() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    let process = std::env::var(NUMBER).unwrap();
    let audit = open(Path::new(&folder));
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

#[test]
fn nothing_is_lost_between_processes_and_threads() {
    let folder = Folder::new();
    let children: Vec<_> = (0..PROCESSES)
        .map(|number| {
            Command::new(std::env::current_exe().unwrap())
                .args(["audit::writers::one_of_the_processes", "--exact"])
                .env(FOLDER, folder.path())
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
