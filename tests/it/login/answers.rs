//! What Front may answer, and what others may bring in its place.

use serde_json::json;

use super::{Desk, browser, free_port};

#[tokio::test]
async fn a_no_is_told_in_both_places() {
    let desk = Desk::new().await;
    for (choice, heading, next) in [
        (browser::DENY, "Nobody was signed in", "front-mcp login"),
        (
            browser::NO_ADMIN,
            "An administrator has to do this",
            "FRONT_API_TOKEN",
        ),
    ] {
        let login = desk.login(&[]).await;
        let page = browser::answer(&login.address, choice).await;
        assert!(
            page.body.contains(&format!("<h1>{heading}</h1>")),
            "{}",
            page.body
        );
        assert!(page.body.contains("Front said:"), "{}", page.body);
        login
            .end()
            .await
            .is_failure(&[heading, "Front said: “", next, "Nothing was stored"]);
    }
    desk.kept_nothing();
}

#[tokio::test]
async fn fronts_words_are_quoted_and_inert() {
    let desk = Desk::new().await;
    let login = desk.login(&[]).await;
    let state = browser::parameter(&login.address, "state");
    let words = format!(
        "%3Cscript%3Ealert(1)%3C/script%3E%0D%0ASet-Cookie:+x%1B%5B2J%E2%80%AE{}",
        "x".repeat(2000)
    );
    let query = format!("error=access_denied&error_description={words}&state={state}");
    let page = browser::open(&browser::callback(&login.address, &query)).await;
    assert!(!page.headers.contains_key("set-cookie"));
    assert!(!page.body.contains("<script"), "{}", page.body);
    assert!(
        page.body.contains("&lt;script&gt;alert(1)"),
        "{}",
        page.body
    );
    let ended = login.end().await;
    ended.is_failure(&["Front said: “<script>alert(1)</script> Set-Cookie: x[2Jxxx"]);
    assert!(
        !ended.stderr.contains(['\u{1b}', '\u{202e}', '\r']),
        "{ended:?}"
    );
    assert!(!ended.stderr.contains(&"x".repeat(301)), "{ended:?}");
}

#[tokio::test]
async fn what_others_bring_does_not_end_the_sign_in() {
    let desk = Desk::new().await;
    let login = desk.login(&[]).await;
    let answer = browser::answered(&login.address, browser::ALLOW).await;
    let state = browser::parameter(&login.address, "state");
    for (query, status) in [
        (String::new(), 400),
        ("code=evil".to_owned(), 400),
        ("code=evil&state=evil".to_owned(), 403),
        ("error=access_denied&state=evil".to_owned(), 403),
        (format!("code=evil&code=evil&state={state}"), 400),
        (
            format!("code=evil&state={state}&iss=https://evil.test"),
            403,
        ),
        (format!("state={state}"), 400),
    ] {
        let page = browser::open(&browser::callback(&login.address, &query)).await;
        assert_eq!(page.status, status, "{query}: {}", page.body);
        assert!(
            page.body.contains("No sign-in was changed"),
            "{}",
            page.body
        );
        assert!(!page.body.contains("evil"), "{}", page.body);
    }
    for _ in 0..100 {
        let page = browser::open(&browser::callback(&login.address, "code=a&state=b")).await;
        assert!(matches!(page.status, 403 | 429), "{}", page.status);
    }
    let page = browser::open(&browser::callback(&login.address, "code=a&state=b")).await;
    assert_eq!(page.status, 429);
    assert_eq!(browser::open(&answer).await.status, 200);
    let ended = login.end().await;
    assert_eq!(ended.code, 0, "{ended:?}");
    assert_eq!(ended.stderr.matches("turned away").count(), 3, "{ended:?}");
}

