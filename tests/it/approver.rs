//! `front-mcp approver`, as a person at a terminal runs it, and as a program that is none.

#[cfg(unix)]
mod decides;
#[cfg(unix)]
mod terminal;

use std::{
    fs,
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use front_mcp::{
    approver::{Approver, Pin},
    state::StateFolder,
};
use secrecy::SecretString;

/// The command with its state in this folder, and no settings but that.
fn command(action: &str, folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_front-mcp"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("FRONT_") {
            command.env_remove(name);
        }
    }
    command
        .args(["approver", action, "--state-dir"])
        .arg(folder);
    command
}

#[test]
fn a_program_may_list_who_has_a_pin() {
    let dir = tempfile::tempdir().unwrap();
    let list = || {
        let output = command("list", dir.path())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0));
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(list(), "the person at this machine: not set\n");
    let folder = StateFolder::open(dir.path()).unwrap();
    let secret = || Pin::choose(SecretString::from("correct horse")).unwrap();
    let dana = Approver::named(&folder, &"dana".parse().unwrap()).unwrap();
    dana.set(&secret()).unwrap();
    Approver::open(&folder).set(&secret()).unwrap();
    assert_eq!(list(), "the person at this machine: set\ndana: set\n");
    for _ in 0..5 {
        let _ = dana.check(&SecretString::from("wrong one")).unwrap();
    }
    assert!(list().contains("dana: set; too many tries were wrong"));
    assert!(!list().contains("argon2"));
}

#[test]
fn a_name_that_is_none_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["", "Dana", "../dana", "con"] {
        let mut command = command("set", dir.path());
        let output = command.args(["--name", name]).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(errors.contains("--name"), "{errors}");
    }
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn a_program_with_pipes_can_neither_set_nor_clear_a_pin() {
    let dir = tempfile::tempdir().unwrap();
    for action in ["set", "clear"] {
        let mut child = command(action, dir.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // It may be gone before it is written to.
        let _ = child
            .stdin
            .take()
            .unwrap()
            .write_all(b"481516\n481516\n481516\n");
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(output.stdout, b"");
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(errors.contains("by a person at a terminal"), "{errors}");
        assert!(errors.contains("nothing was changed"), "{errors}");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    }
}
