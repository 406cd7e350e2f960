//! `front-mcp approve` beside a server that shares its state folder.

use std::{path::Path, process::Command};

use front_mcp::{
    approver::{Approver, Pin},
    state::StateFolder,
};
use rexpect::{process::WaitStatus, session::spawn_command};
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::support::{
    front::Front,
    mcp::{Era, Mcp},
    verdict,
};

const PIN: &str = "pin-481516";
/// When it hangs.
const HANG: u64 = 60_000;

struct Place {
    dir: tempfile::TempDir,
    front: Front,
    mcp: Mcp,
}

impl Place {
    async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("state");
        let approver = Approver::open(&StateFolder::open(&folder).unwrap());
        let pin = Pin::choose(SecretString::from(PIN)).unwrap();
        approver.set(&pin).unwrap();
        let config = dir.path().join("config.toml");
        std::fs::write(
            &config,
            "[send]\nask = [\"terminal\"]\nask_wait = \"200ms\"\n",
        )
        .unwrap();
        let front = Front::start().await;
        let flags = [
            format!("--state-dir={}", folder.display()),
            format!("--config={}", config.display()),
        ];
        let flags: Vec<_> = flags.iter().map(String::as_str).collect();
        let mcp = Mcp::serving(&front, Era::PerRequest, &flags).await;
        Self { dir, front, mcp }
    }

    async fn seal(&mut self, body: &str) -> String {
        let arguments = json!({ "conversation_id": crate::gate::CONVERSATION, "body": body });
        let result = self.mcp.call("send-message", arguments).await;
        let report = verdict::good("send-message", &result);
        assert_eq!(report["state"], "sealed", "{report}");
        let id = report["envelope_id"].as_str().unwrap().to_owned();
        let next = report["next"].as_str().unwrap();
        assert!(next.contains(&format!("front-mcp approve {id}")), "{next}");
        id
    }

    async fn state(&mut self, id: &str) -> Value {
        let result = self
            .mcp
            .call("check-send", json!({ "envelope_id": id }))
            .await;
        verdict::good("check-send", &result)["state"].clone()
    }

    /// A person's run of the command, with these answers.
    async fn person(&self, id: &str, answers: &[(&str, &str)]) -> (i32, String) {
        let folder = self.dir.path().join("state");
        let command = command(&folder, &[id]);
        let answers: Vec<_> = answers
            .iter()
            .map(|(question, answer)| ((*question).to_owned(), (*answer).to_owned()))
            .collect();
        tokio::task::spawn_blocking(move || {
            let mut session = spawn_command(command, Some(HANG)).unwrap();
            let mut seen = String::new();
            for (question, answer) in answers {
                seen += &session.exp_string(&question).unwrap();
                session.send_line(&answer).unwrap();
            }
            seen += &session.exp_eof().unwrap();
            let WaitStatus::Exited(_, code) = session.process().wait().unwrap() else {
                panic!("{seen}");
            };
            (code, seen)
        })
        .await
        .unwrap()
    }
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_front-mcp"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("FRONT_") {
            command.env_remove(name);
        }
    }
    command
        .arg("approve")
        .args(arguments)
        .arg("--state-dir")
        .arg(folder);
    command
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_at_a_terminal_sends_what_a_server_sealed() {
    let mut place = Place::new().await;
    let id = place.seal("From the terminal.").await;
    let yes = [("leave it: ", "send"), ("PIN: ", PIN)];
    let (code, seen) = place.person(&id, &yes).await;
    assert_eq!(code, 0, "{seen}");
    assert!(seen.contains("| From the terminal."), "{seen}");
    assert!(seen.contains("Sent: accepted by Front."), "{seen}");
    assert!(!seen.contains(PIN), "{seen}");
    assert_eq!(place.state(&id).await, "sent");
    assert_eq!(place.front.send_posts().await, 1);
    // A second time there is nothing to decide.
    let (code, seen) = place.person(&id, &[]).await;
    assert_eq!(code, 1, "{seen}");
    assert_eq!(place.front.send_posts().await, 1);
    place.mcp.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_pin_or_a_clear_yes_nothing_is_sent() {
    let mut place = Place::new().await;
    let id = place.seal("Not like this.").await;
    let wrong = [("leave it: ", "send"), ("PIN: ", "000000-no")];
    let (code, seen) = place.person(&id, &wrong).await;
    assert_eq!(code, 1, "{seen}");
    assert!(seen.contains("this is not the PIN"), "{seen}");
    let (code, seen) = place.person(&id, &[("leave it: ", "yes")]).await;
    assert_eq!(code, 1, "{seen}");
    assert_eq!(place.state(&id).await, "sealed");
    let no = [("leave it: ", "decline"), ("PIN: ", PIN)];
    let (code, seen) = place.person(&id, &no).await;
    assert_eq!(code, 0, "{seen}");
    assert_eq!(place.state(&id).await, "declined");
    assert_eq!(place.front.send_posts().await, 0);
    place.mcp.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_with_pipes_approves_nothing() {
    let mut place = Place::new().await;
    let id = place.seal("Piped.").await;
    let folder = place.dir.path().join("state");
    let listed = command(&folder, &[]).output().unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    assert!(listed.contains(&id), "{listed}");
    let output = command(&folder, &[&id])
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(place.state(&id).await, "sealed");
    assert_eq!(place.front.send_posts().await, 0);
    place.mcp.close().await;
}
