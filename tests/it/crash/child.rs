//! A server in a process of its own: this very test program, told by its environment what to do.

use std::{io::Write as _, path::Path, process::Stdio, sync::Arc};

use front_mcp::{
    app::App,
    gate::{
        envelope::{Channel, EnvelopeId, State},
        mode::SendMode,
        steps::{Step, Steps},
    },
    host::Host,
};
use serde_json::json;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines},
    process::{ChildStdin, ChildStdout, Command},
    time::timeout,
};

use super::sender;
use crate::support::{
    in_process::{call, config_in, envelope, state},
    mailbox::Mailbox,
    mcp::HANG,
};

const ROLE: &str = "CRASH_ROLE";
const FOLDER: &str = "CRASH_FOLDER";
const FRONT: &str = "CRASH_FRONT";
const STOP: &str = "CRASH_STOP";

/// How many release at once in one process.
pub const TASKS: usize = 16;

/// What the lines for the parent begin with, whatever the test program prints around them.
const MARK: &str = "child: ";

/// What a process does.
#[derive(Clone, Copy, Debug)]
pub enum Role {
    /// Seals, has it approved, and sends; stops at this step.
    Send(Option<Step>),
    /// Puts right what the one before left behind, and releases what there is.
    Recover,
    /// Releases each envelope that it is told of, many times at once.
    Race,
}

/// A process as its parent sees it.
pub struct Process {
    child: tokio::process::Child,
    input: ChildStdin,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Process {
    pub fn start(role: Role, folder: &Path, front: &Mailbox) -> Self {
        let (name, stop) = match role {
            Role::Send(step) => ("send", step),
            Role::Recover => ("recover", None),
            Role::Race => ("race", None),
        };
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "crash::child::in_a_process_of_its_own",
                "--exact",
                "--ignored",
                "--nocapture",
                "--test-threads=1",
            ])
            .env(ROLE, name)
            .env(FOLDER, folder)
            .env(FRONT, front.base())
            .env(STOP, stop.map_or(String::new(), |step| format!("{step:?}")))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        Self {
            input: child.stdin.take().unwrap(),
            lines: BufReader::new(child.stdout.take().unwrap()).lines(),
            child,
        }
    }

    /// The rest of its next line that begins with this word.
    pub async fn says(&mut self, word: &str) -> String {
        loop {
            let line = timeout(HANG, self.lines.next_line())
                .await
                .unwrap_or_else(|_| panic!("the process never says `{word}`"))
                .unwrap()
                .unwrap_or_else(|| panic!("the process ended before `{word}`"));
            let said = line.split_once(MARK).map(|(_, said)| said);
            if let Some(rest) = said.and_then(|said| said.strip_prefix(word)) {
                return rest.trim().to_owned();
            }
        }
    }

    pub async fn tell(&mut self, line: &str) {
        let line = format!("{line}\n");
        self.input.write_all(line.as_bytes()).await.unwrap();
        self.input.flush().await.unwrap();
    }

    /// Ends it in the middle of whatever it does.
    pub async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    /// It comes to its own end, having failed nowhere.
    pub async fn ends(mut self) {
        drop(self.input);
        let status = timeout(HANG, self.child.wait()).await.unwrap().unwrap();
        assert!(status.success(), "{status}");
    }

    /// Holds it where it is, so that it reads nothing more.
    #[cfg(unix)]
    pub async fn freeze(&self) {
        let id = self.child.id().unwrap().to_string();
        let status = Command::new("kill")
            .args(["-STOP", &id])
            .status()
            .await
            .unwrap();
        assert!(status.success(), "{status}");
        // The signal is on its way; what it stops says so.
        loop {
            let asked = ["-o", "state=", "-p", &id];
            let output = Command::new("ps").args(asked).output().await.unwrap();
            if output.stdout.trim_ascii().starts_with(b"T") {
                return;
            }
        }
    }
}

#[test]
#[ignore = "a part of the crash tests, which start it with their own environment"]
fn in_a_process_of_its_own() {
    let Ok(role) = std::env::var(ROLE) else {
        return;
    };
    match role.as_str() {
        "send" => alone(send()),
        "recover" => alone(recover()),
        _ => tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap()
            .block_on(race()),
    }
}

/// On one thread: a watcher that holds it holds everything.
fn alone(work: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(work);
}

fn say(line: &str) {
    let mut output = std::io::stdout().lock();
    writeln!(output, "{MARK}{line}").unwrap();
    output.flush().unwrap();
}

fn app(steps: Steps) -> App {
    let folder = std::env::var(FOLDER).unwrap();
    let front = std::env::var(FRONT).unwrap();
    let config = config_in(Path::new(&folder), &front, SendMode::Approve);
    App::watched(&config, steps).unwrap()
}

async fn send() {
    let stop = std::env::var(STOP).unwrap();
    let app = app(Steps::watched_by(move |step| {
        if format!("{step:?}") == stop {
            say("stands");
            loop {
                std::thread::park();
            }
        }
    }));
    let arguments = json!({ "conversation_id": "cnv_1", "body": "It is on its way." });
    let sealed = call(&app, "send-message", arguments, &sender(), &Host::silent()).await;
    assert_eq!(state(&sealed), "sealed", "{sealed:?}");
    say("sealed");
    let id = envelope(&sealed).unwrap();
    let done = app.gate.approve(&id, Channel::Page).await.unwrap();
    say(&format!("done {}", done.state.word()));
}

async fn recover() {
    let app = app(Steps::default());
    app.gate.hall().tidy_up().await.unwrap();
    let folder = std::env::var(FOLDER).unwrap();
    for found in super::kept(Path::new(&folder)).await {
        say(&format!("recovered {}", found.state.word()));
        let released = match found.state {
            State::Sealed => app.gate.approve(&found.id, Channel::Page).await,
            _ => app.gate.release(&sender(), &found.id).await,
        };
        say(&format!("released {}", released.unwrap().state.word()));
    }
}

async fn race() {
    let app = Arc::new(app(Steps::default()));
    say("ready");
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    while let Some(line) = lines.next_line().await.unwrap() {
        let id = EnvelopeId::parse(&line).unwrap();
        let tasks: Vec<_> = (0..TASKS)
            .map(|_| {
                let (app, id) = (Arc::clone(&app), id.clone());
                tokio::spawn(async move { app.gate.release(&sender(), &id).await })
            })
            .collect();
        let mut states = Vec::new();
        for task in tasks {
            states.push(task.await.unwrap().unwrap().state.word());
        }
        say(&format!("released {}", states.join(" ")));
    }
}
