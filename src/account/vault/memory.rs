//! Accounts that end with the process.

use std::{
    collections::BTreeMap,
    io,
    sync::{Mutex, MutexGuard, PoisonError},
};

use futures_util::future::{BoxFuture, FutureExt as _, ready};

use super::{Account, AccountName, Held, Stamp, Vault};

/// A vault without a place: `--state-dir memory`, and sandboxes.
#[derive(Debug, Default)]
pub struct MemoryVault(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    accounts: BTreeMap<AccountName, (Account, u64)>,
    changes: u64,
}

impl MemoryVault {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Vault for MemoryVault {
    fn load(&self, name: &AccountName) -> io::Result<Option<Account>> {
        let kept = self.kept();
        Ok(kept.accounts.get(name).map(|(account, _)| account.clone()))
    }

    fn save(&self, name: &AccountName, account: &Account) -> io::Result<()> {
        let mut kept = self.kept();
        kept.changes += 1;
        let change = kept.changes;
        kept.accounts
            .insert(name.clone(), (account.clone(), change));
        Ok(())
    }

    fn delete(&self, name: &AccountName) -> io::Result<bool> {
        Ok(self.kept().accounts.remove(name).is_some())
    }

    fn stamp(&self, name: &AccountName) -> Option<Stamp> {
        let kept = self.kept();
        kept.accounts
            .get(name)
            .map(|(_, change)| Stamp::counted(*change))
    }

    fn names(&self) -> io::Result<Vec<AccountName>> {
        Ok(self.kept().accounts.keys().cloned().collect())
    }

    fn lock<'vault>(&'vault self, _: &'vault AccountName) -> BoxFuture<'vault, io::Result<Held>> {
        ready(Ok(Held::alone())).boxed()
    }

    fn place(&self) -> String {
        "memory, until this process ends".to_owned()
    }
}