#[tokio::test]
async fn an_answer_counts_once() {
    let desk = Desk::new().await;
    let login = desk.login(&[]).await;
    let answer = browser::answered(&login.address, browser::ALLOW).await;
    let hang =
        json!({"kind": "hang", "value": 1.0, "times": 1, "match": {"path_prefix": "/oauth/token"}});
    desk.front.fault(hang).await;
    let first = tokio::spawn({
        let answer = answer.clone();
        async move { browser::open(&answer).await }
    });
    let second = loop {
        let page = browser::open(&answer).await;
        if page.status == 410 || first.is_finished() {
            break page;
        }
    };
    // Whichever of the two came first was the answer.
    let first = first.await.unwrap();
    let mut both = [first.status, second.status];
    both.sort_unstable();
    assert_eq!(both, [200, 410]);
    assert!(format!("{}{}", first.body, second.body).contains("This sign-in is answered already"));
    assert_eq!(login.end().await.code, 0);
    assert_eq!(desk.count("codes_exchanged").await, 1);
}

#[tokio::test]
async fn a_code_that_was_used_or_is_too_old() {
    let desk = Desk::new().await;
    let login = desk.login(&[]).await;
    let answer = browser::answered(&login.address, browser::ALLOW).await;
    let code = browser::parameter(&answer, "code");
    assert_eq!(browser::open(&answer).await.status, 200);
    assert_eq!(login.end().await.code, 0);

    let heading = "Front no longer takes the code";
    let login = desk.login(&["--account=other"]).await;
    let state = browser::parameter(&login.address, "state");
    let replayed = browser::callback(&login.address, &format!("code={code}&state={state}"));
    let page = browser::open(&replayed).await;
    assert!(page.body.contains(heading), "{}", page.body);
    login
        .end()
        .await
        .is_failure(&[heading, "Nothing was stored"]);

    desk.set(json!({"code_seconds": 0.0})).await;
    let login = desk.login(&["--account=other"]).await;
    let page = browser::answer(&login.address, browser::ALLOW).await;
    assert!(page.body.contains(heading), "{}", page.body);
    login
        .end()
        .await
        .is_failure(&[heading, "Nothing was stored"]);
    assert!(desk.account("other").is_none());
}

#[tokio::test]
async fn a_client_that_front_does_not_know() {
    let desk = Desk::new().await;
    let redirect = format!("--redirect-uri=http://127.0.0.1:{}/callback", free_port());
    let mut command = desk.command(&["login", &redirect]);
    command.env("FRONT_MCP_CLIENT_SECRET", "wrong-s3cret");
    let login = super::Login::start(command).await;
    let page = browser::answer(&login.address, browser::ALLOW).await;
    assert!(
        page.body.contains("does not take the client secret"),
        "{}",
        page.body
    );
    let ended = login.end().await;
    ended.is_failure(&[
        "does not take the client secret",
        "Settings > Developers > Apps",
    ]);
    assert!(!format!("{ended:?}").contains("wrong-s3cret"));
    desk.kept_nothing();
}

#[tokio::test]
async fn front_that_cannot_be_reached() {
    let desk = Desk::new().await;
    let nobody = format!("http://127.0.0.1:{}", free_port());
    let redirect = format!("--redirect-uri=http://127.0.0.1:{}/callback", free_port());
    let mut command = desk.command(&["login", &redirect]);
    command.env("FRONT_OAUTH_BASE_URL", &nobody);
    let login = super::Login::start(command).await;
    let state = browser::parameter(&login.address, "state");
    let query = format!("code=s3cret-code&state={state}");
    let page = browser::open(&browser::callback(&login.address, &query)).await;
    assert_eq!(page.status, 502);
    assert!(
        page.body.contains("Front cannot be reached"),
        "{}",
        page.body
    );
    let ended = login.end().await;
    ended.is_failure(&["Front cannot be reached", &nobody, "Nothing was stored"]);
    assert!(!ended.stderr.contains("s3cret-code"));
    desk.kept_nothing();
}

#[tokio::test]
async fn the_client_may_have_to_go_into_the_body() {
    let desk = Desk::new().await;
    desk.set(json!({"client_auth": "body"})).await;
    desk.sign_in(&[]).await;
    assert_eq!(desk.account("default").unwrap()["client_auth"], "body");
}
