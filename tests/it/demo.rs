//! The demo as a newcomer runs it.

#![expect(
    clippy::unwrap_used,
    reason = "the helpers of tests may fail as tests do"
)]

use std::process::{Command, Output};

fn demo(configure: impl FnOnce(&mut Command)) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_front-mcp"));
    command.arg("demo");
    configure(&mut command);
    command.output().unwrap()
}

/// What the outbox held, in the order it was told.
fn outboxes(told: &str) -> Vec<&str> {
    told.lines()
        .filter_map(|line| line.split_once("✓ outbox ")?.1.split(':').next())
        .collect()
}

#[test]
fn it_tells_what_happened_in_under_sixty_plain_lines() {
    let output = demo(|_| {});
    let told = String::from_utf8(output.stdout).unwrap();
    let complaints = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{told}\n{complaints}");
    assert_eq!(complaints, "");
    assert!(told.lines().count() < 60, "{}", told.lines().count());
    assert!(
        told.lines()
            .all(|line| line.chars().count() <= 100 || line.starts_with("  claude"))
    );
    assert!(!told.contains('\x1b'), "colours in a pipe");
    // Drafted, refused, sealed; confirmed, confirmed again.
    assert_eq!(outboxes(&told), ["0", "0", "0", "1", "1"]);
}

#[test]
fn it_is_the_same_whatever_is_set_for_the_real_front() {
    let output = demo(|command| {
        command
            .env("FRONT_API_TOKEN", "a-real-token")
            .env("FRONT_API_BASE_URL", "https://front.invalid")
            .env("FRONT_MCP_SEND", "off")
            .env("FRONT_MCP_RATE_LIMIT", "1")
            .env("HTTP_PROXY", "http://127.0.0.1:1")
            .env("http_proxy", "http://127.0.0.1:1")
            .args(["--send", "draft", "--sandbox"]);
    });
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{told}");
    assert_eq!(outboxes(&told), ["0", "0", "0", "1", "1"]);
}
