//! The state folder: what others may look into is told, and left as it is.

use std::path::Path;

use front_mcp::{app::App, gate::mode::SendMode};
use tokio::process::Command;

use super::{examine, with_token};
use crate::support::{front::Front, in_process};

fn in_folder(front: &Front, state: &Path) -> Command {
    let mut command = with_token(front);
    command.env("FRONT_MCP_STATE_DIR", state);
    command
}

/// A folder as a server leaves it.
fn used(front: &Front, state: &Path) {
    let config = in_process::config_in(state, &front.base(), SendMode::Approve);
    drop(App::new(&config).unwrap());
}

#[tokio::test]
async fn a_folder_that_a_server_made_is_well() {
    let front = Front::start().await;
    let root = tempfile::tempdir().unwrap();
    let state = root.path().join("state");
    used(&front, &state);
    let before = files(&state);
    let seen = examine(&front, || in_folder(&front, &state)).await;
    seen.compare("store", Some(&state));
    seen.has("store", "ok", "is private");
    seen.has("approver", "note", "no PIN is set");
    // The accounts' folder may be made, and nothing else.
    let after = files(&state);
    let new: Vec<_> = after.iter().filter(|one| !before.contains(one)).collect();
    assert!(new.iter().all(|one| *one == "accounts"), "{new:?}");
}

fn files(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    // What the database keeps beside itself comes and goes.
    names.filter(|name| !name.contains(".db-")).collect()
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_not_made() {
    let front = Front::start().await;
    let root = tempfile::tempdir().unwrap();
    let state = root.path().join("state");
    let seen = examine(&front, || in_folder(&front, &state)).await;
    seen.has("store", "ok", "is not there yet");
    assert!(!state.exists());
}

#[cfg(unix)]
mod unix {
    use std::{
        fs::{self, Permissions},
        os::unix::fs::PermissionsExt as _,
    };

    use super::*;

    fn set(path: &Path, mode: u32) {
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    }

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[tokio::test]
    async fn what_is_open_to_others_is_told_and_left_so() {
        let front = Front::start().await;
        let root = tempfile::tempdir().unwrap();
        let state = root.path().join("state");
        used(&front, &state);
        let key = state.join("request-state.key");
        set(&state, 0o755);
        set(&key, 0o640);
        let seen = examine(&front, || in_folder(&front, &state)).await;
        seen.compare("permissions", Some(&state));
        seen.has("store", "error", "request-state.key is open to other users");
        seen.has("store", "note", "was not opened");
        assert_eq!((mode(&state), mode(&key)), (0o755, 0o640));
    }

    #[tokio::test]
    async fn a_file_that_is_open_keeps_nobody_from_looking_on() {
        let front = Front::start().await;
        let root = tempfile::tempdir().unwrap();
        let state = root.path().join("state");
        used(&front, &state);
        set(&state.join("envelopes.db"), 0o644);
        let seen = examine(&front, || in_folder(&front, &state)).await;
        seen.has("store", "error", "envelopes.db is open to other users");
        seen.has("approver", "note", "no PIN is set");
    }
}

#[tokio::test]
async fn a_database_that_is_none_is_told() {
    let front = Front::start().await;
    let root = tempfile::tempdir().unwrap();
    let state = root.path().join("state");
    used(&front, &state);
    let folder = front_mcp::state::StateFolder::open(&state).unwrap();
    folder.replace("envelopes.db", &[7; 4096]).unwrap();
    let seen = examine(&front, || in_folder(&front, &state)).await;
    seen.has(
        "store",
        "error",
        "the database of sealed messages cannot be used",
    );
}
