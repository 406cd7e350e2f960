//! Accounts that end with the process.

use std::{
    collections::BTreeMap,
    io,
    sync::{Mutex, MutexGuard, PoisonError},
};

use futures_util::future::{BoxFuture, FutureExt as _, ready};

use super::{Account, AccountName, Held, Vault};

/// A vault without a place: `--state-dir memory`, and sandboxes.
#[derive(Debug, Default)]
pub struct MemoryVault(Mutex<BTreeMap<AccountName, Account>>);

impl MemoryVault {
    fn kept(&self) -> MutexGuard<'_, BTreeMap<AccountName, Account>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Vault for MemoryVault {
    fn load(&self, name: &AccountName) -> io::Result<Option<Account>> {
        Ok(self.kept().get(name).cloned())
    }

    fn save(&self, name: &AccountName, account: &Account) -> io::Result<()> {
        self.kept().insert(name.clone(), account.clone());
        Ok(())
    }

    fn delete(&self, name: &AccountName) -> io::Result<bool> {
        Ok(self.kept().remove(name).is_some())
    }

    fn names(&self) -> io::Result<Vec<AccountName>> {
        Ok(self.kept().keys().cloned().collect())
    }

    fn lock<'vault>(&'vault self, _: &'vault AccountName) -> BoxFuture<'vault, io::Result<Held>> {
        ready(Ok(Held::alone())).boxed()
    }

    fn place(&self) -> String {
        "memory, until this process ends".to_owned()
    }
}
