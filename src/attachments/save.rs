//! Writing a stranger's file beneath the operator's folder, and nowhere else.
//!
//! The file is made anew, under a name that nothing in the folder has: nothing is overwritten,
//! and no link is followed, not even one that leads nowhere. On Unix it is made in the folder that
//! was opened, so that nobody can bend the way to it in between.

use std::{
    fs::File,
    io,
    io::{Read as _, Write as _},
    path::Path,
};

use super::{
    Attachable,
    saved_name::{numbered, saved_name},
};

/// So many files are kept, whatever their names: an agent that was talked into it shall not fill a disk.
const MOST: u32 = 1_000;

/// Why a file was not saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsaved {
    /// The operator names no folder.
    NoFolder,
    /// The folder is not there, or cannot be used.
    Folder,
    /// It is larger than this, in bytes.
    TooLarge(u64),
    /// There are too many already.
    TooMany,
    /// It could not be written whole; nothing is left of it.
    Unwritten,
}

impl Attachable {
    /// Saves a file and gives the name it has in the folder: that of an earlier one where the same was
    /// saved under this name before. It blocks.
    ///
    /// # Errors
    /// When there is no folder, or the file cannot be written whole.
    pub fn save(&self, name: &str, bytes: &[u8]) -> Result<String, Unsaved> {
        let folder = self.save_folder.as_deref().ok_or(Unsaved::NoFolder)?;
        if bytes.len() as u64 > self.max_bytes {
            return Err(Unsaved::TooLarge(self.max_bytes));
        }
        let place = Place::open(folder).map_err(|error| {
            tracing::warn!(%error, "the folder for saved files cannot be used");
            Unsaved::Folder
        })?;
        let plain = saved_name(name);
        let is_full =
            std::fs::read_dir(folder).is_ok_and(|entries| entries.count() >= MOST as usize);
        for number in 1..=MOST {
            let name = match number {
                1 => plain.clone(),
                _ => numbered(&plain, number),
            };
            if place.holds(&name, bytes) {
                return Ok(name);
            }
            if is_full {
                continue;
            }
            let file = match place.create(&name) {
                Ok(file) => file,
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                Err(error) => {
                    tracing::warn!(%error, "a file could not be made");
                    return Err(Unsaved::Unwritten);
                }
            };
            return match write(file, bytes) {
                Ok(()) => Ok(name),
                Err(error) => {
                    tracing::warn!(%error, "a file could not be written");
                    place.remove(&name);
                    Err(Unsaved::Unwritten)
                }
            };
        }
        Err(Unsaved::TooMany)
    }
}

/// Whether a file holds exactly this.
fn is_same(mut file: File, bytes: &[u8]) -> bool {
    let is_like_it = file
        .metadata()
        .is_ok_and(|found| found.is_file() && found.len() == bytes.len() as u64);
    let mut found = Vec::new();
    is_like_it && file.read_to_end(&mut found).is_ok() && found == bytes
}

fn write(mut file: File, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)?;
    file.sync_all()
}

/// The folder, opened.
#[cfg(unix)]
struct Place(std::os::fd::OwnedFd);

#[cfg(unix)]
impl Place {
    fn open(folder: &Path) -> io::Result<Self> {
        use rustix::fs::{Mode, OFlags};
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Ok(Self(rustix::fs::open(folder, flags, Mode::empty())?))
    }

    /// A new file that its owner alone can read.
    fn create(&self, name: &str) -> io::Result<File> {
        use rustix::fs::{Mode, OFlags};
        let flags =
            OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let file = rustix::fs::openat(&self.0, name, flags, Mode::RUSR | Mode::WUSR)?;
        Ok(File::from(file))
    }

    /// Whether a regular file of this name holds exactly this; a link is none.
    fn holds(&self, name: &str, bytes: &[u8]) -> bool {
        use rustix::fs::{Mode, OFlags};
        // Whatever else stands there must not make us wait.
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        rustix::fs::openat(&self.0, name, flags, Mode::empty())
            .is_ok_and(|file| is_same(File::from(file), bytes))
    }

    fn remove(&self, name: &str) {
        let _ = rustix::fs::unlinkat(&self.0, name, rustix::fs::AtFlags::empty());
    }
}

/// The folder, by its real path.
#[cfg(not(unix))]
struct Place(std::path::PathBuf);

#[cfg(not(unix))]
impl Place {
    fn open(folder: &Path) -> io::Result<Self> {
        let real = folder.canonicalize()?;
        match real.is_dir() {
            true => Ok(Self(real)),
            false => Err(io::ErrorKind::NotADirectory.into()),
        }
    }

    /// A new file. Windows gives it the folder's protection, and fails for a link that is there.
    fn create(&self, name: &str) -> io::Result<File> {
        let path = self.0.join(name);
        let file = std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)?;
        match path.canonicalize()?.parent() == Some(self.0.as_path()) {
            true => Ok(file),
            false => Err(io::ErrorKind::PermissionDenied.into()),
        }
    }

    /// Whether a regular file of this name holds exactly this; a link is none.
    fn holds(&self, name: &str, bytes: &[u8]) -> bool {
        let path = self.0.join(name);
        let is_file = std::fs::symlink_metadata(&path).is_ok_and(|found| found.is_file());
        is_file && File::open(&path).is_ok_and(|file| is_same(file, bytes))
    }

    fn remove(&self, name: &str) {
        let _ = std::fs::remove_file(self.0.join(name));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saving(folder: &Path) -> Attachable {
        Attachable {
            save_folder: Some(folder.to_owned()),
            max_bytes: 100,
            ..Attachable::default()
        }
    }

    #[test]
    fn nothing_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let saving = saving(folder.path());
        for (content, name) in [
            (&b"1"[..], "a.txt"),
            (b"2", "a (2).txt"),
            (b"3", "a (3).txt"),
        ] {
            assert_eq!(saving.save("../a.txt", content).as_deref(), Ok(name));
            assert_eq!(std::fs::read(folder.path().join(name)).unwrap(), content);
        }
        assert_eq!(std::fs::read(folder.path().join("a.txt")).unwrap(), b"1");
        // The same again is there already.
        assert_eq!(saving.save("a.txt", b"2").as_deref(), Ok("a (2).txt"));
        let large = [0; 101];
        assert_eq!(saving.save("b", &large), Err(Unsaved::TooLarge(100)));
        assert!(!folder.path().join("b").exists());
        assert_eq!(
            Attachable::default().save("b", b"1"),
            Err(Unsaved::NoFolder)
        );
        let gone = saving.save_folder.clone().unwrap().join("gone");
        assert_eq!(self::saving(&gone).save("b", b"1"), Err(Unsaved::Folder));
    }

    #[cfg(unix)]
    #[test]
    fn no_link_is_followed_and_nobody_else_may_read() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("in");
        std::fs::create_dir(&folder).unwrap();
        let outside = root.path().join("outside.txt");
        std::fs::write(&outside, b"kept").unwrap();
        symlink(&outside, folder.join("a.txt")).unwrap();
        symlink(root.path().join("nowhere.txt"), folder.join("a (2).txt")).unwrap();
        symlink(root.path(), folder.join("a (3).txt")).unwrap();
        let name = saving(&folder).save("a.txt", b"new").unwrap();
        assert_eq!(name, "a (4).txt");
        assert_eq!(std::fs::read(&outside).unwrap(), b"kept");
        assert!(!root.path().join("nowhere.txt").exists());
        let mode = folder.join(name).metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
