//! The state folder: private files that outlive a process and are shared by several.
//!
//! On Unix the folder is 0700 and its files 0600. On Windows both inherit the protection of the
//! user's profile, where the platform's state folder lies. Who can write the folder can forge
//! what is in it: it protects against other users, not against the user's own programs.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};

use crate::{digest::hex, random};

/// A folder for state.
#[derive(Clone, Debug)]
pub struct StateFolder(PathBuf);

impl StateFolder {
    /// Opens a folder, and makes it if it is not there.
    ///
    /// # Errors
    /// When it cannot be made, or belongs to somebody else.
    pub fn open(path: &Path) -> io::Result<Self> {
        make_private_folder(path)?;
        Ok(Self(path.to_owned()))
    }

    /// Where a file of this name lies.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// A folder inside it.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn folder(&self, name: &str) -> io::Result<Self> {
        Self::open(&self.path(name))
    }

    /// Opens a private file for reading, writing or appending, and makes it if it is not there.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn file(&self, name: &str, options: &mut OpenOptions) -> io::Result<File> {
        private(options).create(true).open(self.path(name))
    }

    /// Replaces a file's whole content: afterwards there is the old or the new, never a part.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn replace(&self, name: &str, content: &[u8]) -> io::Result<()> {
        let beside = self.written_beside(name, content)?;
        let renamed = fs::rename(&beside, self.path(name));
        if renamed.is_err() {
            let _ = fs::remove_file(&beside);
        }
        renamed?;
        self.sync()
    }

    /// A key of 32 random bytes, made at its first use and the same for all processes.
    ///
    /// # Errors
    /// Those of the file system, and a file that is no such key.
    pub fn key(&self, name: &str) -> io::Result<[u8; 32]> {
        if let Some(key) = self.read_key(name)? {
            return Ok(key);
        }
        let beside = self.written_beside(name, &random::bytes::<32>()?)?;
        // A link fails where a rename would replace the key that another process made meanwhile.
        let linked = fs::hard_link(&beside, self.path(name));
        let _ = fs::remove_file(&beside);
        match linked {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => self.sync()?,
        }
        self.read_key(name)?
            .ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }

    fn read_key(&self, name: &str) -> io::Result<Option<[u8; 32]>> {
        Self::key_at(&self.path(name))
    }

    /// The key in this file, if there is one; none is made.
    ///
    /// # Errors
    /// Those of the file system, and a file that is no key.
    pub fn key_at(path: &Path) -> io::Result<Option<[u8; 32]>> {
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut bytes = Vec::new();
        file.take(33).read_to_end(&mut bytes)?;
        let key = bytes.try_into().map_err(|_| {
            io::Error::new(
                io::ErrorKind::InvalidData,
                format!("{} is no key of 32 bytes", path.display()),
            )
        })?;
        Ok(Some(key))
    }

    fn written_beside(&self, name: &str, content: &[u8]) -> io::Result<PathBuf> {
        let beside = self.path(&format!(".{name}.{}", hex(&random::bytes::<8>()?)));
        let mut file = private(OpenOptions::new().write(true).create_new(true)).open(&beside)?;
        let written = file.write_all(content).and_then(|()| file.sync_all());
        if written.is_err() {
            let _ = fs::remove_file(&beside);
        }
        written.map(|()| beside)
    }

    /// Whether a file was meant to take the place of this one, and its process ended before.
    pub fn is_beside(path: &Path, name: &str) -> bool {
        let file = path.file_name().and_then(|file| file.to_str());
        file.and_then(|file| {
            file.strip_prefix('.')?
                .strip_prefix(name)?
                .strip_prefix('.')
        })
        .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_hexdigit()))
    }

    /// Makes renames and new names last.
    ///
    /// # Errors
    /// Those of the file system.
    #[cfg(unix)]
    pub fn sync(&self) -> io::Result<()> {
        File::open(&self.0)?.sync_all()
    }

    /// Windows keeps names with their files, and cannot open a folder to sync it.
    ///
    /// # Errors
    /// None.
    #[cfg(not(unix))]
    pub fn sync(&self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(unix)]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(0o600)
}

#[cfg(not(unix))]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

/// A folder that others may look into is closed to them: it holds keys and people's mail.
#[cfg(unix)]
fn make_private_folder(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)?;
    let mode = fs::metadata(path)?.permissions().mode();
    if mode & 0o077 != 0 {
        fs::set_permissions(path, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn make_private_folder(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_whoever_asks_first() {
        let dir = tempfile::tempdir().unwrap();
        let folder = StateFolder::open(&dir.path().join("state")).unwrap();
        let keys: Vec<_> = std::thread::scope(|scope| {
            let asking: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| folder.key("a.key").unwrap()))
                .collect();
            asking.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert!(keys.iter().all(|key| *key == keys[0]));
        assert_ne!(folder.key("b.key").unwrap(), keys[0]);
        let left = fs::read_dir(dir.path().join("state")).unwrap().count();
        assert_eq!(left, 2, "nothing is left beside them");
    }

    #[cfg(unix)]
    #[test]
    fn others_cannot_look_inside() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let folder = StateFolder::open(dir.path()).unwrap();
        folder.replace("a", b"1").unwrap();
        folder.replace("a", b"2").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(dir.path()), 0o700);
        assert_eq!(mode(&folder.path("a")), 0o600);
        assert_eq!(fs::read(folder.path("a")).unwrap(), b"2");
    }
}
