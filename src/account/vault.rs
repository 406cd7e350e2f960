//! Where accounts rest.

mod file;
#[cfg(feature = "keyring")]
mod keyring;
mod memory;

use std::{fmt::Debug, fs, io, path::Path, time::SystemTime};

use futures_util::future::BoxFuture;

#[cfg(feature = "keyring")]
pub use self::keyring::KeyringVault;
pub use self::{file::FileVault, memory::MemoryVault};
use super::{Account, AccountName, lock::Held};

/// A state of an account, told from others without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp(u64, u64, Option<SystemTime>);

impl Stamp {
    /// Of what is counted by hand.
    fn counted(count: u64) -> Self {
        Self(count, 0, None)
    }

    /// Of a file that is always replaced, never written into.
    fn of(path: &Path) -> Option<Self> {
        let file = fs::metadata(path).ok()?;
        #[cfg(unix)]
        let id = std::os::unix::fs::MetadataExt::ino(&file);
        #[cfg(not(unix))]
        let id = 0;
        Some(Self(id, file.len(), file.modified().ok()))
    }
}

/// A place for accounts. What it saved is there for every process that shares it, whole, whatever
/// ends this one. Its functions may take as long as a disk does.
pub trait Vault: Send + Sync + Debug {
    /// The account of this name, if there is one.
    ///
    /// # Errors
    /// When that cannot be told, or what is there is no account.
    fn load(&self, name: &AccountName) -> io::Result<Option<Account>>;

    /// Puts an account in the place of the one before.
    ///
    /// # Errors
    /// When it is not certainly kept.
    fn save(&self, name: &AccountName, account: &Account) -> io::Result<()>;

    /// Removes an account; whether there was one.
    ///
    /// # Errors
    /// When it may still be there.
    fn delete(&self, name: &AccountName) -> io::Result<bool>;

    /// What changes whenever the account does; `None` where there is none, or that cannot be told. It
    /// is cheap enough to be asked before every request.
    fn stamp(&self, name: &AccountName) -> Option<Stamp>;

    /// The names of all accounts, in order.
    ///
    /// # Errors
    /// When that cannot be told.
    fn names(&self) -> io::Result<Vec<AccountName>>;

    /// Waits until nobody else changes this account.
    ///
    /// # Errors
    /// When the lock cannot be had.
    fn lock<'vault>(&'vault self, name: &'vault AccountName)
    -> BoxFuture<'vault, io::Result<Held>>;

    /// The place, in words for a person.
    fn place(&self) -> String;
}
