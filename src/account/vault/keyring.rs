//! Accounts in the system's keyring: Keychain, Credential Manager, Secret Service (the build
//! feature `keyring`).
//!
//! An account rests where its sign-in put it, and renewals stay there: a keyring that fails in the
//! middle must not leave an old token in one place and a new one in another. Where no keyring works,
//! which is tried before a sign-in is stored, the private file takes it, and that is said. The state
//! folder knows which accounts are in the keyring: a mark beside the lock of each.

use std::{
    fs,
    io::{self, Write as _},
    sync::mpsc,
    time::Duration,
};

use futures_util::future::BoxFuture;
use jiff::Timestamp;
use keyring_core::{Entry, Error};

use super::{super::keep, Account, AccountName, FileVault, Held, Stamp, Vault};
use crate::{digest::hex, random, state::StateFolder};

/// What its entries are called in the keyring.
const SERVICE: &str = "front-mcp";

/// How long a keyring may take to answer whether it works: it may ask a person to unlock it.
const PATIENCE: Duration = Duration::from_secs(30);

/// A vault in the system's keyring, with files where that does not work.
#[derive(Debug)]
pub struct KeyringVault {
    files: FileVault,
    marks: StateFolder,
    /// Tells the accounts of this state folder from those of another.
    id: String,
}

