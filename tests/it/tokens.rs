//! `front-mcp token`: callers are registered by the real binary, and known to another process.

mod bad_usage;
mod layouts;

use std::{
    fs,
    path::Path,
    process::{Output, Stdio},
    time::{Duration, Instant},
};

use front_mcp::{
    callers::{Callers, Found},
    state::StateFolder,
};
use serde_json::Value;

use crate::support::mcp::binary;

/// What must hold within a second is given no more.
const PROMISED: Duration = Duration::from_secs(1);

/// `front-mcp token` with its state in this folder.
async fn token(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = binary();
    command.arg("token").args(arguments);
    command.arg("--state-dir").arg(folder);
    command.stdin(Stdio::null()).output().await.unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// Stdout of a run that must go well.
async fn done(folder: &Path, arguments: &[&str]) -> String {
    let output = token(folder, arguments).await;
    let errors = text(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {errors}");
    text(&output.stdout).to_owned()
}

/// Creates a caller, and is given its token.
async fn create(folder: &Path, name: &str, more: &[&str]) -> String {
    let out = done(folder, &[&["create", "--name", name], more].concat()).await;
    out.trim_end().to_owned()
}

fn callers(folder: &Path) -> Callers {
    Callers::open(&StateFolder::open(folder).unwrap()).unwrap()
}

/// Waits until it holds, from the end of what another process did.
async fn within_a_second(what: &str, holds: impl Fn() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < PROMISED, "{what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// All that lies in the folder, as bytes.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => all.extend(contents(&path)),
            false => all.push((path.display().to_string(), fs::read(&path).unwrap())),
        }
    }
    all
}

fn holds(bytes: &[u8], part: &str) -> bool {
    bytes.windows(part.len()).any(|one| one == part.as_bytes())
}

#[tokio::test]
async fn a_token_is_shown_once_and_kept_nowhere() {
    let dir = tempfile::tempdir().unwrap();
    let output = token(dir.path(), &["create", "--name", "support-bot"]).await;
    let (out, told) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(0), "{told}");
    let given = out.strip_suffix('\n').unwrap();
    assert_eq!(given.len(), 48, "the token alone: {out}");
    assert!(given.starts_with("fmcp_"), "{out}");
    assert!(told.contains("shown this once"), "{told}");
    assert!(told.contains("support-bot"), "{told}");
    let drawn = &given["fmcp_".len()..];
    assert!(!told.contains(drawn), "{told}");
    let renewed = done(dir.path(), &["rotate", "support-bot"]).await;
    done(dir.path(), &["revoke", "support-bot"]).await;
    for listing in [&["list"][..], &["list", "--json"]] {
        let listed = done(dir.path(), listing).await;
        assert!(listed.contains("support-bot"), "{listed}");
        assert!(!listed.contains("fmcp_"), "{listed}");
        assert!(!listed.contains(drawn), "{listed}");
    }
    for (path, bytes) in contents(dir.path()) {
        for token in [drawn, &renewed.trim_end()["fmcp_".len()..]] {
            assert!(!holds(&bytes, token), "{path}");
        }
    }
}

