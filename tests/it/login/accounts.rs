//! What is stored, in the place of what.

use front_mcp::sandbox::{OAUTH_CLIENT_ID, OAUTH_CLIENT_SECRET};
use serde_json::json;

use super::{COMPANY, Desk, browser};

#[tokio::test]
async fn a_company_that_cannot_be_read_is_no_failed_sign_in() {
    let desk = Desk::new().await;
    desk.front
        .fault(json!({"kind": "status", "value": 403, "match": {"path_prefix": "/me"}}))
        .await;
    let login = desk.login(&[]).await;
    let page = browser::answer(&login.address, browser::ALLOW).await;
    assert!(page.body.contains("<h1>Signed in</h1>"), "{}", page.body);
    assert!(page.body.contains("could not be read"), "{}", page.body);
    let ended = login.end().await;
    assert_eq!(ended.code, 0, "{ended:?}");
    ended.says(&["Signed in. ", "could not be read (Front answered 403)"]);
    let account = desk.account("default").unwrap();
    assert_eq!(account.get("company"), None);
    assert_eq!(desk.accepts(&account).await, (true, true));
}

#[tokio::test]
async fn the_same_company_takes_its_own_place() {
    let desk = Desk::new().await;
    desk.sign_in(&[]).await;
    let before = desk.account("default").unwrap();
    let ended = desk.sign_in(&[]).await;
    ended.says(&[&format!("took the place of the sign-in of “{COMPANY}”")]);
    let after = desk.account("default").unwrap();
    assert_ne!(before["access_token"], after["access_token"]);
    assert_eq!(desk.accepts(&after).await, (true, true));
}

#[tokio::test]
async fn another_company_is_not_replaced_unasked() {
    let desk = Desk::new().await;
    desk.sign_in(&[]).await;
    let before = desk.account("default").unwrap();
    desk.set(json!({"company": "Acme <b>Ltd</b>"})).await;

    let login = desk.login(&[]).await;
    let page = browser::answer(&login.address, browser::ALLOW).await;
    assert!(
        page.body.contains("Nothing was replaced") && page.body.contains("Acme &lt;b&gt;Ltd"),
        "{}",
        page.body
    );
    login.end().await.is_failure(&[
        "Nothing was replaced",
        COMPANY,
        "Acme <b>Ltd</b>",
        "--replace",
        "--account NAME",
    ]);
    assert_eq!(desk.account("default").unwrap(), before);
    assert_eq!(
        desk.count("revocations").await,
        1,
        "what is not kept is given back"
    );
    assert_eq!(desk.accepts(&before).await, (true, true));

    // Nor by one that could not be read.
    desk.front
        .fault(json!({"kind": "status", "value": 403, "match": {"path_prefix": "/me"}}))
        .await;
    let login = desk.login(&[]).await;
    browser::answer(&login.address, browser::ALLOW).await;
    login
        .end()
        .await
        .is_failure(&["Nothing was replaced", "could not be read"]);
    assert_eq!(desk.account("default").unwrap(), before);
    desk.front.heal().await;

    let ended = desk.sign_in(&["--replace"]).await;
    ended.says(&["Signed in as “Acme <b>Ltd</b>”", COMPANY]);
    assert_eq!(
        desk.account("default").unwrap()["company"],
        "Acme <b>Ltd</b>"
    );
}

#[tokio::test]
async fn the_application_of_before_need_not_be_given_again() {
    let desk = Desk::new().await;
    desk.sign_in(&[]).await;
    let redirect = format!(
        "--redirect-uri=http://127.0.0.1:{}/callback",
        super::free_port()
    );
    let mut command = desk.command(&["login", &redirect]);
    for name in ["FRONT_MCP_CLIENT_ID", "FRONT_MCP_CLIENT_SECRET"] {
        command.env_remove(name);
    }
    let login = super::Login::start(command).await;
    let said = format!("sign-in before, client id {OAUTH_CLIENT_ID}");
    assert!(login.said.contains(&said), "{}", login.said);
    browser::answer(&login.address, browser::ALLOW).await;
    assert_eq!(login.end().await.code, 0);
}

