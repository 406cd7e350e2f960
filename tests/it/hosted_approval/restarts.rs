//! What a server that ends leaves behind, and a terminal beside it.

use super::{DANA, Office, browser::origin};

#[tokio::test]
async fn another_server_of_the_same_state_goes_on() {
    let mut office = Office::open().await;
    let token = office.caller("bot", &["dana"]).await;
    let (id, link) = office.seal(&token, "Across a restart.").await;
    let (mut dana, page) = office.signed_in(&link, DANA).await;
    let before = office.origin.clone();
    office.restart().await;
    let link = link.replace(&before, &office.origin);
    assert_ne!(origin(&link), before);
    // Nobody called the new server yet, and dana need not sign in again.
    let sent = dana.press(&link, &page.body, "send").await;
    assert!(sent.body.contains("Front accepted"), "{}", sent.body);
    office.has_sent(1).await;
    assert_eq!(office.state(&token, &id).await, "sent");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_terminal_asks_for_the_name_and_the_next_server_sends() {
    let mut office = Office::open().await;
    let token = office.caller("bot", &["dana"]).await;
    let (id, _) = office.seal(&token, "At a terminal.").await;
    office.end().await;
    let (code, seen) = at_terminal(office.folder.path(), &[&id], &[]);
    assert!(code == 1 && seen.contains("decided by dana"), "{seen}");
    let (code, seen) = at_terminal(office.folder.path(), &[&id, "--as", "eve"], &[]);
    assert!(code == 1 && seen.contains("decided by dana"), "{seen}");
    let answers = [
        ("anything else to leave it: ", "send"),
        ("PIN or password of dana: ", DANA.1),
    ];
    let (code, seen) = at_terminal(office.folder.path(), &[&id, "--as", "dana"], &answers);
    assert!(
        code == 1 && seen.contains("Approved, and not sent"),
        "{seen}"
    );
    office.nothing_was_sent().await;
    office.begin().await;
    office.has_sent(1).await;
    let said = ["approved", "terminal", "dana", ""].map(str::to_owned);
    let record = office.recorded(&id).await;
    assert!(record.contains(&said), "{record:?}");
}

/// `front-mcp approve` on a terminal, with these questions answered.
#[cfg(unix)]
fn at_terminal(
    folder: &std::path::Path,
    arguments: &[&str],
    answers: &[(&str, &str)],
) -> (i32, String) {
    use rexpect::{process::WaitStatus, session::spawn_command};
    let inner = crate::support::mcp::binary();
    let inner = inner.as_std();
    let mut command = std::process::Command::new(inner.get_program());
    for (name, value) in inner.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command.env("FRONT_API_TOKEN", front_mcp::sandbox::TOKEN);
    command.arg("approve").args(arguments);
    command.arg("--state-dir").arg(folder);
    let mut session = spawn_command(command, Some(60_000)).unwrap();
    let mut seen = String::new();
    for (question, answer) in answers {
        seen += &session.exp_string(question).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(300));
        session.send_line(answer).unwrap();
    }
    seen += &session.exp_eof().unwrap();
    match session.process().wait().unwrap() {
        WaitStatus::Exited(_, code) => (code, seen),
        status => panic!("{status:?}"),
    }
}
