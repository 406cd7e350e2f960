//! The state folder, as it lies there: looked at before anybody opens it, which would repair its
//! mode.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use tokio::time::{Instant, timeout_at};

use self::modes::modes;
use crate::{
    app::STATE_KEY,
    approver::Approver,
    audit::{Audit, KEY, LOG},
    digest::hex,
    gate::store::SqliteStore,
    random,
    state::StateFolder,
};

mod modes;

pub use self::modes::Open;

/// The database of envelopes.
const DATABASE: &str = "envelopes.db";

/// Larger logs are not read to their end here.
const LARGEST_LOG: u64 = 4 * 1024 * 1024;

/// What the probe file holds: more than a file system keeps beside a name.
const PROBE: [u8; 16 * 1024] = [0; 16 * 1024];

/// A disk that takes longer is told of.
const LONGEST: Duration = Duration::from_secs(5);

/// The state folder.
#[derive(Debug)]
pub enum Store {
    /// Nothing is kept.
    Memory,
    /// It is not there yet.
    Missing(PathBuf),
    /// It is not there, and could not be made: who may not write.
    Unmakeable(PathBuf, PathBuf),
    /// It cannot be looked into; why.
    Unreadable(PathBuf, String),
    /// It is there.
    There(Box<Found>),
}

/// A state folder that is there.
#[derive(Debug)]
pub struct Found {
    /// Where.
    pub path: PathBuf,
    /// What others may look into.
    pub open_to_others: Vec<Open>,
    /// What is in it; none where it was not opened, because that would have changed it.
    pub inside: Option<Inside>,
}

/// A state folder that was opened.
#[derive(Debug)]
pub struct Inside {
    folder: StateFolder,
    /// Whether a file could be written and removed.
    pub writes: Result<(), String>,
    /// Files of keys that are none: no server starts with them.
    pub broken_keys: Vec<PathBuf>,
    /// Whether the database, if there is one, is one of ours.
    pub database: Option<Result<(), String>>,
    /// Whether the approver has a PIN.
    pub has_pin: Result<bool, String>,
    /// The audit log, if there is one.
    pub log: Option<Log>,
}

/// The audit log.
#[derive(Debug)]
pub enum Log {
    /// It is what was written: so many records.
    Intact(u64),
    /// It is not; the first thing that is wrong.
    Damaged(String),
    /// It is too large to read here.
    Large,
    /// There is no key to read it with.
    WithoutKey,
    /// It cannot be read.
    Unreadable(String),
}

impl Store {
    /// The folder, if it was opened.
    pub fn folder(&self) -> Option<&StateFolder> {
        self.inside().map(|inside| &inside.folder)
    }

    /// Whether there is a folder that was not opened.
    pub fn is_closed(&self) -> bool {
        matches!(self, Self::There(_) | Self::Unreadable(..)) && self.inside().is_none()
    }

    /// What is in the folder, if it was opened.
    pub fn inside(&self) -> Option<&Inside> {
        match self {
            Self::There(found) => found.inside.as_ref(),
            _ => None,
        }
    }
}

/// Looks at the folder, and into it where that changes nothing.
pub async fn look(path: Option<PathBuf>, until: Instant) -> Store {
    let Some(path) = path else {
        return Store::Memory;
    };
    let until = until.min(Instant::now() + LONGEST);
    let at = path.clone();
    let looking = tokio::task::spawn_blocking(move || look_at(&at));
    match timeout_at(until, looking).await {
        Ok(Ok(store)) => store,
        Ok(Err(_)) => Store::Unreadable(path, "it was interrupted".to_owned()),
        Err(_) => Store::Unreadable(path, "it takes too long".to_owned()),
    }
}

