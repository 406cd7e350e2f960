//! Accounts as private files in the state folder: `accounts/<name>.json`, each beside its lock.

use std::{
    fs,
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use futures_util::future::{BoxFuture, FutureExt as _};

use super::{super::keep, Account, AccountName, Held, Stamp, Vault};
use crate::state::StateFolder;

/// No account is larger.
const LARGEST: u64 = 256 * 1024;

/// A vault in a state folder.
#[derive(Debug)]
pub struct FileVault(StateFolder);

impl FileVault {
    /// The vault of this state folder.
    ///
    /// # Errors
    /// When its folder cannot be made.
    pub fn open(state: &StateFolder) -> io::Result<Self> {
        Ok(Self(state.folder("accounts")?))
    }

    /// Where an account of this name lies.
    pub fn path(&self, name: &AccountName) -> PathBuf {
        self.0.path(&file(name))
    }
}

impl FileVault {
    /// What a process left behind that was ended between writing and naming: a whole account that is
    /// newer than the one that is named is taken up, and everything else is removed. Whoever holds
    /// the lock may do this: nobody writes meanwhile.
    fn take_up(&self, name: &AccountName) -> io::Result<()> {
        let left: Vec<_> = fs::read_dir(self.0.path(""))?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| StateFolder::is_beside(path, &file(name)))
            .collect();
        for path in left {
            let known = self.load(name).ok().flatten();
            let is_newer = |found: &Account| {
                known
                    .as_ref()
                    .is_none_or(|known| (found.since, found.expires) > (known.since, known.expires))
            };
            match read(&path) {
                Ok(found) if is_newer(&found) => fs::rename(&path, self.path(name))?,
                _ => fs::remove_file(&path)?,
            }
        }
        Ok(())
    }
}

fn read(path: &Path) -> io::Result<Account> {
    let wrong = |what| {
        let words = format!("{} is {what}", path.display());
        io::Error::new(io::ErrorKind::InvalidData, words)
    };
    // Opening what is no file may never end.
    if !fs::metadata(path)?.is_file() {
        return Err(wrong("no file"));
    }
    let mut bytes = Vec::new();
    let file = fs::File::open(path)?;
    file.take(LARGEST).read_to_end(&mut bytes)?;
    keep::read(&bytes).ok_or_else(|| wrong("no account of this version of front-mcp"))
}

fn file(name: &AccountName) -> String {
    format!("{name}.json")
}

impl Vault for FileVault {
    fn load(&self, name: &AccountName) -> io::Result<Option<Account>> {
        match read(&self.path(name)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            account => account.map(Some),
        }
    }

    fn save(&self, name: &AccountName, account: &Account) -> io::Result<()> {
        self.0.replace(&file(name), &keep::write(account)?)
    }

    fn delete(&self, name: &AccountName) -> io::Result<bool> {
        match fs::remove_file(self.path(name)) {
            Ok(()) => self.0.sync().map(|()| true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn stamp(&self, name: &AccountName) -> Option<Stamp> {
        Stamp::of(&self.path(name))
    }

    fn names(&self) -> io::Result<Vec<AccountName>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(self.0.path(""))? {
            let file = entry?.file_name();
            let name = file.to_str().and_then(|file| file.strip_suffix(".json"));
            names.extend(name.and_then(|name| name.parse().ok()));
        }
        names.sort();
        Ok(names)
    }

    fn lock<'vault>(
        &'vault self,
        name: &'vault AccountName,
    ) -> BoxFuture<'vault, io::Result<Held>> {
        async move {
            let held = Held::take(&self.0, &format!("{name}.lock")).await?;
            self.take_up(name)?;
            Ok(held)
        }
        .boxed()
    }

    fn place(&self) -> String {
        self.0.path("").display().to_string()
    }
}
