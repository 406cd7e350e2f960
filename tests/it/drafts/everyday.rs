//! What drafts are for.

use front_mcp::sandbox::landmarks::{SUPPORT_CHANNEL, SUPPORT_TEAMMATE, URGENT_CONVERSATION};
use reqwest::Method;
use serde_json::json;

use super::{at_front, comments, draft, leave, people, serving, update};
use crate::support::{front::Front, verdict};

#[tokio::test]
async fn a_draft_is_left_changed_and_deleted_and_nothing_is_sent() {
    let front = Front::start().await;
    let mut mcp = serving(&front, &[]).await;
    let report = leave(&mut mcp, json!({})).await;
    assert_eq!(report["mode"], "shared");
    assert_eq!(report["conversation_id"], URGENT_CONVERSATION);
    let next = report["next"].as_str().unwrap();
    assert!(next.contains("a person sends it"), "{next}");
    let id = report["draft_id"].as_str().unwrap().to_owned();
    let first = at_front(&front, &id).await;
    assert_eq!(first["draft_mode"], "shared");
    assert_eq!(first["version"], report["version"]);

    let wanted = json!({ "conversation_id": URGENT_CONVERSATION });
    let result = mcp.call("list-drafts", wanted.clone()).await;
    let listed = &verdict::good("list-drafts", &result)["drafts"][0];
    assert_eq!(listed["message_id"], id.as_str());
    assert_eq!(listed["version"], report["version"]);
    assert_eq!(listed["own"], true);

    // Three times: the version that each change leaves is remembered.
    for words in ["Second **words**.", "Third words.", "Fourth words."] {
        let result = update(&mut mcp, &id, json!({ "body": words })).await;
        let changed = verdict::good("update-draft", &result);
        assert!(changed.get("comment_id").is_none(), "{changed}");
    }
    let now = at_front(&front, &id).await;
    assert!(now["body"].as_str().unwrap().contains("Fourth words."));
    assert_ne!(now["version"], first["version"]);
    assert_eq!(now["recipients"], first["recipients"]);
    assert_eq!(now["subject"], first["subject"]);

    let result = mcp.call("delete-draft", json!({ "draft_id": id })).await;
    let deleted = verdict::good("delete-draft", &result);
    assert_eq!(deleted["deleted"], id.as_str());
    assert_eq!(deleted["conversation_id"], URGENT_CONVERSATION);
    let result = mcp.call("list-drafts", wanted).await;
    let left = verdict::good("list-drafts", &result)["drafts"].clone();
    assert_eq!(left, json!([]));
    assert_eq!(front.send_posts().await, 0);
    mcp.close().await;
}

#[tokio::test]
async fn what_is_not_given_stays() {
    let front = Front::start().await;
    let mut mcp = serving(&front, &[]).await;
    let report = leave(
        &mut mcp,
        json!({
            "channel_id": SUPPORT_CHANNEL, "to": ["jo@acme.example"],
            "cc": ["al@acme.example"], "subject": "Hello", "author": "marin",
        }),
    )
    .await;
    let id = report["draft_id"].as_str().unwrap();
    let result = update(&mut mcp, id, json!({ "subject": "Good morning" })).await;
    verdict::good("update-draft", &result);
    let now = at_front(&front, id).await;
    assert_eq!(now["subject"], "Good morning");
    assert!(now["body"].as_str().unwrap().contains("First words."));
    assert_eq!(now["author"]["id"], SUPPORT_TEAMMATE);
    let nothing = update(&mut mcp, id, json!({})).await;
    let text = verdict::refuses("update-draft", "body", &nothing);
    assert!(text.contains("nothing to change"), "{text}");
    mcp.close().await;
}

