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
