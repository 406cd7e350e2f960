//! Where an approver's files lie: those of the person at this machine in the state folder, those of
//! approvers with names in a folder of their own.

use std::{
    fs::{self, File, OpenOptions},
    io,
    path::Path,
};

use crate::{callers::CallerName, state::StateFolder};

/// The folder of those who have names.
const NAMED: &str = "approvers";
/// The end of a hash's file.
const PIN: &str = ".pin";
/// The end of a count's file.
const ATTEMPTS: &str = ".attempts";
/// How many names that nobody set are counted for: more are made up than anybody has.
const MOST_UNKNOWN: usize = 1_000;

/// One approver's place.
#[derive(Clone, Debug)]
pub(super) struct Place {
    folder: StateFolder,
    name: Option<CallerName>,
}

impl Place {
    /// That of the person at this machine.
    pub(super) fn local(folder: &StateFolder) -> Self {
        Self {
            folder: folder.clone(),
            name: None,
        }
    }

    /// That of an approver with a name.
    pub(super) fn named(folder: &StateFolder, name: &CallerName) -> io::Result<Self> {
        Ok(Self {
            folder: folder.folder(NAMED)?,
            name: Some(name.clone()),
        })
    }

    pub(super) fn folder(&self) -> &StateFolder {
        &self.folder
    }

    pub(super) fn name(&self) -> Option<&CallerName> {
        self.name.as_ref()
    }

    /// The hash's file.
    pub(super) fn pin(&self) -> String {
        format!("{}{PIN}", self.stem())
    }

    /// The count's file.
    pub(super) fn attempts(&self) -> String {
        format!("{}{ATTEMPTS}", self.stem())
    }

    fn stem(&self) -> &str {
        self.name.as_ref().map_or("approver", CallerName::as_str)
    }

    /// The right to try, set or clear; closing the file gives it back. Those who have names share one:
    /// each try takes much memory, and anybody who knows the address may try.
    pub(super) fn lock(&self) -> io::Result<File> {
        let name = match &self.name {
            None => "approver.lock",
            Some(_) => "lock",
        };
        let lock = self.folder.file(name, OpenOptions::new().write(true))?;
        lock.lock()?;
        Ok(lock)
    }

    /// Forgets the oldest counts of names that nobody set, where there are too many. The lock is held.
    pub(super) fn forget_unknown(&self) -> io::Result<()> {
        let mut unknown = Vec::new();
        for entry in fs::read_dir(self.folder.path(""))? {
            let entry = entry?;
            let file = entry.file_name();
            let Some(stem) = file.to_str().and_then(|file| file.strip_suffix(ATTEMPTS)) else {
                continue;
            };
            if !fs::exists(self.folder.path(&format!("{stem}{PIN}")))? {
                unknown.push((entry.metadata()?.modified()?, entry.path()));
            }
        }
        unknown.sort();
        let over = unknown.len().saturating_sub(MOST_UNKNOWN);
        unknown
            .into_iter()
            .take(over)
            .try_for_each(|(_, path)| fs::remove_file(path))
    }
}

/// The names that have a hash, in their order.
pub(super) fn names(folder: &StateFolder) -> io::Result<Vec<CallerName>> {
    let path = folder.path(NAMED);
    let mut names = match fs::read_dir(&path) {
        Ok(entries) => entries
            .filter_map(|entry| entry.map(|entry| name_of(&entry.path())).transpose())
            .collect::<io::Result<Vec<_>>>()?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(error),
    };
    names.sort();
    Ok(names)
}

fn name_of(path: &Path) -> Option<CallerName> {
    let stem = path.file_name()?.to_str()?.strip_suffix(PIN)?;
    CallerName::parse(stem)
}
