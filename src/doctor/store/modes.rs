//! Which folders and files other users of the machine may look into.

use std::path::PathBuf;

/// A folder or file that is not private.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// Where it is.
    pub path: PathBuf,
    /// Whether it is a folder.
    pub is_folder: bool,
    /// Its permission bits.
    pub mode: u32,
}

#[cfg(unix)]
pub use self::unix::modes;

#[cfg(unix)]
mod unix {
    use std::{fs, io, os::unix::fs::PermissionsExt as _, path::Path};

    use super::Open;

    /// What others may do.
    const OTHERS: u32 = 0o077;

    /// Folders in folders that are looked at.
    const DEPTH: usize = 2;

    /// The folder and what is in it, where others may do anything with it.
    pub fn modes(path: &Path) -> io::Result<Vec<Open>> {
        let mut open = Vec::new();
        walk(path, DEPTH, &mut open)?;
        open.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(open)
    }

    fn walk(path: &Path, depth: usize, open: &mut Vec<Open>) -> io::Result<()> {
        let about = match fs::metadata(path) {
            Ok(about) => about,
            // Files beside the database come and go.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        let mode = about.permissions().mode() & 0o7777;
        if mode & OTHERS != 0 {
            open.push(Open {
                path: path.to_owned(),
                is_folder: about.is_dir(),
                mode,
            });
        }
        if about.is_dir() && depth > 0 {
            for entry in fs::read_dir(path)? {
                walk(&entry?.path(), depth - 1, open)?;
            }
        }
        Ok(())
    }
}

/// The user's profile protects what is in it.
#[cfg(not(unix))]
pub fn modes(_: &std::path::Path) -> std::io::Result<Vec<Open>> {
    Ok(Vec::new())
}
