//! The audit log: nothing in it can be changed unnoticed, nothing is lost between writers.

mod command;
mod crashes;
mod tampering;
mod writers;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use front_mcp::{
    audit::{Audit, Decision, Event, Head, Heads as _, LOG, Record, Verification},
    gate::store::SqliteStore,
    state::StateFolder,
};

/// A state folder that ends with the test.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// One with a log of so many records.
    fn with(records: usize) -> Self {
        let folder = Self::new();
        let audit = folder.open();
        for number in 0..records {
            audit.write(record(number)).unwrap();
        }
        folder
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn log(&self) -> PathBuf {
        self.path().join(LOG)
    }

    fn bytes(&self) -> Vec<u8> {
        fs::read(self.log()).unwrap()
    }

    fn set(&self, bytes: &[u8]) {
        fs::write(self.log(), bytes).unwrap();
    }

    fn heads(&self) -> SqliteStore {
        SqliteStore::open(&StateFolder::open(self.path()).unwrap()).unwrap()
    }

    /// The head that is kept.
    fn head(&self) -> Head {
        self.heads().head().unwrap().unwrap()
    }

    fn set_head(&self, head: &Head) {
        self.heads().keep(head).unwrap();
    }

    /// Takes the store away that keeps the head.
    fn forget_head(&self) {
        for name in ["envelopes.db", "envelopes.db-wal", "envelopes.db-shm"] {
            // SQLite takes its side files away with its last connection.
            let _ = fs::remove_file(self.path().join(name));
        }
    }

    fn open(&self) -> Audit {
        open(self.path())
    }

    fn verify(&self) -> Verification {
        self.open().verify().unwrap()
    }
}

fn open(path: &Path) -> Audit {
    let folder = StateFolder::open(path).unwrap();
    let heads = Arc::new(SqliteStore::open(&folder).unwrap());
    Audit::open(&folder, heads).unwrap()
}

/// Records of different shapes and lengths.
fn record(number: usize) -> Record {
    let id = format!("cnv_{number:x}");
    match number % 3 {
        0 => Record::new(Event::Called)
            .caller("local/tests")
            .client("a client")
            .tool("list-tags"),
        1 => Record::new(Event::Sealed)
            .envelope(&format!("env_{number:032x}"))
            .object(&id)
            .digest(&"ab".repeat(32)),
        _ => Record::new(Event::Refused)
            .operation("delete-draft")
            .object(&id)
            .decision(Decision::Denied, "guarded"),
    }
}

#[test]
fn a_log_in_memory_is_the_same_log() {
    let memory = Audit::memory();
    assert!(memory.verify().unwrap().is_intact());
    for number in 0..5 {
        let head = memory.write(record(number)).unwrap();
        assert_eq!(memory.head().unwrap(), Some(head));
    }
    let folder = Folder::with(5);
    let said = |audit: &Audit| -> Vec<_> {
        let records = audit.records().unwrap().into_iter();
        records.map(|entry| (entry.seq, entry.record)).collect()
    };
    assert_eq!(said(&memory), said(&folder.open()));
    assert_eq!(memory.lines().unwrap().len(), 5);
    for verification in [memory.verify().unwrap(), folder.verify()] {
        assert!(verification.is_intact(), "{:?}", verification.findings);
        assert_eq!((verification.records, verification.head.count), (5, 5));
    }
}

#[test]
fn a_log_is_printed_without_its_key() {
    let folder = Folder::with(1);
    let key = fs::read(folder.path().join(front_mcp::audit::KEY)).unwrap();
    let printed = format!("{:?}", folder.open());
    assert!(printed.contains("REDACTED"), "{printed}");
    assert!(
        !printed.contains(&format!("{:?}", &key[..4])[1..8]),
        "{printed}"
    );
}

#[cfg(unix)]
#[test]
fn its_files_are_the_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::with(1);
    for file in fs::read_dir(folder.path()).unwrap() {
        let file = file.unwrap();
        let mode = file.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", file.path().display());
    }
}
