//! What those decide whom the operator named.

use serde_json::json;

use super::{DANA, EVE, Office, browser::mark};
use crate::support::verdict;

#[tokio::test]
async fn each_approver_decides_on_what_is_theirs() {
    let office = Office::open().await;
    let ours = office.caller("support-bot", &["dana"]).await;
    let others = office.caller("sales-bot", &["eve"]).await;
    let (first, link) = office.seal(&ours, "From support.").await;
    let (second, other_link) = office.seal(&others, "From sales.").await;

    let (mut dana, page) = office.signed_in(&link, DANA).await;
    assert_eq!(page.status, 200, "{}", page.body);
    for words in ["From support.", "Signed in as", "dana", "support-bot"] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    office.nothing_was_sent().await;
    let form = format!("mark={}&choice=send", mark(&page.body));
    let sent = dana.press(&link, &page.body, "send").await;
    assert!(
        sent.body.contains("approved on this page by dana"),
        "{}",
        sent.body
    );
    assert_eq!(office.state(&ours, &first).await, "sent");
    office.has_sent(1).await;
    // A second click, a form that is sent again, and a change of mind.
    assert_eq!(dana.post(&link, &form).await.status, 303);
    let late = dana.post(&link, &form.replace("=send", "=decline")).await;
    assert!(late.body.contains("decided before"), "{}", late.body);
    office.has_sent(1).await;

    let (mut eve, page) = office.signed_in(&other_link, EVE).await;
    let declined = eve.press(&other_link, &page.body, "decline").await;
    assert!(
        declined.body.contains("Nothing was sent"),
        "{}",
        declined.body
    );
    assert_eq!(office.state(&others, &second).await, "declined");
    office.has_sent(1).await;

    let said = |event: &str, by: &str| [event, "page", by, ""].map(str::to_owned);
    let record = office.recorded(&first).await;
    assert!(record.contains(&said("approved", "dana")), "{record:?}");
    assert!(record.contains(&said("sent", "dana")), "{record:?}");
    let record = office.recorded(&second).await;
    assert!(record.contains(&said("declined", "eve")), "{record:?}");
}

#[tokio::test]
async fn who_is_shut_out_sends_nothing_that_waited() {
    let office = Office::open().await;
    let token = office.caller("bot", &["dana"]).await;
    let (_, link) = office.seal(&token, "Too late.").await;
    let (mut dana, page) = office.signed_in(&link, DANA).await;
    let mut command = crate::support::mcp::binary();
    command.args(["token", "revoke", "bot", "--state-dir"]);
    assert!(
        command
            .arg(office.folder.path())
            .status()
            .await
            .unwrap()
            .success()
    );
    let refused = dana.press(&link, &page.body, "send").await;
    assert!(refused.body.contains("shut out since"), "{}", refused.body);
    office.nothing_was_sent().await;
}

#[tokio::test]
async fn without_an_approver_nothing_is_sealed() {
    let office = Office::open().await;
    let token = office.caller("bot", &[]).await;
    let arguments = json!({ "conversation_id": super::CONVERSATION, "body": "To nobody." });
    let result = office.call(&token, "send-message", arguments).await;
    verdict::bad("send-message", &result);
    let text = result["content"][0]["text"].as_str().unwrap();
    assert!(text.contains("named nobody"), "{text}");
    assert!(text.contains("front-mcp token create --approver"), "{text}");
    office.nothing_was_sent().await;
}

/// An answer of the client's own dialog is the agent's word, whatever it says.
#[tokio::test]
async fn the_client_is_not_asked_and_its_answers_do_not_count() {
    let office = Office::open().await;
    let token = office.caller("bot", &["dana"]).await;
    let (id, _) = office.seal(&token, "Not by the client.").await;
    let params = json!({
        "name": "send-message",
        "arguments": { "conversation_id": super::CONVERSATION, "body": "Not by the client." },
        "inputResponses": { "approval": { "action": "accept", "content": { "word": "yes" } } },
        "requestState": "AAAA",
    });
    let answer = office.request(&token, params).await;
    assert!(!answer.to_string().contains("inputRequests"), "{answer}");
    let confirm = office
        .call(&token, "confirm-send", json!({ "envelope_id": id }))
        .await;
    verdict::bad("confirm-send", &confirm);
    assert_eq!(office.state(&token, &id).await, "sealed");
    office.nothing_was_sent().await;
}
