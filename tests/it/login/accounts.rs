//! What is stored, in the place of what.

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
    browser::answer(&login.address, browser::ALLOW).await;
    assert_eq!(login.end().await.code, 0);
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
