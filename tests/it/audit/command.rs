//! `front-mcp audit`, as a person runs it.

use std::{fs, process::Command};

use front_mcp::audit::{Channel, Event, Record};

use super::{Folder, record};

/// What a run said on stdout and stderr, and its exit code.
fn run(folder: &Folder, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_front-mcp"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("FRONT_") {
            command.env_remove(name);
        }
    }
    let output = command
        .arg("audit")
        .args(arguments)
        .arg("--state-dir")
        .arg(folder.path())
        .output()
        .unwrap();
    (
        output.status.code().unwrap(),
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

#[test]
fn where_there_is_no_log_yet_looking_makes_none() {
    let folder = Folder::new();
    for action in ["show", "verify"] {
        let (code, out, _) = run(&folder, &[action]);
        assert_eq!(code, 0);
        assert!(out.contains("there is no audit log yet"), "{out}");
    }
    assert_eq!(
        run(&folder, &["show", "--json"]),
        (0, String::new(), String::new())
    );
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn show_is_a_table_for_people_and_lines_for_programs() {
    let folder = Folder::with(3);
    let audit = folder.open();
    let sent = Record::new(Event::Sent)
        .caller("local/acme")
        .envelope("env_00ff")
        .channel(Channel::Page)
        .status(202)
        .message_uid("uid_1");
    let head = audit.write(sent).unwrap();
    let (code, out, _) = run(&folder, &["show", "--last", "2"]);
    assert_eq!(code, 0);
    let lines: Vec<_> = out.lines().collect();
    assert_eq!(lines.len(), 5, "{out}");
    assert!(lines[0].starts_with("number  time"), "{out}");
    assert!(
        lines[1].contains("refused") && lines[1].contains("denied guarded"),
        "{out}"
    );
    assert!(lines[2].starts_with("4 "), "{out}");
    for word in ["sent", "local/acme", "env_00ff", "page 202 uid_1"] {
        assert!(lines[2].contains(word), "{out}");
    }
    assert_eq!(
        lines[3],
        format!("4 records were written; head {}", head.code)
    );

    let (_, out, _) = run(&folder, &["show", "--json", "--envelope", "env_00ff"]);
    let entry: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(entry["event"], "sent");
    assert_eq!(entry["seq"], 4);
    assert_eq!(entry["status"], 202);
}

#[test]
fn verify_tells_by_words_and_exit_code() {
    let folder = Folder::with(3);
    let (code, out, _) = run(&folder, &["verify"]);
    assert_eq!(code, 0);
    assert!(
        out.contains("audit.jsonl: intact; 3 records, head "),
        "{out}"
    );

    let log = folder.bytes();
    let mut edited = log.clone();
    edited[50] ^= 1;
    folder.set(&edited);
    let (code, out, _) = run(&folder, &["verify"]);
    assert_eq!(code, 1);
    assert!(out.contains("line 1: edited"), "{out}");
    assert!(out.contains("NOT INTACT"), "{out}");

    folder.set(&log[..log.len() - 1]);
    let (code, out, _) = run(&folder, &["verify"]);
    assert_eq!(code, 1);
    assert!(
        out.contains("cut tail: the log ends with record 2"),
        "{out}"
    );

    fs::remove_file(folder.path().join("audit.key")).unwrap();
    let (code, out, errors) = run(&folder, &["verify"]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(errors.contains("audit.key is missing"), "{errors}");
    assert!(!folder.path().join("audit.key").exists());
}

#[test]
fn verify_finds_that_the_log_itself_is_gone() {
    let folder = Folder::new();
    folder.open().write(record(0)).unwrap();
    fs::remove_file(folder.log()).unwrap();
    let (code, out, _) = run(&folder, &["verify"]);
    assert_eq!(code, 1);
    assert!(out.contains("cut tail"), "{out}");
}