#[tokio::test]
async fn a_caller_is_listed_as_it_was_registered() {
    let dir = tempfile::tempdir().unwrap();
    let nobody = done(dir.path(), &["list"]).await;
    assert!(nobody.contains("there is no caller"), "{nobody}");
    assert_eq!(done(dir.path(), &["list", "--json"]).await.trim(), "[]");
    create(
        dir.path(),
        "support-bot",
        &[
            "--teammate=Alice@Acme.com",
            "--approver=dana",
            "--approver=eve",
            "--approver=dana",
            "--expires=90d",
        ],
    )
    .await;
    create(dir.path(), "another", &[]).await;
    done(dir.path(), &["revoke", "another"]).await;
    let listed = done(dir.path(), &["list"]).await;
    let lines: Vec<_> = listed.lines().collect();
    assert_eq!(lines.len(), 3, "{listed}");
    assert!(lines[0].starts_with("name"), "{listed}");
    for part in ["support-bot", "alice@acme.com", "dana eve", "until 20"] {
        assert!(lines[1].contains(part), "{part}: {listed}");
    }
    assert!(lines[2].starts_with("another"), "{listed}");
    assert!(lines[2].contains("revoked 20"), "{listed}");
    let json: Value = serde_json::from_str(&done(dir.path(), &["list", "--json"]).await).unwrap();
    assert_eq!(json[0]["name"], "support-bot");
    assert_eq!(json[0]["state"], "live");
    assert_eq!(json[0]["approvers"], serde_json::json!(["dana", "eve"]));
    assert_eq!(json[1]["state"], "revoked");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_operator_does_holds_in_a_running_process_within_a_second() {
    let dir = tempfile::tempdir().unwrap();
    let running = callers(dir.path());
    assert!(!running.any_live().unwrap());
    let is_live = |token: &str| matches!(running.find(token).unwrap(), Found::Live(_));
    let first = create(dir.path(), "bot", &[]).await;
    within_a_second("created", || is_live(&first)).await;
    let second = done(dir.path(), &["rotate", "bot"]).await;
    let second = second.trim_end();
    within_a_second("rotated", || is_live(second) && !is_live(&first)).await;
    done(dir.path(), &["revoke", "bot"]).await;
    within_a_second("revoked", || !is_live(second)).await;
    assert!(!running.any_live().unwrap());
    let end = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(2);
    let expires = format!("--expires={end}");
    let short = create(dir.path(), "short", &[&expires]).await;
    within_a_second("created", || is_live(&short)).await;
    while jiff::Timestamp::now() < end {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(matches!(running.find(&short).unwrap(), Found::Expired(_)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_operator_does_holds_where_a_process_has_the_store_open_twice() {
    let dir = tempfile::tempdir().unwrap();
    let all = [callers(dir.path()), callers(dir.path())];
    for name in ["one", "two", "three"] {
        let token = create(dir.path(), name, &[]).await;
        for running in &all {
            let is_live = || matches!(running.find(&token).unwrap(), Found::Live(_));
            within_a_second("created", is_live).await;
        }
        done(dir.path(), &["revoke", name]).await;
        for running in &all {
            let is_over = || matches!(running.find(&token).unwrap(), Found::Revoked(_));
            within_a_second("revoked", is_over).await;
        }
    }
}

#[tokio::test]
async fn a_policy_must_be_written_and_approvers_should_be_set() {
    let dir = tempfile::tempdir().unwrap();
    let config = dir.path().join("config.toml");
    fs::write(&config, "[policies.support-agent]\nread_only = true\n").unwrap();
    let state = dir.path().join("state");
    let config = format!("--config={}", config.display());
    let create = |policy: &'static str| {
        let (config, state) = (config.clone(), state.clone());
        async move {
            let arguments = ["create", "--name=bot", "--approver=dana", policy, &config];
            token(&state, &arguments).await
        }
    };
    for (policy, words) in [
        (
            "--policy=support",
            "no table [policies.support]; it defines support-agent",
        ),
        ("--policy=default", "held to [policy] alone"),
    ] {
        let output = create(policy).await;
        let told = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains(words) && told.contains("--policy"), "{told}");
        assert!(told.contains("nothing was changed"), "{told}");
    }
    let output = create("--policy=support-agent").await;
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert!(told.contains("policy: support-agent"), "{told}");
    assert!(told.contains("warning: the approver `dana`"), "{told}");
    assert!(done(&state, &["list"]).await.contains("support-agent"));
}

#[tokio::test]
async fn what_the_operator_did_is_on_record() {
    let dir = tempfile::tempdir().unwrap();
    create(dir.path(), "bot", &[]).await;
    done(dir.path(), &["rotate", "bot"]).await;
    done(dir.path(), &["revoke", "bot"]).await;
    let mut command = binary();
    command
        .args(["audit", "show", "--json", "--state-dir"])
        .arg(dir.path());
    let output = command.output().await.unwrap();
    let records: Vec<Value> = text(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let told: Vec<_> = records
        .iter()
        .map(|one| {
            (
                one["event"].as_str(),
                one["code"].as_str(),
                &one["objects"][0],
            )
        })
        .collect();
    let bot = Value::from("bot");
    let expected = ["token-created", "token-rotated", "token-revoked"]
        .map(|code| (Some("token"), Some(code), &bot));
    assert_eq!(told, expected);
}
