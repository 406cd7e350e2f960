//! Who they are: passwords, locks, and how long a sign-in holds.

use super::{DANA, EVE, Office, browser::Browser, set};

const WRONG: &str = "That is no name of an approver, or not their password.";

#[tokio::test]
async fn wrong_passwords_are_counted_by_name_and_by_address() {
    let office = Office::open().await;
    let token = office.caller("bot", &["dana"]).await;
    let (id, link) = office.seal(&token, "Guess.").await;
    let mut browser = Browser::default();
    let mut page = browser.get(&link).await;
    assert!(!page.body.contains("Guess."), "{}", page.body);
    // A name that nobody has is counted like one that somebody has.
    for name in ["dana", "nobody"] {
        for left in ["4", "3", "2", "1"] {
            page = browser
                .sign_in(&link, &page.body, (name, "wrong-one"))
                .await;
            let said = format!("{WRONG} Attempts left: {left}.");
            assert!(
                page.status == 403 && page.body.contains(&said),
                "{}",
                page.body
            );
        }
    }
    page = browser
        .sign_in(&link, &page.body, ("dana", "wrong-one"))
        .await;
    assert!(
        page.body.contains("Too many wrong attempts"),
        "{}",
        page.body
    );
    // The right one is not looked at.
    page = browser.sign_in(&link, &page.body, DANA).await;
    assert!(
        page.body.contains("Too many wrong attempts"),
        "{}",
        page.body
    );
    assert_eq!(page.status, 403);
    let page = browser.get(&link).await;
    let later = browser.sign_in(&link, &page.body, EVE).await;
    assert_eq!(later.status, 429, "{}", later.body);
    assert!(later.headers.contains_key("retry-after"));
    assert_eq!(office.state(&token, &id).await, "sealed");
    let log = office.log.lock().unwrap().clone();
    for secret in [DANA.1, "wrong-one", &link] {
        assert!(!log.contains(secret), "{log}");
    }
    office.nothing_was_sent().await;
}

#[tokio::test]
async fn a_sign_in_ends_with_its_password_and_with_a_word() {
    let office = Office::open().await;
    let token = office.caller("bot", &["dana", "eve"]).await;
    let (id, link) = office.seal(&token, "Signed in.").await;
    let (mut dana, page) = office.signed_in(&link, DANA).await;
    assert!(page.body.contains("Signed in."), "{}", page.body);
    let left = dana.press(&link, &page.body, "leave").await;
    assert!(left.body.contains("Who decides?"), "{}", left.body);

    let (mut eve, page) = office.signed_in(&link, EVE).await;
    assert!(page.body.contains("Signed in."), "{}", page.body);
    set(office.folder.path(), EVE.0, "another-secret-42");
    let refused = eve.press(&link, &page.body, "send").await;
    assert_eq!(refused.status, 403);
    assert!(
        refused.body.contains("signed in no more"),
        "{}",
        refused.body
    );
    assert_eq!(office.state(&token, &id).await, "sealed");

    // A cookie that somebody made up, for another name or for longer.
    let (mut dana, _) = office.signed_in(&link, DANA).await;
    let kept = dana.cookie("front_mcp_approver").unwrap().clone();
    let mut parts: Vec<_> = kept.split(':').collect();
    parts[3] = "eve";
    for made_up in [
        parts.join(":"),
        kept.replacen("1", "2", 1),
        String::from("::::"),
    ] {
        dana.cookie("front_mcp_approver")
            .unwrap()
            .clone_from(&made_up);
        let page = dana.get(&link).await;
        assert!(page.body.contains("Who decides?"), "{made_up}");
    }
    *dana.cookie("front_mcp_approver").unwrap() = kept;
    assert!(dana.get(&link).await.body.contains("Signed in as"));
    office.nothing_was_sent().await;
}