fn look_at(path: &Path) -> Store {
    match fs::metadata(path) {
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return missing(path);
        }
        Err(error) => return Store::Unreadable(path.to_owned(), error.to_string()),
    }
    let open_to_others = match modes(path) {
        Ok(open) => open,
        Err(error) => return Store::Unreadable(path.to_owned(), error.to_string()),
    };
    let would_repair = open_to_others.iter().any(|one| one.is_folder);
    let inside = match would_repair {
        true => None,
        false => match StateFolder::open(path) {
            Ok(folder) => Some(inside(folder)),
            Err(error) => return Store::Unreadable(path.to_owned(), error.to_string()),
        },
    };
    Store::There(Box::new(Found {
        path: path.to_owned(),
        open_to_others,
        inside,
    }))
}

/// Whether a folder that is not there could be made.
fn missing(path: &Path) -> Store {
    let above = path.ancestors().skip(1).find(|above| above.exists());
    match above {
        Some(above) if !may_write(above) => Store::Unmakeable(path.to_owned(), above.to_owned()),
        _ => Store::Missing(path.to_owned()),
    }
}

#[cfg(unix)]
fn may_write(folder: &Path) -> bool {
    use rustix::fs::{Access, access};
    folder.is_dir() && access(folder, Access::WRITE_OK | Access::EXEC_OK).is_ok()
}

/// Windows tells only whoever tries.
#[cfg(not(unix))]
fn may_write(folder: &Path) -> bool {
    folder.is_dir()
}

/// Keys that are not what a key is.
fn broken_keys(folder: &StateFolder) -> Vec<PathBuf> {
    [STATE_KEY, KEY]
        .into_iter()
        .map(|name| folder.path(name))
        .filter(|path| path.exists() && StateFolder::key_at(path).is_err())
        .collect()
}

/// The folder, and the one with the accounts, where there is one.
fn writes(folder: &StateFolder) -> io::Result<()> {
    write(folder)?;
    match folder.path("accounts").is_dir() {
        true => write(&folder.folder("accounts")?),
        false => Ok(()),
    }
}

fn inside(folder: StateFolder) -> Inside {
    let has_database = folder.path(DATABASE).exists();
    Inside {
        writes: writes(&folder).map_err(|error| error.to_string()),
        broken_keys: broken_keys(&folder),
        database: has_database.then(|| opened(&folder)),
        has_pin: Approver::open(&folder)
            .is_set()
            .map_err(|error| error.to_string()),
        log: log(&folder),
        folder,
    }
}

/// Writes a file as large as a small record is, and takes it away again.
fn write(folder: &StateFolder) -> io::Result<()> {
    use std::io::Write as _;
    let name = format!(".doctor.{}", hex(&random::bytes::<8>()?));
    let written = folder
        .file(&name, fs::OpenOptions::new().write(true))
        .and_then(|mut file| {
            file.write_all(&PROBE)?;
            file.sync_all()
        });
    match fs::remove_file(folder.path(&name)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => written.and(Err(error)),
        _ => written,
    }
}

fn opened(folder: &StateFolder) -> Result<(), String> {
    SqliteStore::open(folder)
        .map(drop)
        .map_err(|error| error.to_string())
}

fn log(folder: &StateFolder) -> Option<Log> {
    let length = match fs::metadata(folder.path(LOG)) {
        Ok(log) => log.len(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(error) => return Some(Log::Unreadable(error.to_string())),
    };
    // Opening it without would make another key.
    if !folder.path(KEY).exists() || !folder.path(DATABASE).exists() {
        return Some(Log::WithoutKey);
    }
    if length > LARGEST_LOG {
        return Some(Log::Large);
    }
    Some(verify(folder).unwrap_or_else(Log::Unreadable))
}

fn verify(folder: &StateFolder) -> Result<Log, String> {
    let heads = SqliteStore::open(folder).map_err(|error| error.to_string())?;
    let audit =
        Audit::open(folder, std::sync::Arc::new(heads)).map_err(|error| error.to_string())?;
    let found = audit.verify().map_err(|error| error.to_string())?;
    Ok(match found.findings.first() {
        None => Log::Intact(found.records),
        Some(first) => Log::Damaged(first.to_string()),
    })
}
