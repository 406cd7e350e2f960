//! What a person brings about.

use serde_json::json;

use super::{CONVERSATION, Desk, looking};
use crate::support::verdict;

#[tokio::test]
async fn send_sends_once_and_the_waiting_call_answers_it() {
    let mut desk = Desk::start("45s").await;
    let arguments = json!({ "conversation_id": CONVERSATION, "body": "On its way today." });
    let call = desk.mcp.post_call("send-message", arguments).await;
    let address = desk.address().await;
    let (mut browser, page) = looking(&address).await;
    assert!(page.contains("On its way today."), "{page}");
    assert!(page.contains("outside your domains"), "{page}");
    desk.nothing_was_sent().await;

    let sent = browser.press(&address, &page, "send").await;
    assert_eq!(sent.status, 200);
    assert!(sent.body.contains("<h1>Sent</h1>"), "{}", sent.body);
    assert!(!sent.body.contains("<button"), "{}", sent.body);
    let result = desk.mcp.result(call).await;
    let report = verdict::good("send-message", &result);
    assert_eq!(report["state"], "sent", "{result}");

    // A second click, from the page as it was.
    let again = browser.press(&address, &page, "send").await;
    assert!(again.body.contains("<h1>Sent</h1>"), "{}", again.body);
    let late = browser.press(&address, &page, "decline").await;
    assert!(late.body.contains("changed nothing"), "{}", late.body);
    assert_eq!(desk.front.outbox().await.len(), 1);
    assert_eq!(desk.front.send_posts().await, 1);
    desk.mcp.close().await;
}

#[tokio::test]
async fn a_double_click_is_one_send() {
    let mut desk = Desk::start("10ms").await;
    let (_, address) = desk.seal("Clicked with a nervous finger.").await;
    let (browser, page) = looking(&address).await;
    let form = format!("mark={}&choice=send", super::browser::mark(&page));
    let clicks = (0..16).map(|_| {
        browser
            .request(reqwest::Method::POST, &address)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form.clone())
            .send()
    });
    let clicks: Vec<_> = clicks.map(tokio::spawn).collect();
    for click in clicks {
        assert_eq!(click.await.unwrap().unwrap().status(), 303);
    }
    assert_eq!(desk.front.send_posts().await, 1);
    desk.mcp.close().await;
}

#[tokio::test]
async fn decline_closes_it_for_good() {
    let mut desk = Desk::start("10ms").await;
    let (id, address) = desk.seal("Better not.").await;
    let (mut browser, page) = looking(&address).await;
    let declined = browser.press(&address, &page, "decline").await;
    assert!(declined.body.contains("<h1>Declined</h1>"));
    let after = browser.press(&address, &page, "send").await;
    assert!(after.body.contains("<h1>Declined</h1>"), "{}", after.body);
    assert!(after.body.contains("changed nothing"), "{}", after.body);
    assert_eq!(desk.state(&id).await, "declined");
    desk.nothing_was_sent().await;
    desk.mcp.close().await;
}

#[tokio::test]
async fn what_expired_is_not_sent() {
    let mut desk = Desk::start("10ms").await;
    let (id, address) = desk.seal("Too late.").await;
    let (mut browser, page) = looking(&address).await;
    desk.expire(&id);
    let late = browser.press(&address, &page, "send").await;
    assert!(
        late.body.contains("<h1>Expired, not sent</h1>"),
        "{}",
        late.body
    );
    assert_eq!(desk.state(&id).await, "expired");
    desk.nothing_was_sent().await;
    desk.mcp.close().await;
}

#[tokio::test]
async fn opened_twice_in_one_browser_is_one_page() {
    let mut desk = Desk::start("10ms").await;
    let (_, address) = desk.seal("Seen twice.").await;
    let (mut browser, first) = looking(&address).await;
    let second = browser.get(&address).await;
    assert_eq!(second.status, 200);
    let marks = [&first, &second.body].map(|page| super::browser::mark(page).to_owned());
    assert_ne!(marks[0], marks[1], "each rendering has its own");
    // Asking again opens another door to the same envelope.
    let (_, other) = desk.seal("Seen twice.").await;
    assert_ne!(other, address);
    let (mut elsewhere, page) = looking(&other).await;
    elsewhere.press(&other, &page, "send").await;
    let stale = browser.press(&address, &first, "send").await;
    assert!(stale.body.contains("<h1>Sent</h1>"), "{}", stale.body);
    assert_eq!(desk.front.send_posts().await, 1);
    desk.mcp.close().await;
}

#[tokio::test]
async fn each_outcome_is_told() {
    for (kind, title) in [
        (
            json!({ "kind": "status", "value": 400 }),
            "Not sent: Front refused it",
        ),
        (
            json!({ "kind": "reset" }),
            "Perhaps sent: nobody can know yet",
        ),
        (
            json!({ "kind": "status", "value": 429, "retry_after": 1 }),
            "Approved, not sent yet",
        ),
    ] {
        let mut desk = Desk::start("10ms").await;
        let (_, address) = desk.seal("What becomes of it?").await;
        let (mut browser, page) = looking(&address).await;
        desk.front.fault_on("POST", kind).await;
        let told = browser.press(&address, &page, "send").await;
        assert!(
            told.body.contains(&format!("<h1>{title}</h1>")),
            "{}",
            told.body
        );
        desk.front.heal().await;
        if title.starts_with("Approved") {
            assert!(told.body.contains("Send again"), "{}", told.body);
            let sent = browser.press(&address, &told.body, "send").await;
            assert!(sent.body.contains("<h1>Sent</h1>"), "{}", sent.body);
            assert_eq!(desk.front.outbox().await.len(), 1);
        }
        desk.mcp.close().await;
    }
}

#[tokio::test]
async fn a_conversation_that_moved_on_is_not_answered() {
    let mut desk = Desk::start("10ms").await;
    let (_, address) = desk.seal("An answer to what was.").await;
    let (mut browser, page) = looking(&address).await;
    let path = format!("/conversations/{CONVERSATION}/messages");
    let body = json!({ "body": "A colleague was faster." });
    desk.front
        .ask(reqwest::Method::POST, &path, Some(body))
        .await;
    let told = browser.press(&address, &page, "send").await;
    assert!(told.body.contains("newer message"), "{}", told.body);
    assert!(
        told.body.contains("<h1>Expired, not sent</h1>"),
        "{}",
        told.body
    );
    assert_eq!(desk.front.outbox().await.len(), 1, "the colleague's alone");
    desk.mcp.close().await;
}
