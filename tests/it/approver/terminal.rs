//! At a terminal: each question is answered as a person would, once it no longer echoes.

use std::{
    fs,
    fs::File,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use front_mcp::{
    approver::{Approver, Verdict},
    state::StateFolder,
};
use rexpect::{
    process::WaitStatus,
    session::{PtySession, spawn_command},
};
use rustix::termios::{LocalModes, tcgetattr};
use secrecy::SecretString;

use super::command;

/// When it hangs.
const HANG: Duration = Duration::from_secs(60);
/// An answer that nobody may see.
const RIGHT: &str = "pin-481516";
const OTHER: &str = "pin-2342ab";

struct Terminal {
    session: PtySession,
    device: File,
    /// All that stood on it.
    seen: String,
}

impl Terminal {
    /// The command on a terminal of its own, which echoes as terminals do.
    fn start(action: &str, folder: &Path) -> Self {
        Self::running(&command(action, folder))
    }

    fn running(inner: &Command) -> Self {
        let mut shell = Command::new("sh");
        shell
            .args(["-c", "stty echo; exec \"$@\"", "sh"])
            .arg(inner.get_program())
            .args(inner.get_args());
        for (name, value) in inner.get_envs() {
            assert!(value.is_none());
            shell.env_remove(name);
        }
        let session = spawn_command(shell, Some(HANG.as_millis() as u64)).unwrap();
        let device = session.process().get_file_handle().unwrap();
        Self {
            session,
            device,
            seen: String::new(),
        }
    }

    /// Waits for a question, then for the terminal to stop echoing, and answers.
    fn answer(&mut self, question: &str, answer: &str) {
        self.seen += &self.session.exp_string(question).unwrap();
        let begun = Instant::now();
        while tcgetattr(&self.device)
            .unwrap()
            .local_modes
            .contains(LocalModes::ECHO)
        {
            assert!(begun.elapsed() < HANG, "it echoes");
            std::thread::yield_now();
        }
        self.session.send_line(answer).unwrap();
    }

    /// All that it said, and its exit code. No answer was to be seen.
    fn end(mut self) -> (i32, String) {
        self.seen += &self.session.exp_eof().unwrap();
        let status = self.session.process().wait().unwrap();
        let WaitStatus::Exited(_, code) = status else {
            panic!("{status:?}");
        };
        for pin in [RIGHT, OTHER] {
            assert!(!self.seen.contains(pin), "{}", self.seen);
        }
        (code, self.seen)
    }
}

/// A run of the command with these questions answered.
fn run(action: &str, folder: &Path, answers: &[(&str, &str)]) -> (i32, String) {
    let mut terminal = Terminal::start(action, folder);
    for (question, answer) in answers {
        terminal.answer(question, answer);
    }
    terminal.end()
}

fn approver(folder: &Path) -> Approver {
    Approver::open(&StateFolder::open(folder).unwrap())
}

fn check(folder: &Path, pin: &str) -> Verdict {
    approver(folder).check(&SecretString::from(pin)).unwrap()
}

#[test]
fn a_pin_is_set_changed_and_cleared_at_a_terminal() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path();
    let twice = |pin| [("new PIN: ", pin), ("new PIN again: ", pin)];
    let (code, seen) = run("set", folder, &twice(RIGHT));
    assert_eq!(code, 0, "{seen}");
    assert!(seen.contains("the PIN is set"), "{seen}");
    assert_eq!(check(folder, RIGHT), Verdict::Right);
    let kept = fs::read_to_string(approver(folder).path()).unwrap();
    assert!(kept.starts_with("$argon2id$"), "{kept}");

    // The old one is asked for, and a wrong one counts.
    let (code, seen) = run("set", folder, &[("current PIN: ", OTHER)]);
    assert_eq!(code, 1, "{seen}");
    assert!(seen.contains("4 more tries"), "{seen}");
    let (code, seen) = run("clear", folder, &[("current PIN: ", OTHER)]);
    assert_eq!(code, 1, "{seen}");
    assert!(seen.contains("3 more tries"), "{seen}");
    assert_eq!(fs::read_to_string(approver(folder).path()).unwrap(), kept);

    let changed = [&[("current PIN: ", RIGHT)][..], &twice(OTHER)].concat();
    let (code, seen) = run("set", folder, &changed);
    assert_eq!(code, 0, "{seen}");
    assert_eq!(check(folder, OTHER), Verdict::Right);

    let (code, seen) = run("clear", folder, &[("current PIN: ", OTHER)]);
    assert_eq!(code, 0, "{seen}");
    assert_eq!(check(folder, OTHER), Verdict::NotSet);
    let (code, seen) = run("clear", folder, &[]);
    assert_eq!(code, 0, "{seen}");
    assert!(seen.contains("no PIN is set"), "{seen}");
}

