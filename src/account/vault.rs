//! Where accounts rest.

mod file;
#[cfg(feature = "keyring")]
mod keyring;
mod memory;

use std::{fmt::Debug, io};

use futures_util::future::BoxFuture;

#[cfg(feature = "keyring")]
pub use self::keyring::KeyringVault;
pub use self::{file::FileVault, memory::MemoryVault};
use super::{Account, AccountName, lock::Held};

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
