//! `front-mcp doctor`: each thing that can be wrong with a set-up is found, told with what to do
//! next, and costs Front few requests; no secret is shown.
//!
//! To accept new words: `INSTA_UPDATE=always cargo test --test it doctor`, then look at the diff.

#![expect(
    clippy::unwrap_used,
    reason = "the helpers of tests may fail as tests do"
)]

pub mod declared;
mod front;
mod settings;
mod sign_in;
mod store;
mod token;

use std::{collections::BTreeSet, path::Path, process::Stdio};

use front_mcp::sandbox::TOKEN;
use serde_json::Value;
use tokio::{process::Command, time::timeout};

use crate::support::{
    front::Front,
    mcp::{HANG, binary},
};

/// Stands in every secret of these tests, and in no output.
const SECRET: &str = "s3cret";

/// What a run came to, in both of its forms.
struct Seen {
    table: String,
    json: Value,
    code: i32,
}

/// The command against a Front with its token.
fn with_token(front: &Front) -> Command {
    let mut command = without_token(front);
    command.env("FRONT_API_TOKEN", TOKEN);
    command
}

/// The command against a Front with nothing to ask it with.
fn without_token(front: &Front) -> Command {
    let mut command = binary();
    command
        .arg("doctor")
        .env("FRONT_API_BASE_URL", front.base())
        .env("FRONT_OAUTH_BASE_URL", front.base());
    command
}

/// One run for people and one for programs: they say the same, and each thing is asked once.
async fn examine(front: &Front, command: impl Fn() -> Command) -> Seen {
    let (table, code) = run(command()).await;
    let asked = requests(front).await;
    let once: BTreeSet<_> = asked.iter().collect();
    assert_eq!(once.len(), asked.len(), "asked twice: {asked:?}");
    let mut for_programs = command();
    for_programs.arg("--json");
    let (json, same_code) = run(for_programs).await;
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(code, same_code, "{json}");
    let again = requests(front).await.len() - asked.len();
    assert_eq!(json["requests"], again, "{json}");
    assert!(again <= 20 && asked.len() <= 20, "{again} requests");
    let seen = Seen { table, json, code };
    seen.is_whole();
    seen
}

/// What was asked of the API, by its journal.
async fn requests(front: &Front) -> Vec<String> {
    let mut requests = front.requests().await;
    requests.retain(|one| !one.contains(" /oauth/"));
    requests
}

async fn run(mut command: Command) -> (String, i32) {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let running = command.spawn().unwrap().wait_with_output();
    let output = timeout(HANG, running).await.unwrap().unwrap();
    let stdout = String::from_utf8(output.stdout).unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    for text in [&stdout, &stderr] {
        assert!(!text.contains(SECRET), "{text}");
        assert!(!text.contains("panicked"), "{text}");
        assert!(!text.contains('\x1b'), "colours without a terminal: {text}");
    }
    (stdout, output.status.code().unwrap())
}

impl Seen {
    /// The promised form, whatever was found.
    fn is_whole(&self) {
        assert_eq!(self.json["version"], 1);
        let statuses = ["ok", "note", "warning", "error"];
        let rank = |status: &Value| statuses.iter().position(|one| status == one).unwrap();
        let mut worst = 0;
        for finding in self.findings() {
            worst = worst.max(rank(&finding["status"]));
            assert!(!finding["found"].as_str().unwrap().is_empty(), "{finding}");
            let is_ok = finding["status"] == "ok";
            assert_eq!(finding["next"].is_null(), is_ok, "{finding}");
            let known = front_mcp::doctor::checks::CHECKS
                .iter()
                .any(|check| finding["check"] == check.name);
            assert!(known, "{finding}");
        }
        assert_eq!(self.json["worst"], statuses[worst]);
        assert!(self.code == i32::from(worst == 3) || self.code == 2);
    }

    fn findings(&self) -> &Vec<Value> {
        self.json["findings"].as_array().unwrap()
    }

    /// There is a finding of this check and status that says this.
    fn has(&self, check: &str, status: &str, words: &str) {
        let is_it = |finding: &&Value| {
            finding["check"] == check
                && finding["status"] == status
                && finding["found"].as_str().unwrap().contains(words)
        };
        let found = self.findings().iter().find(is_it);
        assert!(
            found.is_some(),
            "no {check} {status} {words:?} in {:#}",
            self.json
        );
    }

    /// No finding of this check.
    fn has_none(&self, check: &str) {
        let found = self.findings().iter().find(|one| one["check"] == check);
        assert!(found.is_none(), "{found:?}");
    }

    /// The table, as it is stored.
    fn compare(&self, name: &str, state: Option<&Path>) {
        let mut settings = insta::Settings::clone_current();
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.set_snapshot_path("doctor");
        let table = redacted(&self.table, state);
        settings.bind(|| insta::assert_snapshot!(name, table));
    }
}

/// What differs from run to run and from machine to machine, replaced by what it is.
fn redacted(table: &str, state: Option<&Path>) -> String {
    let mut text = table.to_owned();
    if let Some(state) = state {
        text = text.replace(&state.display().to_string(), "[state]");
    }
    if let Some(rest) = table.strip_prefix("Text between « and ") {
        let word = rest.split('»').next().unwrap();
        text = text.replace(&format!("{word}»"), "[word]»");
    }
    let lines = text.lines().map(|line| {
        let mut line = between(line, "http://127.0.0.1:", " ,", "http://[front]");
        line = between(&line, "a file would be ", "", "a file would be [file]");
        line = between(
            &line,
            "MCP 2025-11-25 and 2026-07-28; ",
            " t",
            "MCP [versions]; [n]",
        );
        line = between(&line, "tools, at most ", " ", "tools, at most [n]");
        line = between(&line, " of 20", ",", " of [time]");
        between(&line, " ends 20", " ", " ends [time]")
    });
    let mut whole: Vec<String> = lines.collect();
    whole.push(String::new());
    whole.join("\n")
}

/// A line with `by` in place of what begins with `start` and goes on to one of the `ends`.
fn between(line: &str, start: &str, ends: &str, by: &str) -> String {
    let Some((before, rest)) = line.split_once(start) else {
        return line.to_owned();
    };
    let end = rest.find(|c| ends.contains(c)).unwrap_or(rest.len());
    format!("{before}{by}{}", &rest[end..])
}
