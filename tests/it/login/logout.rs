//! Signing out.

use std::fs;

use super::{COMPANY, Desk, free_port, run};
use crate::support::mcp::binary;

#[tokio::test]
async fn front_is_told_and_the_account_is_gone() {
    let desk = Desk::new().await;
    desk.sign_in(&[]).await;
    desk.sign_in(&["--account=acme"]).await;
    let account = desk.account("acme").unwrap();
    let ended = run(desk.command(&["logout", "--account=acme"])).await;
    assert_eq!(ended.code, 0, "{ended:?}");
    ended.says(&[
        "Signed out",
        "`acme`",
        COMPANY,
        "Front confirmed",
        "Still signed in: default",
    ]);
    assert!(desk.account("acme").is_none());
    assert_eq!(desk.accepts(&account).await, (false, false));
    let other = desk.account("default").unwrap();
    assert_eq!(desk.accepts(&other).await, (true, true));

    let again = run(desk.command(&["logout", "--account=acme"])).await;
    assert_eq!(again.code, 0, "{again:?}");
    again.says(&["There is no account `acme`", "Still signed in: default"]);
}

#[tokio::test]
async fn without_front_it_is_gone_all_the_same() {
    let desk = Desk::new().await;
    desk.sign_in(&[]).await;
    let mut account = desk.account("default").unwrap();
    // It is the server that granted it which is told, and no other.
    account["authority"] = format!("http://127.0.0.1:{}", free_port()).into();
    let path = desk.state().join("accounts/default.json");
    fs::write(&path, account.to_string()).unwrap();
    let ended = run(desk.command(&["logout"])).await;
    assert_eq!(ended.code, 0, "{ended:?}");
    ended.says(&[
        "Signed out",
        "Front did not confirm",
        "Settings > Developers > Apps",
    ]);
    assert!(!path.exists());
    assert_eq!(desk.count("revocations").await, 0);
}

#[tokio::test]
async fn what_cannot_be_read_is_gone_too() {
    let desk = Desk::new().await;
    desk.sign_in(&[]).await;
    let path = desk.state().join("accounts/default.json");
    fs::write(&path, "{\"refresh_token\": \"s3cret").unwrap();
    let ended = run(desk.command(&["logout"])).await;
    assert_eq!(ended.code, 0, "{ended:?}");
    ended.says(&["Signed out", "Front was not told"]);
    assert!(!format!("{ended:?}").contains("s3cret"));
    assert!(!path.exists());
}

#[tokio::test]
async fn a_token_is_not_touched() {
    let desk = Desk::new().await;
    let mut command = desk.command(&["logout"]);
    command.env("FRONT_API_TOKEN", "x");
    let ended = run(command).await;
    assert_eq!(ended.code, 0, "{ended:?}");
    ended.says(&[
        "There is no account `default`",
        "FRONT_API_TOKEN is set here",
    ]);
}

#[tokio::test]
async fn a_sandbox_is_not_the_real_sign_in() {
    let desk = Desk::new().await;
    desk.sign_in(&[]).await;
    let account = desk.account("default").unwrap();
    for by_flag in [true, false] {
        let mut command = binary();
        command
            .arg("logout")
            .env("FRONT_MCP_STATE_DIR", desk.state())
            .env("FRONT_API_TOKEN", "x");
        match by_flag {
            true => command.arg("--sandbox"),
            false => command.env("FRONT_MCP_SANDBOX", "1"),
        };
        let ended = run(command).await;
        assert_eq!(ended.code, 0, "{ended:?}");
        ended.says(&["A sandbox keeps no sign-in", "nothing was changed"]);
        assert!(!ended.stdout.contains("FRONT_API_TOKEN"), "{ended:?}");
    }
    assert_eq!(desk.account("default").unwrap(), account);
    assert_eq!(desk.count("revocations").await, 0);

    // Nor in a folder that is named.
    let path = desk.state().join("accounts/default.json");
    let mut real = account.clone();
    real["authority"] = "https://app.frontapp.com".into();
    fs::write(&path, real.to_string()).unwrap();
    run(desk.command(&["logout", "--sandbox"]))
        .await
        .is_failure(&["no sandbox’s", "Nothing was changed"]);
    assert!(path.exists());

    fs::write(&path, account.to_string()).unwrap();
    let ended = run(desk.command(&["logout", "--sandbox"])).await;
    assert_eq!(ended.code, 0, "{ended:?}");
    ended.says(&["Signed out", "Front confirmed"]);
    assert!(!path.exists());
}

#[tokio::test]
async fn a_folder_that_cannot_be_used_is_told_as_by_a_server() {
    let desk = Desk::new().await;
    for taken in [desk.state(), desk.state().join("accounts")] {
        if let Some(folder) = taken.parent() {
            fs::create_dir_all(folder).unwrap();
        }
        fs::write(&taken, "no folder").unwrap();
        for command in ["serve", "login", "logout"] {
            let ended = run(desk.command(&[command])).await;
            assert_eq!(ended.code, 2, "{command}: {ended:?}");
            ended.says(&[
                &format!("the state folder {} cannot be used", desk.state().display()),
                "set another with `--state-dir FOLDER`",
            ]);
            assert!(!ended.stdout.contains("http"), "{ended:?}");
        }
        fs::remove_file(&taken).unwrap();
    }
}
