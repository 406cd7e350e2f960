//! Files that go along with a message: which may be read, and what they may be called; and where
//! those that came with one may be saved.
//!
//! Whoever asks for a file is an agent, and what it was told to ask for may come out of a
//! stranger's mail. So a file is read only beneath a folder that the operator names, no link is
//! followed on the way, nothing outside is so much as looked at, and what looks like a secret
//! stays where it is. What was read is in memory from then on: nobody opens the file again.

mod beneath;
mod content;
mod kind;
mod name;
mod save;
mod saved_name;

use std::path::PathBuf;

pub use self::{
    content::decode,
    kind::picture,
    name::{content_type, file_name},
    save::Unsaved,
};

/// The most that Front takes with one message, in bytes.
pub const MOST_BYTES: u64 = 25_000_000;

/// What may be attached, and where files may be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachable {
    /// Files beneath these absolute folders, and no others (`[attachments] folders`).
    pub folders: Vec<PathBuf>,
    /// Where files of others may be saved (`[attachments] save_folder`, absolute); nowhere without.
    pub save_folder: Option<PathBuf>,
    /// All files of one message together, and one that is saved, in bytes (`[attachments] max_bytes`,
    /// 20 MB).
    pub max_bytes: u64,
}

impl Default for Attachable {
    fn default() -> Self {
        Self {
            folders: Vec::new(),
            save_folder: None,
            max_bytes: 20_000_000,
        }
    }
}

/// Why something cannot be attached. It never tells what lies outside of the named folders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unattachable {
    /// The operator names no folder at all.
    NoFolders,
    /// It lies in none of the folders.
    Outside,
    /// More than is left of the allowance, in bytes.
    TooLarge(u64),
    /// Anything else: what is wrong.
    Bad(&'static str),
}
