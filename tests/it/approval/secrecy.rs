//! The page's address is told to the person's browser alone.

use std::{fs, os::unix::fs::PermissionsExt as _};

use serde_json::json;

use super::{CONVERSATION, Desk, looking};
use crate::support::{
    front::Front,
    mcp::{Era, Mcp, server},
    verdict,
};

#[tokio::test]
async fn no_log_line_and_no_result_holds_the_address() {
    let mut desk = Desk::logging("10ms", "trace").await;
    let arguments = json!({ "conversation_id": CONVERSATION, "body": "Hush." });
    let result = desk.mcp.call("send-message", arguments).await;
    let id = verdict::good("send-message", &result)["envelope_id"]
        .as_str()
        .unwrap()
        .to_owned();
    let address = desk.address().await;
    let (mut browser, page) = looking(&address).await;
    super::Browser::new().get(&address).await;
    browser.post(&address, "mark=x&choice=send", &[]).await;
    browser.press(&address, &page, "send").await;
    let checked = desk
        .mcp
        .call("check-send", json!({ "envelope_id": id }))
        .await;
    assert_eq!(desk.front.send_posts().await, 1);
    let log = desk.mcp.close().await;
    assert!(log.contains("TRACE") && log.contains(&id), "{log}");
    let (origin, secret) = address.split_once("/d/").unwrap();
    let port = origin.rsplit_once(':').unwrap().1;
    for (place, text) in [
        ("result", result.to_string()),
        ("check", checked.to_string()),
        ("log", log),
    ] {
        assert!(!text.contains(secret), "the secret is in the {place}");
        assert!(
            !text.contains(&format!(":{port}")),
            "the port is in the {place}"
        );
    }
}

#[tokio::test]
async fn without_a_browser_it_says_so_and_listens_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("config.toml");
    fs::write(
        &config,
        "[send]\nask = [\"page\"]\nbrowser = \"no-such-browser\"\n",
    )
    .unwrap();
    let front = Front::start().await;
    for is_named in [true, false] {
        let flag = match is_named {
            true => format!("--config={}", config.display()),
            false => "--log=warn".to_owned(),
        };
        let command = server(&front.base(), &[&flag]);
        let mut mcp = Mcp::start(command, Era::Handshake).await;
        let arguments = json!({ "conversation_id": CONVERSATION, "body": "Anybody?" });
        let result = mcp.call("send-message", arguments).await;
        let report = verdict::good("send-message", &result);
        assert_eq!(report["state"], "sealed", "{result}");
        assert!(
            report["next"].as_str().unwrap().contains("no browser"),
            "{result}"
        );
        let log = mcp.close().await;
        // On a desktop system of another kind a browser is always there.
        assert!(
            log.contains("could not be opened") || cfg!(target_os = "macos"),
            "{log}"
        );
        assert!(!log.contains("/d/"), "{log}");
    }
    assert_eq!(front.send_posts().await, 0);
}

/// The platform's opener is told of a private file, and of nothing else.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn the_platforms_opener_sees_neither_the_address_nor_the_token() {
    let folder = tempfile::tempdir().unwrap();
    let seen = folder.path().join("seen");
    let opener = folder.path().join("xdg-open");
    let script = format!(
        "#!/bin/sh\nprintf '%s\\n' \"$#\" \"$1\" > '{seen}.part'\nenv >> '{seen}.part'\nmv '{seen}.part' '{seen}'\n",
        seen = seen.display()
    );
    fs::write(&opener, script).unwrap();
    fs::set_permissions(&opener, fs::Permissions::from_mode(0o700)).unwrap();
    let state = folder.path().join("state");
    for state in ["memory", state.to_str().unwrap()] {
        let front = Front::start().await;
        let mut command = server(&front.base(), &[]);
        let path = std::env::var("PATH").unwrap();
        command
            .env("PATH", format!("{}:{path}", folder.path().display()))
            .env("DISPLAY", ":99")
            .env("FRONT_MCP_STATE_DIR", state);
        let mut mcp = Mcp::start(command, Era::Handshake).await;
        let arguments = json!({ "conversation_id": CONVERSATION, "body": "By a file." });
        let call = mcp.post_call("send-message", arguments).await;
        let told = loop {
            if let Ok(told) = fs::read_to_string(&seen) {
                break told;
            }
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        };
        fs::remove_file(&seen).unwrap();
        let mut lines = told.lines();
        assert_eq!(lines.next(), Some("1"), "one argument");
        let file = lines.next().unwrap();
        assert!(
            !told.contains("127.0.0.1") && !told.contains("FRONT_"),
            "{told}"
        );
        let mode = |path: &str| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(file), 0o600);
        assert_eq!(mode(file.rsplit_once('/').unwrap().0), 0o700);
        let text = fs::read_to_string(file).unwrap();
        let (_, rest) = text.split_once("content=\"0;url=").unwrap();
        let address = rest.split('"').next().unwrap();
        let (mut browser, page) = looking(address).await;
        browser.press(address, &page, "decline").await;
        let result = mcp.result(call).await;
        assert_eq!(verdict::good("send-message", &result)["state"], "declined");
        mcp.close().await;
    }
}
