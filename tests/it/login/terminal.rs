//! At a terminal: what is asked, and what is not shown.

use std::{fs::File, process::Command, time::Instant};

use front_mcp::sandbox::{OAUTH_CLIENT_ID, OAUTH_CLIENT_SECRET};
use rexpect::{
    process::WaitStatus,
    session::{PtySession, spawn_command},
};
use rustix::termios::{LocalModes, tcgetattr};
use serde_json::json;

use super::{COMPANY, Desk, browser, free_port};
use crate::support::mcp::HANG;

/// A command on a terminal of its own.
fn start(desk: &Desk, arguments: &[&str], without: &[&str]) -> PtySession {
    let redirect = format!("--redirect-uri=http://127.0.0.1:{}/callback", free_port());
    let all = [&["login", &redirect], arguments].concat();
    let inner = desk.command(&all);
    let inner = inner.as_std();
    let mut shell = Command::new("sh");
    // Wide, so that an address is not broken.
    shell
        .args(["-c", "stty echo cols 500; exec \"$@\"", "sh"])
        .arg(inner.get_program())
        .args(inner.get_args());
    for (name, value) in inner.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    for name in without {
        shell.env_remove(name);
    }
    let patience = u64::try_from(HANG.as_millis()).unwrap();
    spawn_command(shell, Some(patience)).unwrap()
}

/// The address that it prints, on a line of its own.
fn address(session: &mut PtySession) -> String {
    session.exp_string("\r\nhttp://").unwrap();
    let rest = session.read_line().unwrap();
    format!("http://{}", rest.trim())
}

fn code(session: &PtySession) -> i32 {
    match session.process().wait().unwrap() {
        WaitStatus::Exited(_, code) => code,
        status => panic!("{status:?}"),
    }
}

/// Pages are opened on threads of their own: the terminal is read as a person reads, waiting.
fn answer(address: String, choice: (&'static str, &'static str)) -> String {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async { browser::answer(&address, choice).await.body })
}

#[test]
fn the_client_is_asked_for_and_its_secret_not_shown() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let desk = runtime.block_on(Desk::new());
    let without = ["FRONT_MCP_CLIENT_ID", "FRONT_MCP_CLIENT_SECRET"];
    let mut session = start(&desk, &[], &without);
    let device: File = session.process().get_file_handle().unwrap();
    let mut seen = session.exp_string("client id: ").unwrap();
    assert!(seen.contains("Settings > Developers > Apps"), "{seen}");
    assert!(seen.contains("/callback"), "{seen}");
    session.send_line(OAUTH_CLIENT_ID).unwrap();
    seen += &session.exp_string("client secret (not shown): ").unwrap();
    let begun = Instant::now();
    let echoes = || {
        tcgetattr(&device)
            .unwrap()
            .local_modes
            .contains(LocalModes::ECHO)
    };
    while echoes() {
        assert!(begun.elapsed() < HANG, "it echoes");
        std::thread::yield_now();
    }
    session.send_line(OAUTH_CLIENT_SECRET).unwrap();
    let page = answer(address(&mut session), browser::ALLOW);
    assert!(page.contains("Signed in as"), "{page}");
    seen += &session.exp_eof().unwrap();
    assert_eq!(code(&session), 0, "{seen}");
    assert!(!seen.contains(OAUTH_CLIENT_SECRET), "{seen}");
    assert_eq!(desk.account("default").unwrap()["company"], COMPANY);
}

#[test]
fn another_company_is_replaced_by_a_yes_alone() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let desk = runtime.block_on(async {
        let desk = Desk::new().await;
        desk.sign_in(&[]).await;
        desk.set(json!({"company": "Acme"})).await;
        desk
    });
    for (typed, expected, company) in [("y", 1, COMPANY), ("yes", 0, "Acme")] {
        let mut session = start(&desk, &[], &[]);
        let page = answer(address(&mut session), browser::ALLOW);
        assert!(page.contains("One question in the terminal"), "{page}");
        let seen = session.exp_string("to replace it: ").unwrap();
        assert!(seen.contains(COMPANY) && seen.contains("Acme"), "{seen}");
        session.send_line(typed).unwrap();
        let seen = session.exp_eof().unwrap();
        assert_eq!(code(&session), expected, "{seen}");
        assert_eq!(desk.account("default").unwrap()["company"], company);
    }
}

#[test]
fn an_application_that_front_refused_is_asked_for_anew() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let desk = runtime.block_on(async {
        let desk = Desk::new().await;
        desk.sign_in(&[]).await;
        desk
    });
    let mut account = desk.account("default").unwrap();
    account["ended"] = json!("client");
    let path = desk.state().join("accounts/default.json");
    std::fs::write(path, account.to_string()).unwrap();
    let without = ["FRONT_MCP_CLIENT_ID", "FRONT_MCP_CLIENT_SECRET"];
    let mut session = start(&desk, &[], &without);
    let seen = session.exp_string("client id: ").unwrap();
    assert!(seen.contains("no longer accepts the client id"), "{seen}");
    session.send_line(OAUTH_CLIENT_ID).unwrap();
    session.exp_string("client secret (not shown): ").unwrap();
}