#[tokio::test]
async fn an_application_that_front_refuses_is_not_taken_again() {
    let desk = Desk::new().await;
    desk.sign_in(&[]).await;
    let path = desk.state().join("accounts/default.json");
    let mut account = desk.account("default").unwrap();
    account["client_secret"] = "was-replaced".into();
    std::fs::write(&path, account.to_string()).unwrap();
    let command = |secret: Option<&str>| {
        let redirect = format!(
            "--redirect-uri=http://127.0.0.1:{}/callback",
            super::free_port()
        );
        let mut command = desk.command(&["login", &redirect]);
        command.env_remove("FRONT_MCP_CLIENT_ID");
        match secret {
            Some(secret) => command.env("FRONT_MCP_CLIENT_SECRET", secret),
            None => command.env_remove("FRONT_MCP_CLIENT_SECRET"),
        };
        command
    };
    let login = super::Login::start(command(None)).await;
    browser::answer(&login.address, browser::ALLOW).await;
    login.end().await.is_failure(&[
        "does not take the client secret",
        "`--client-id` and `--client-secret`",
    ]);

    let ended = super::run(command(None)).await;
    assert_eq!(ended.code, 2, "{ended:?}");
    ended.says(&["no longer accepts the client id", "`--client-secret`"]);

    // A new secret is of the same application.
    let login = super::Login::start(command(Some(OAUTH_CLIENT_SECRET))).await;
    assert!(login.said.contains(OAUTH_CLIENT_ID), "{}", login.said);
    browser::answer(&login.address, browser::ALLOW).await;
    let ended = login.end().await;
    assert_eq!(ended.code, 0, "{ended:?}");
}

#[tokio::test]
async fn what_to_run_next_is_for_the_same_account() {
    let desk = Desk::new().await;
    desk.sign_in(&["--account=acme2"]).await;
    desk.set(json!({"company": "Acme"})).await;
    let login = desk.login(&["--account=acme2"]).await;
    let page = browser::answer(&login.address, browser::ALLOW).await;
    let replace = "front-mcp login --account acme2 --replace";
    let beside = "front-mcp login --account NAME";
    let folder = desk.state().display().to_string();
    for words in [replace, beside, &folder, "--redirect-uri http://127.0.0.1:"] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    login
        .end()
        .await
        .is_failure(&[replace, beside, &folder, "--redirect-uri http://127.0.0.1:"]);

    let login = desk.login(&["--account=acme2"]).await;
    browser::answer(&login.address, browser::DENY).await;
    login
        .end()
        .await
        .is_failure(&["Run `front-mcp login --account acme2 --state-dir"]);
}

/// A call may be over while a sign-in is being renewed.
#[tokio::test]
async fn a_renewal_under_way_is_not_lost_with_a_call() {
    let desk = Desk::new().await;
    desk.set(json!({"rotation": "strict", "access_seconds": 1.0}))
        .await;
    desk.sign_in(&[]).await;
    let before = desk.account("default").unwrap();
    desk.set(json!({"access_seconds": 3600.0, "expire_now": true}))
        .await;
    let hang =
        json!({"kind": "hang", "value": 3.0, "times": 1, "match": {"path_prefix": "/oauth/token"}});
    desk.front.fault(hang).await;
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    let ended = super::run(desk.command(&["call", "list-inboxes", "--tool-timeout=1s"])).await;
    assert_eq!(ended.code, 1, "{ended:?}");
    let after = desk.account("default").unwrap();
    assert_ne!(before["refresh_token"], after["refresh_token"]);
    assert_eq!(desk.accepts(&after).await, (true, true));
    let ended = super::run(desk.command(&["call", "list-inboxes"])).await;
    assert_eq!(ended.code, 0, "{ended:?}");
}

#[tokio::test]
async fn a_server_says_at_its_start_where_nobody_is_signed_in() {
    let desk = Desk::new().await;
    let warning = "no FRONT_API_TOKEN";
    let ended = super::run(desk.command(&["serve", "--account=acme2"])).await;
    ended.says(&[warning, "front-mcp login --account acme2 --state-dir"]);
    desk.sign_in(&["--account=acme2"]).await;
    let ended = super::run(desk.command(&["serve", "--account=acme2"])).await;
    assert!(!ended.stderr.contains(warning), "{ended:?}");
}

#[cfg(unix)]
#[tokio::test]
async fn a_place_that_cannot_be_written_is_told_and_nothing_kept() {
    let desk = Desk::new().await;
    let login = desk.login(&[]).await;
    // What is there is no file that could be replaced.
    std::fs::create_dir_all(desk.state().join("accounts/default.json/x")).unwrap();
    let page = browser::answer(&login.address, browser::ALLOW).await;
    assert_eq!(page.status, 500, "{}", page.body);
    assert!(!page.body.contains("default.json"), "{}", page.body);
    let folder = desk.folder.path().display().to_string();
    assert!(!page.body.contains(&folder), "{}", page.body);
    login
        .end()
        .await
        .is_failure(&["could not be stored in", "not kept"]);
}

#[cfg(unix)]
#[tokio::test]
async fn an_interrupt_stores_nothing() {
    let desk = Desk::new().await;
    let login = desk.login(&[]).await;
    let id = login.child.id().unwrap().to_string();
    let killed = tokio::process::Command::new("kill")
        .args(["-INT", &id])
        .status()
        .await;
    assert!(killed.unwrap().success());
    login
        .end()
        .await
        .is_failure(&["interrupted", "nothing was stored"]);
    desk.kept_nothing();
}