#[tokio::test]
async fn new_recipients_of_a_shared_draft_are_told_in_a_comment() {
    let front = Front::start().await;
    let mut mcp = serving(&front, &[]).await;
    let id = draft(&mut mcp).await;
    let before = comments(&front).await.len();
    let result = update(&mut mcp, &id, json!({ "bcc": ["spy@evil.test"] })).await;
    let changed = verdict::good("update-draft", &result);
    assert!(changed["comment_id"].is_string(), "{changed}");
    let told = comments(&front).await;
    assert_eq!(told.len(), before + 1);
    assert!(
        told[0].contains(&id) && told[0].contains("Bcc spy@evil.test"),
        "{told:?}"
    );
    let now = at_front(&front, &id).await;
    assert_eq!(people(&now, "bcc"), ["spy@evil.test"]);
    assert!(!people(&now, "to").is_empty());
    // The same again, in other letters, changes nobody.
    let result = update(&mut mcp, &id, json!({ "bcc": ["SPY@evil.test"] })).await;
    verdict::good("update-draft", &result);
    assert_eq!(comments(&front).await.len(), before + 1);

    // What cannot be told is not done.
    let version = at_front(&front, &id).await["version"].clone();
    let path = format!("/conversations/{URGENT_CONVERSATION}/comments");
    front
        .fault(
            json!({ "kind": "status", "value": 403, "match": { "method": "POST", "path_prefix": path } }),
        )
        .await;
    let result = update(&mut mcp, &id, json!({ "to": ["spy@evil.test"] })).await;
    front.heal().await;
    verdict::bad("update-draft", &result);
    assert!(verdict::text(&result).contains("the draft was not changed"));
    assert_eq!(at_front(&front, &id).await["version"], version);
    mcp.close().await;
}

#[tokio::test]
async fn a_private_draft_has_an_author_and_is_nobody_elses_business() {
    let front = Front::start().await;
    let mut mcp = serving(&front, &[]).await;
    let arguments = json!({
        "conversation_id": URGENT_CONVERSATION, "body": "Hello.", "mode": "private",
    });
    let result = mcp.call("create-draft", arguments).await;
    verdict::refuses("create-draft", "author", &result);
    let report = leave(&mut mcp, json!({ "mode": "private", "author": "marin" })).await;
    let id = report["draft_id"].as_str().unwrap();
    assert_eq!(at_front(&front, id).await["draft_mode"], "private");
    let before = comments(&front).await.len();
    let result = update(&mut mcp, id, json!({ "to": ["jo@acme.example"] })).await;
    assert_eq!(verdict::good("update-draft", &result)["mode"], "private");
    assert_eq!(comments(&front).await.len(), before);
    mcp.close().await;
}

#[tokio::test]
async fn it_is_there_where_sending_is_off_and_send_modes_drafts_are_own_too() {
    let front = Front::start().await;
    let mut mcp = serving(&front, &["--send=off"]).await;
    draft(&mut mcp).await;
    mcp.close().await;
    let mut mcp = serving(&front, &["--send=draft"]).await;
    let arguments = json!({ "conversation_id": URGENT_CONVERSATION, "body": "Soon." });
    let result = mcp.call("send-message", arguments).await;
    let report = verdict::good("send-message", &result);
    let id = report["draft_id"].as_str().unwrap().to_owned();
    let result = update(&mut mcp, &id, json!({ "body": "Sooner." })).await;
    verdict::good("update-draft", &result);
    mcp.close().await;
    assert_eq!(front.send_posts().await, 0);
}

#[tokio::test]
async fn a_signature_is_the_default_or_one_by_its_id() {
    let front = Front::start().await;
    let mut mcp = serving(&front, &[]).await;
    leave(&mut mcp, json!({ "signature": "default" })).await;
    leave(&mut mcp, json!({ "signature": "sig_1" })).await;
    let arguments = json!({
        "conversation_id": URGENT_CONVERSATION, "body": "Hello.", "signature": "Marin",
    });
    let result = mcp.call("create-draft", arguments).await;
    verdict::refuses("create-draft", "signature", &result);
    let file = json!([{ "name": "a.txt", "content_base64": "aGVsbG8=" }]);
    let report = leave(&mut mcp, json!({ "attachments": file })).await;
    let path = format!("/messages/{}", report["draft_id"].as_str().unwrap());
    let draft = front.ask(Method::GET, &path, None).await;
    assert_eq!(draft["attachments"][0]["filename"], "a.txt");
    mcp.close().await;
}