impl KeyringVault {
    /// The vault of this state folder. The keyring is not asked anything yet.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn open(state: &StateFolder) -> io::Result<Self> {
        let marks = state.folder("accounts")?;
        let id = hex(&marks.key("keyring.id")?).chars().take(16).collect();
        Ok(Self {
            files: FileVault::open(state)?,
            marks,
            id,
        })
    }

    fn mark(&self, name: &AccountName) -> std::path::PathBuf {
        self.marks.path(&format!("{name}.keyring"))
    }

    /// Since when the account is in the keyring, if it is.
    fn marked(&self, name: &AccountName) -> io::Result<Option<Timestamp>> {
        match fs::read_to_string(self.mark(name)) {
            Ok(since) => Ok(Some(since.trim().parse().map_err(io::Error::other)?)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn entry(&self, name: &AccountName) -> Result<Entry, Error> {
        system()?;
        Entry::new(SERVICE, &format!("{name}@{}", self.id))
    }

    fn in_keyring(&self, name: &AccountName) -> io::Result<Option<Account>> {
        let secret = match self.entry(name).and_then(|entry| entry.get_secret()) {
            Ok(secret) => secret,
            Err(Error::NoEntry) => return Ok(None),
            Err(error) => return Err(failed(&error)),
        };
        keep::read(&secret).map(Some).ok_or_else(|| {
            io::Error::new(
                io::ErrorKind::InvalidData,
                "what is in the keyring is no account of this version of front-mcp",
            )
        })
    }

    fn put_in_keyring(&self, name: &AccountName, account: &Account) -> io::Result<()> {
        let secret = keep::write(account)?;
        self.entry(name)
            .and_then(|entry| entry.set_secret(&secret))
            .map_err(|error| failed(&error))?;
        let since = account.since.to_string();
        self.marks
            .replace(&format!("{name}.keyring"), since.as_bytes())
    }

    /// A sign-in that is new here: into the keyring if it works, otherwise into a file.
    fn settle(&self, name: &AccountName, account: &Account) -> io::Result<()> {
        let settled = works().and_then(|()| self.put_in_keyring(name, account));
        let Err(error) = settled else {
            self.files.delete(name)?;
            return Ok(());
        };
        let _ = writeln!(
            io::stderr(),
            "the system's keyring cannot be used ({error}): the sign-in is kept in a private file instead"
        );
        self.files.save(name, account)?;
        self.unmark(name)
    }

    fn unmark(&self, name: &AccountName) -> io::Result<()> {
        match fs::remove_file(self.mark(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => self.marks.sync(),
        }
    }
}

impl Vault for KeyringVault {
    fn load(&self, name: &AccountName) -> io::Result<Option<Account>> {
        let in_file = self.files.load(name)?;
        match (self.marked(name)?, in_file) {
            (None, in_file) => Ok(in_file),
            // Both only where a sign-in was stored anew and the old one was not yet removed.
            (Some(since), Some(in_file)) if in_file.since > since => Ok(Some(in_file)),
            (Some(_), _) => self.in_keyring(name),
        }
    }

    fn save(&self, name: &AccountName, account: &Account) -> io::Result<()> {
        if self.marked(name)? == Some(account.since) {
            return self.put_in_keyring(name, account);
        }
        match self.files.load(name) {
            Ok(Some(known)) if known.since == account.since => self.files.save(name, account),
            _ => self.settle(name, account),
        }
    }

    fn delete(&self, name: &AccountName) -> io::Result<bool> {
        let in_file = self.files.delete(name)?;
        if self.marked(name)?.is_none() {
            return Ok(in_file);
        }
        match self.entry(name).and_then(|entry| entry.delete_credential()) {
            Ok(()) | Err(Error::NoEntry) => {}
            Err(error) => return Err(failed(&error)),
        }
        self.unmark(name)?;
        Ok(true)
    }

    fn stamp(&self, name: &AccountName) -> Option<Stamp> {
        // The mark is replaced with every change in the keyring.
        match Stamp::of(&self.mark(name)) {
            None => self.files.stamp(name),
            mark => mark,
        }
    }

    fn names(&self) -> io::Result<Vec<AccountName>> {
        let mut names = self.files.names()?;
        for entry in fs::read_dir(self.marks.path(""))? {
            let file = entry?.file_name();
            let name = file.to_str().and_then(|file| file.strip_suffix(".keyring"));
            names.extend(name.and_then(|name| name.parse::<AccountName>().ok()));
        }
        names.sort();
        names.dedup();
        Ok(names)
    }

    fn lock<'vault>(
        &'vault self,
        name: &'vault AccountName,
    ) -> BoxFuture<'vault, io::Result<Held>> {
        self.files.lock(name)
    }

    fn place(&self) -> String {
        format!(
            "the system's keyring (as `{SERVICE}`), or {} where that does not work",
            self.files.place()
        )
    }
}

/// Opens the system's keyring, once. A keyring that was chosen before stays.
fn system() -> Result<(), Error> {
    if keyring_core::get_default_store().is_some() {
        return Ok(());
    }
    match keyring::Entry::store_status() {
        Ok(()) => Ok(()),
        Err(_) => Err(Error::NoDefaultStore),
    }
}

/// Whether what is put into the keyring comes out of it.
fn works() -> io::Result<()> {
    let (answer, answered) = mpsc::channel();
    // A thread that nobody joins: a keyring that hangs hangs alone.
    std::thread::Builder::new()
        .name("keyring".to_owned())
        .spawn(move || answer.send(try_it()))?;
    answered
        .recv_timeout(PATIENCE)
        .unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
}

fn try_it() -> io::Result<()> {
    let probe = || {
        system()?;
        let name = random::bytes::<8>().map_err(|error| Error::PlatformFailure(error.into()))?;
        let entry = Entry::new(SERVICE, &format!("probe-{}", hex(&name)))?;
        // About as long as an account.
        let secret = [b'p'; 2048];
        entry.set_secret(&secret)?;
        let came_out = entry.get_secret();
        entry.delete_credential()?;
        Ok(came_out? == secret)
    };
    match probe() {
        Ok(true) => Ok(()),
        Ok(false) => Err(io::Error::other("it gives back something else")),
        Err(error) => Err(failed(&error)),
    }
}

/// The reason without what was to be kept: some of the crate's errors hold it.
fn failed(error: &Error) -> io::Error {
    io::Error::other(match error {
        Error::NoStorageAccess(_) => "it is locked or cannot be reached",
        Error::NoDefaultStore => "there is none here",
        Error::TooLong(..) => "it takes no secret of that length",
        _ => "it failed",
    })
}

#[cfg(test)]
mod tests {
    use std::{any::Any, collections::HashMap, sync::Arc};

    use keyring_core::api::CredentialStoreApi;
    use secrecy::{ExposeSecret as _, SecretString};

    use super::*;
    use crate::oauth::{ClientAuth, Registration};

    /// A keyring that is locked.
    #[derive(Debug)]
    struct Broken;

    impl CredentialStoreApi for Broken {
        fn vendor(&self) -> String {
            "broken".to_owned()
        }
        fn id(&self) -> String {
            "broken".to_owned()
        }
        fn build(
            &self,
            _: &str,
            _: &str,
            _: Option<&HashMap<&str, &str>>,
        ) -> keyring_core::Result<Entry> {
            Err(Error::NoStorageAccess("locked".into()))
        }
        fn as_any(&self) -> &dyn Any {
            self
        }
    }

    fn account(access: &str, since: i64) -> Account {
        Account {
            authority: "https://app.frontapp.com".to_owned(),
            api: "https://api2.frontapp.com".to_owned(),
            app: Registration {
                id: "id".to_owned(),
                secret: SecretString::from("secret"),
                auth: ClientAuth::Basic,
            },
            access: SecretString::from(access),
            expires: Timestamp::MAX,
            stale: Timestamp::MAX,
            refresh: None,
            ended: None,
            company: None,
            since: Timestamp::from_second(since).unwrap(),
        }
    }

    /// One test, because the keyring is the process's.
    #[test]
    fn an_account_stays_where_its_sign_in_put_it() {
        let dir = tempfile::tempdir().unwrap();
        let state = StateFolder::open(dir.path()).unwrap();
        let name = AccountName::default();
        let held = |vault: &KeyringVault| {
            let account = vault.load(&name).unwrap().unwrap();
            account.access.expose_secret().to_owned()
        };

        keyring_core::set_default_store(keyring_core::mock::Store::new().unwrap());
        let vault = KeyringVault::open(&state).unwrap();
        assert!(vault.load(&name).unwrap().is_none());
        vault.save(&name, &account("one", 1)).unwrap();
        vault.save(&name, &account("two", 1)).unwrap();
        assert_eq!(held(&vault), "two");
        assert!(vault.files.load(&name).unwrap().is_none(), "in no file");
        assert_eq!(vault.names().unwrap(), std::slice::from_ref(&name));
        // Another state folder has accounts of its own.
        let other_dir = tempfile::tempdir().unwrap();
        let other = KeyringVault::open(&StateFolder::open(other_dir.path()).unwrap()).unwrap();
        assert!(other.load(&name).unwrap().is_none());

        // A keyring that is gone: renewals fail rather than split, a new sign-in moves.
        let keyring = keyring_core::unset_default_store().unwrap();
        keyring_core::set_default_store(Arc::new(Broken));
        assert!(vault.save(&name, &account("three", 1)).is_err());
        vault.save(&name, &account("four", 2)).unwrap();
        assert_eq!(held(&vault), "four");
        assert!(vault.marked(&name).unwrap().is_none());

        // It is back: the next sign-in is in it again, and the file is gone.
        keyring_core::set_default_store(keyring);
        vault.save(&name, &account("five", 2)).unwrap();
        assert!(
            vault.marked(&name).unwrap().is_none(),
            "a renewal stays in its file"
        );
        vault.save(&name, &account("six", 3)).unwrap();
        assert_eq!(held(&vault), "six");
        assert!(vault.files.load(&name).unwrap().is_none());
        assert!(vault.delete(&name).unwrap());
        assert!(!vault.delete(&name).unwrap());
        assert!(vault.names().unwrap().is_empty());
    }
}
