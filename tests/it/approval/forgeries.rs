//! What nobody but the person's own browser can bring about.

use reqwest::Method;

use super::{
    Desk,
    browser::{Browser, mark, origin},
    looking,
};

#[tokio::test]
async fn looking_approves_nothing_and_a_second_browser_sees_nothing() {
    let mut desk = Desk::start("10ms").await;
    let (id, address) = desk.seal("For one pair of eyes.").await;
    for method in [Method::HEAD, Method::OPTIONS, Method::PUT, Method::DELETE] {
        let mut passing = Browser::new();
        let request = passing.request(method, &address);
        let page = passing.take(request).await;
        assert_eq!(page.status, 405);
        assert!(!passing.has_cookies());
    }
    let (mut browser, _) = looking(&address).await;
    for query in ["", "?choice=send", "?mark=a&choice=send"] {
        assert_eq!(browser.get(&format!("{address}{query}")).await.status, 200);
    }
    for path in [
        String::new(),
        "/".into(),
        "/pin".into(),
        "/favicon.ico".into(),
        "/d/".into(),
        format!("/d/{}", "0".repeat(32)),
        format!("/{id}"),
    ] {
        let page = Browser::new()
            .get(&format!("{}{path}", origin(&address)))
            .await;
        assert!(!page.body.contains("one pair of eyes"), "{path}");
        assert!(!page.body.contains("<button"), "{path}");
        assert!(page.body.contains("front-mcp approver set"), "{path}");
    }
    let leaked = Browser::new().get(&address).await;
    assert_eq!(leaked.status, 403);
    assert!(!leaked.body.contains("one pair of eyes"));
    assert!(leaked.headers.get("set-cookie").is_none());
    assert_eq!(desk.state(&id).await, "sealed");
    desk.nothing_was_sent().await;
    desk.mcp.close().await;
}

#[tokio::test]
async fn a_forged_form_sends_nothing() {
    let mut desk = Desk::start("10ms").await;
    let (id, address) = desk.seal("Hands off.").await;
    // Before anybody looked, there is no form to send.
    let early = Browser::new()
        .post(&address, "mark=a&choice=send", &[])
        .await;
    assert_eq!(early.status, 403);
    let (mut browser, page) = looking(&address).await;
    let (_, other_address) = desk.seal("Another one.").await;
    let (mut other, other_page) = looking(&other_address).await;
    let good = format!("mark={}&choice=send", mark(&page));
    let of_other = format!("mark={}&choice=send", mark(&other_page));
    for form in [
        "choice=send",
        "mark=&choice=send",
        "mark=aaaa&choice=send",
        &format!("{good}&to=eve@evil.test"),
        &format!("{good}&choice=send"),
        &good.replace("choice=send", "choice=yes"),
        &good.replace("&choice=send", ""),
        &of_other,
        "",
    ] {
        let page = browser.post(&address, form, &[]).await;
        assert_eq!(page.status, 403, "{form}");
    }
    // With another page's cookie, and with none.
    assert_eq!(other.post(&address, &good, &[]).await.status, 403);
    assert_eq!(Browser::new().post(&address, &good, &[]).await.status, 403);
    for (name, value, status) in [
        ("origin", "http://evil.test", 403),
        ("origin", "null", 403),
        ("origin", "http://127.0.0.1:1", 403),
        ("sec-fetch-site", "cross-site", 403),
        ("sec-fetch-site", "same-site", 403),
        ("host", "evil.test", 421),
        ("host", "127.0.0.1", 421),
        ("host", "localhost.evil.test:80", 421),
    ] {
        let page = browser.post(&address, &good, &[(name, value)]).await;
        assert_eq!(page.status, status, "{name}: {value}");
    }
    let request = browser
        .request(Method::POST, &address)
        .header("content-type", "text/plain")
        .body(good.clone());
    assert_eq!(browser.take(request).await.status, 403);
    let large = format!("{good}&x={}", "a".repeat(100_000));
    assert_eq!(browser.post(&address, &large, &[]).await.status, 413);
    assert_eq!(desk.state(&id).await, "sealed");
    desk.nothing_was_sent().await;
    // The form was good all along.
    assert_eq!(browser.post(&address, &good, &[]).await.status, 303);
    assert_eq!(desk.front.send_posts().await, 1);
    desk.mcp.close().await;
}

#[tokio::test]
async fn a_foreign_name_for_this_machine_is_not_answered() {
    let mut desk = Desk::start("10ms").await;
    let (_, address) = desk.seal("Not for a rebound name.").await;
    let mut browser = Browser::new();
    let request = browser
        .request(Method::GET, &address)
        .header("host", "evil.test");
    let page = browser.take(request).await;
    assert_eq!(page.status, 421);
    assert!(!browser.has_cookies());
    // It was not the first to come: the person still is.
    looking(&address).await;
    desk.mcp.close().await;
}
