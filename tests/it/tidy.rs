//! The house is in order: the list of tools is that of their files, and who may name what.

#![expect(
    clippy::unwrap_used,
    reason = "the helpers of tests may fail as tests do"
)]

mod catalog;
mod invariants;

use std::{
    fs,
    path::{Path, PathBuf},
};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the repository: its path from the root, with `/`, and its text.
struct File {
    path: String,
    text: String,
}

impl File {
    /// The code that is compiled into the program, without its comments and unit tests.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .take_while(|line| !line.starts_with("#[cfg(test)]"))
            .enumerate()
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
            .map(|(index, line)| (index + 1, line))
    }

    fn is_in(&self, places: &[&str]) -> bool {
        places.iter().any(|place| {
            self.path == *place || place.ends_with('/') && self.path.starts_with(place)
        })
    }
}

/// Every Rust file beneath a folder, sorted by path.
fn rust_files(folder: &str) -> Vec<File> {
    files(folder, |path| {
        path.extension().is_some_and(|end| end == "rs")
    })
}

/// Every wanted file beneath a folder, sorted by path.
fn files(folder: &str, wanted: impl Fn(&Path) -> bool) -> Vec<File> {
    let mut paths = Vec::new();
    walk(&root().join(folder), &mut paths);
    paths.retain(|path| wanted(path));
    paths.sort();
    assert!(!paths.is_empty(), "{folder} holds nothing to look at");
    paths
        .into_iter()
        .filter_map(|path| {
            let text = fs::read_to_string(&path).ok()?;
            let path = path.strip_prefix(root()).unwrap();
            let path = path.to_str().unwrap().replace('\\', "/");
            Some(File { path, text })
        })
        .collect()
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        // What is built, and what version control keeps for itself.
        if matches!(name.as_str(), "target" | ".git") {
            continue;
        }
        if path.is_dir() {
            walk(&path, paths);
        } else {
            paths.push(path);
        }
    }
}
