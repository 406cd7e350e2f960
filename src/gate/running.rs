//! Which processes that share a store are alive: each holds a lock on a file of its own, which
//! the system releases however the process ends.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    sync::Arc,
};

use crate::{digest::hex, random, state::StateFolder};

/// This process among those that share a store. Clones share the lock.
#[derive(Clone, Debug)]
pub struct Running {
    id: String,
    shared: Option<Arc<Shared>>,
}

#[derive(Debug)]
struct Shared {
    folder: StateFolder,
    name: String,
    /// Held for as long as this lives.
    _lock: File,
}

impl Drop for Shared {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(self.folder.path(&self.name));
    }
}

impl Running {
    /// A process whose store is its own.
    ///
    /// # Errors
    /// Without randomness.
    pub fn alone() -> io::Result<Self> {
        Ok(Self {
            id: draw()?,
            shared: None,
        })
    }

    /// A process that shares the store of this folder.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn among(folder: &StateFolder) -> io::Result<Self> {
        let folder = folder.folder("running")?;
        let id = draw()?;
        let name = format!("{id}.lock");
        let lock = folder.file(&name, OpenOptions::new().read(true).write(true))?;
        lock.lock()?;
        Ok(Self {
            id,
            shared: Some(Arc::new(Shared {
                folder,
                name,
                _lock: lock,
            })),
        })
    }

    /// Its id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Whether other processes can use the same store.
    pub fn is_shared(&self) -> bool {
        self.shared.is_some()
    }

    /// Whether the process with this id has ended. Where that cannot be told, it has not.
    pub fn is_gone(&self, id: &str) -> bool {
        let Some(shared) = &self.shared else {
            return false;
        };
        if id == self.id || !id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return false;
        }
        let path = shared.folder.path(&format!("{id}.lock"));
        let file = match OpenOptions::new().read(true).write(true).open(&path) {
            Ok(file) => file,
            Err(error) => return error.kind() == io::ErrorKind::NotFound,
        };
        match file.try_lock() {
            Ok(()) => {
                let _ = std::fs::remove_file(&path);
                true
            }
            Err(TryLockError::WouldBlock | TryLockError::Error(_)) => false,
        }
    }
}

fn draw() -> io::Result<String> {
    Ok(hex(&random::bytes::<8>()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_lives_holds_the_lock() {
        let dir = tempfile::tempdir().unwrap();
        let folder = StateFolder::open(dir.path()).unwrap();
        let [one, other] = [(), ()].map(|()| Running::among(&folder).unwrap());
        assert!(!one.is_gone(other.id()));
        assert!(!one.is_gone(one.id()));
        let id = other.id().to_owned();
        drop(other);
        assert!(one.is_gone(&id));
        assert!(one.is_gone("00"), "it never was");
        assert!(!one.is_gone("../x"));
    }
}