#[test]
fn an_approver_with_a_name_has_a_password_of_their_own() {
    let dir = tempfile::tempdir().unwrap();
    let start =
        |action: &str| Terminal::running(command(action, dir.path()).args(["--name", "dana"]));
    let mut terminal = start("set");
    terminal.answer("new PIN or password of dana: ", RIGHT);
    terminal.answer("new PIN or password of dana again: ", RIGHT);
    let (code, seen) = terminal.end();
    assert_eq!(code, 0, "{seen}");
    assert!(seen.contains("token create --approver dana"), "{seen}");
    let folder = StateFolder::open(dir.path()).unwrap();
    let named = |name: &str| Approver::named(&folder, &name.parse().unwrap()).unwrap();
    let tried = |name| named(name).check(&SecretString::from(RIGHT)).unwrap();
    assert_eq!(tried("dana"), Verdict::Right);
    assert_eq!(tried("eve"), Verdict::Wrong { left: 4 });
    assert_eq!(check(dir.path(), RIGHT), Verdict::NotSet);

    let mut terminal = start("clear");
    terminal.answer("current PIN or password of dana: ", OTHER);
    let (code, seen) = terminal.end();
    assert_eq!(code, 1, "{seen}");
    let mut terminal = start("clear");
    terminal.answer("current PIN or password of dana: ", RIGHT);
    assert_eq!(terminal.end().0, 0);
    assert_eq!(tried("dana"), Verdict::Wrong { left: 4 });
}

#[test]
fn a_pin_that_is_unfit_or_typed_differently_is_not_set() {
    let dir = tempfile::tempdir().unwrap();
    for (answers, said) in [
        (&[("new PIN: ", "123456")][..], "among the first"),
        (&[("new PIN: ", "48151")], "at least 6 characters"),
        (
            &[("new PIN: ", RIGHT), ("new PIN again: ", OTHER)],
            "not the same",
        ),
    ] {
        let (code, seen) = run("set", dir.path(), answers);
        assert_eq!(code, 1, "{seen}");
        assert!(seen.contains(said), "{seen}");
        assert!(!approver(dir.path()).is_set().unwrap());
    }
}

#[test]
fn a_locked_pin_is_neither_changed_nor_cleared() {
    let dir = tempfile::tempdir().unwrap();
    let set = [("new PIN: ", RIGHT), ("new PIN again: ", RIGHT)];
    assert_eq!(run("set", dir.path(), &set).0, 0);
    for _ in 0..5 {
        let _ = check(dir.path(), OTHER);
    }
    for action in ["set", "clear"] {
        let (code, seen) = run(action, dir.path(), &[("current PIN: ", RIGHT)]);
        assert_eq!(code, 1, "{seen}");
        assert!(seen.contains("try again after"), "{seen}");
    }
    assert!(approver(dir.path()).is_set().unwrap());
}

#[test]
fn giving_up_at_the_question_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start("set", dir.path());
    terminal.answer("new PIN: ", RIGHT);
    terminal.seen += &terminal.session.exp_string("again: ").unwrap();
    terminal.session.send_control('c').unwrap();
    terminal.session.exp_eof().unwrap();
    assert!(!approver(dir.path()).is_set().unwrap());
}
