//! Opening a file beneath a folder, and nowhere else.
//!
//! On Unix each name on the way is opened in the folder opened before, and none may be a link:
//! there is no path left that somebody could bend between a check and the opening. Elsewhere the
//! real path is compared with the one asked for, before and after.

use std::{ffi::OsStr, fs::File, path::Path};

use super::Unattachable;

const NOT_THERE: Unattachable = Unattachable::Bad("is not there");
const FORBIDDEN: Unattachable = Unattachable::Bad("may not be read by this server");
const LINK: Unattachable = Unattachable::Bad("is, or lies behind, a link: links are not followed");
const NO_FILE: Unattachable = Unattachable::Bad("is no regular file");
const UNREADABLE: Unattachable = Unattachable::Bad("cannot be opened");

/// Opens the regular file that these names lead to from the folder.
#[cfg(unix)]
pub fn open(folder: &Path, inner: &[&OsStr]) -> Result<File, Unattachable> {
    use rustix::{
        fs::{AtFlags, FileType, Mode, OFlags, fstat, openat, statat},
        io::Errno,
    };

    let because = |errno: Errno| match errno {
        Errno::NOENT => NOT_THERE,
        Errno::ACCESS | Errno::PERM => FORBIDDEN,
        Errno::LOOP | Errno::MLINK | Errno::NOTDIR => LINK,
        _ => UNREADABLE,
    };
    let is_file = |mode| FileType::from_raw_mode(mode) == FileType::RegularFile;
    let (name, parents) = inner.split_last().ok_or(NO_FILE)?;
    let kept = OFlags::RDONLY | OFlags::CLOEXEC;
    let mut place =
        rustix::fs::open(folder, kept | OFlags::DIRECTORY, Mode::empty()).map_err(because)?;
    for parent in parents {
        let flags = kept | OFlags::DIRECTORY | OFlags::NOFOLLOW;
        place = openat(&place, *parent, flags, Mode::empty()).map_err(because)?;
    }
    // To open a device can already do something, so it is looked at first.
    let seen = statat(&place, *name, AtFlags::SYMLINK_NOFOLLOW).map_err(because)?;
    match FileType::from_raw_mode(seen.st_mode) {
        FileType::RegularFile => {}
        FileType::Symlink => return Err(LINK),
        _ => return Err(NO_FILE),
    }
    // What took its place since is neither followed nor waited for.
    let flags = kept | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
    let file = openat(&place, *name, flags, Mode::empty()).map_err(because)?;
    let opened = fstat(&file).map_err(because)?;
    if is_file(opened.st_mode) {
        Ok(File::from(file))
    } else {
        Err(NO_FILE)
    }
}

/// Opens the regular file that these names lead to from the folder.
#[cfg(not(unix))]
pub fn open(folder: &Path, inner: &[&OsStr]) -> Result<File, Unattachable> {
    use std::io::{Error, ErrorKind};

    let because = |error: Error| match error.kind() {
        ErrorKind::NotFound => NOT_THERE,
        ErrorKind::PermissionDenied => FORBIDDEN,
        _ => UNREADABLE,
    };
    // A colon would name another stream of the file.
    if inner
        .iter()
        .any(|name| name.as_encoded_bytes().contains(&b':'))
    {
        return Err(NO_FILE);
    }
    let folder = folder.canonicalize().map_err(because)?;
    let path = inner
        .iter()
        .fold(folder.clone(), |path, name| path.join(name));
    let stays = || {
        let is_link = path
            .ancestors()
            .take(inner.len())
            .any(|one| one.symlink_metadata().is_ok_and(|seen| seen.is_symlink()));
        let real = path.canonicalize().map_err(because)?;
        if is_link || !real.starts_with(&folder) {
            return Err(LINK);
        }
        Ok(real)
    };
    let real = stays()?;
    if !real.symlink_metadata().map_err(because)?.is_file() {
        return Err(NO_FILE);
    }
    let file = File::open(&real).map_err(because)?;
    if stays()? != real {
        return Err(LINK);
    }
    if file.metadata().map_err(because)?.is_file() {
        Ok(file)
    } else {
        Err(NO_FILE)
    }
}
