//! Private files that lead a browser on to an address.
//!
//! A browser packed as a snap can read neither hidden folders nor the common temporary folder, but
//! it can read its own: where the default browser is one, the file is put there.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::{Duration, SystemTime},
};

use jiff::Timestamp;
use maud::{DOCTYPE, html};

use crate::{digest::hex, random, state::StateFolder};

/// The folder of such files.
const FOLDER: &str = "browser";

/// After so long no address in them is good.
const OLD: Duration = Duration::from_mins(15);

/// Where such files are put.
#[derive(Debug)]
pub struct Letterbox {
    folder: Option<PathBuf>,
    posted: Mutex<Vec<Posted>>,
}

/// A file that was put there. It goes with the letterbox, if it is not gone before.
#[derive(Clone, Debug)]
struct Posted {
    file: PathBuf,
    /// The folder, where it was made for this file alone.
    folder: Option<PathBuf>,
}

impl Posted {
    fn remove(&self) {
        let _ = fs::remove_file(&self.file);
        if let Some(folder) = &self.folder {
            let _ = fs::remove_dir(folder);
        }
    }
}

impl Drop for Letterbox {
    fn drop(&mut self) {
        let posted = self.posted.get_mut();
        for posted in posted.unwrap_or_else(PoisonError::into_inner) {
            posted.remove();
        }
    }
}

impl Letterbox {
    /// In this folder, or in a private one among the machine's temporary files.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self {
            folder,
            posted: Mutex::default(),
        }
    }

    /// A file that leads to an address. It is gone some time after its address is.
    pub async fn post(&self, address: &str, until: Timestamp) -> io::Result<PathBuf> {
        let (folder, is_ours_alone) = match (snap().await, &self.folder) {
            (Some(folder), _) => (folder.join("front-mcp"), false),
            (None, Some(folder)) => (folder.join(FOLDER), false),
            // A name that nobody could have made before.
            (None, None) => {
                let name = format!("front-mcp-{}", word()?);
                (std::env::temp_dir().join(name), true)
            }
        };
        let private = StateFolder::open(&folder)?;
        forget_old(&folder);
        let name = format!("open-{}.html", word()?);
        private.replace(&name, leading_to(address).as_bytes())?;
        let path = private.path(&name);
        let posted = Posted {
            file: path.clone(),
            folder: is_ours_alone.then_some(folder),
        };
        self.keep(posted.clone());
        let wait = until.duration_since(Timestamp::now()).try_into();
        tokio::spawn(async move {
            tokio::time::sleep(wait.unwrap_or_default()).await;
            posted.remove();
        });
        Ok(path)
    }

    fn keep(&self, new: Posted) {
        let mut posted = self.posted.lock().unwrap_or_else(PoisonError::into_inner);
        posted.retain(|one| one.file.exists());
        posted.push(new);
    }
}

/// A word that nobody can guess.
fn word() -> io::Result<String> {
    Ok(hex(&random::bytes::<16>()?))
}

/// What a server left behind that ended before its files did.
fn forget_old(folder: &Path) {
    let Ok(files) = fs::read_dir(folder) else {
        return;
    };
    for file in files.flatten() {
        let written = file.metadata().and_then(|data| data.modified());
        let age = written.map(|at| SystemTime::now().duration_since(at).unwrap_or_default());
        if age.is_ok_and(|age| age > OLD) {
            let _ = fs::remove_file(file.path());
        }
    }
}

fn leading_to(address: &str) -> String {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="referrer" content="no-referrer";
                meta http-equiv="refresh" content={ "0;url=" (address) };
                title { "front-mcp" }
            }
            body { p { a href=(address) rel="noreferrer" { "Go on" } } }
        }
    }
    .into_string()
}

/// The folder that the default browser shares with us, where that is a snap.
#[cfg(target_os = "linux")]
async fn snap() -> Option<PathBuf> {
    let asked = super::bare("xdg-settings")
        .args(["get", "default-web-browser"])
        .stdout(std::process::Stdio::piped())
        .kill_on_drop(true)
        .output();
    let output = tokio::time::timeout(super::PATIENCE, asked)
        .await
        .ok()?
        .ok()?;
    let entry = String::from_utf8(output.stdout).ok()?;
    let dirs = directories::BaseDirs::new()?;
    let name = snap_name(entry.trim())?;
    let common = dirs.home_dir().join("snap").join(name).join("common");
    common.is_dir().then_some(common)
}

#[cfg(not(target_os = "linux"))]
async fn snap() -> Option<PathBuf> {
    None
}

/// `firefox` of `firefox_firefox.desktop`; other packages write no underscore.
#[cfg(any(target_os = "linux", test))]
fn snap_name(entry: &str) -> Option<&str> {
    let (name, app) = entry.strip_suffix(".desktop")?.split_once('_')?;
    let is_name = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    (is_name(name) && is_name(app)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_file_is_private_and_leads_on() {
        let dir = tempfile::tempdir().unwrap();
        let letterbox = Letterbox::new(Some(dir.path().to_owned()));
        let later = Timestamp::now() + jiff::SignedDuration::from_mins(1);
        let path = letterbox
            .post("http://127.0.0.1:1/d/ab", later)
            .await
            .unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains("0;url=http://127.0.0.1:1/d/ab"), "{text}");
        assert!(!path.to_string_lossy().contains("/d/ab"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn a_snap_is_known_by_its_desktop_entry() {
        assert_eq!(snap_name("firefox_firefox.desktop"), Some("firefox"));
        for other in [
            "firefox.desktop",
            "org.mozilla.firefox.desktop",
            "../x_y.desktop",
            "",
        ] {
            assert_eq!(snap_name(other), None, "{other}");
        }
    }
}
