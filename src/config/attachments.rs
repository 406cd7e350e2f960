//! `[attachments]`: which files agents may attach, and where they may save others'.

use std::path::PathBuf;

use super::{
    file,
    source::{ConfigError, Layers, Source},
};
use crate::attachments::{Attachable, MOST_BYTES};

/// Checks the folders and the limit. A folder need not be there yet.
pub fn read(layers: &Layers, kept: &file::Attachments) -> Result<Attachable, ConfigError> {
    let wrong = |key: &str, problem: String| ConfigError {
        key: format!("attachments.{key}"),
        origin: Source::File(layers.file_path().unwrap_or_default()),
        problem,
    };
    let mut attachable = Attachable::default();
    if !kept.folders.is_empty() {
        layers.note_in_file("attachments.folders", &kept.folders.join(", "));
    }
    let folder = |key: &str, path: &str, relative: &str| {
        let folder = PathBuf::from(path);
        if !folder.is_absolute() {
            return Err(wrong(key, relative.into()));
        }
        if folder.parent().is_none() {
            return Err(wrong(key, "must not be a whole disk".into()));
        }
        Ok(folder)
    };
    for path in &kept.folders {
        let folder = folder("folders", path, "must be absolute paths")?;
        attachable.folders.push(folder);
    }
    if let Some(path) = &kept.save_folder {
        layers.note_in_file("attachments.save_folder", path);
        attachable.save_folder = Some(folder("save_folder", path, "must be an absolute path")?);
    }
    if let Some(bytes) = kept.max_bytes {
        if !(1..=MOST_BYTES).contains(&bytes) {
            let problem =
                format!("must be a number of bytes from 1 to {MOST_BYTES}, Front's limit");
            return Err(wrong("max_bytes", problem));
        }
        layers.note_in_file("attachments.max_bytes", &bytes.to_string());
        attachable.max_bytes = bytes;
    }
    Ok(attachable)
}
