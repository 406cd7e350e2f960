//! Accounts as private files in the state folder: `accounts/<name>.json`, each beside its lock.

use std::{
    fs,
    io::{self, Read as _},
    path::PathBuf,
};

use futures_util::future::{BoxFuture, FutureExt as _};

use super::{super::keep, Account, AccountName, Held, Vault};
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

fn file(name: &AccountName) -> String {
    format!("{name}.json")
}

impl Vault for FileVault {
    fn load(&self, name: &AccountName) -> io::Result<Option<Account>> {
        let path = self.path(name);
        let file = match fs::File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut bytes = Vec::new();
        file.take(LARGEST).read_to_end(&mut bytes)?;
        keep::read(&bytes).map(Some).ok_or_else(|| {
            io::Error::new(
                io::ErrorKind::InvalidData,
                format!(
                    "{} is no account of this version of front-mcp",
                    path.display()
                ),
            )
        })
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
        async move { Held::take(&self.0, &format!("{name}.lock")).await }.boxed()
    }

    fn place(&self) -> String {
        self.0.path("").display().to_string()
    }
}
