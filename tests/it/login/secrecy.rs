//! What must be said nowhere.

use front_mcp::sandbox::OAUTH_CLIENT_SECRET;

use super::{Desk, browser, files, run};

#[tokio::test]
async fn no_log_page_or_error_holds_a_secret() {
    let desk = Desk::new().await;
    let login = desk.login(&["--log=trace"]).await;
    let answer = browser::answered(&login.address, browser::ALLOW).await;
    let (code, state) = (
        browser::parameter(&answer, "code"),
        browser::parameter(&answer, "state"),
    );
    let wrong = browser::callback(&login.address, &format!("code={code}&state=other"));
    let wrong = browser::open(&wrong).await;
    let page = browser::open(&answer).await;
    let ended = login.end().await;
    assert_eq!(ended.code, 0, "{ended:?}");
    let account = desk.account("default").unwrap();
    let out = run(desk.command(&["logout", "--log=trace"])).await;
    let secrets = [
        code.as_str(),
        OAUTH_CLIENT_SECRET,
        account["access_token"].as_str().unwrap(),
        account["refresh_token"].as_str().unwrap(),
    ];
    for said in [
        &wrong.body,
        &page.body,
        &ended.stdout,
        &ended.stderr,
        &out.stdout,
        &out.stderr,
    ] {
        for secret in secrets {
            assert!(!said.contains(secret), "{said}");
        }
    }
    // The address on standard output is for the person; it stands nowhere else.
    assert_eq!(ended.stdout.matches(&state).count(), 1);
    for said in [&wrong.body, &page.body, &ended.stderr] {
        assert!(!said.contains(&state), "{said}");
    }
    let left = files(&desk.state());
    assert!(
        left.iter().all(|file| file.ends_with("default.lock")),
        "{left:?}"
    );
}
