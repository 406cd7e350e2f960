//! What is pinned, what counts as the same message, and recipients out of a stranger's mail.

use serde_json::{Value, json};

use super::{CONVERSATION, confirm, confirming, seal, state};
use crate::support::{
    front::Front,
    mcp::{Era, Mcp, server},
    scripted::{self, Scripted},
    verdict,
};

#[tokio::test]
async fn the_same_words_can_be_sealed_anew_when_the_conversation_moved_on() {
    let front = Front::start().await;
    let mut mcp = confirming(&front).await;
    let stale = seal(&mut mcp, "We are on it.").await;
    let path = format!("/conversations/{CONVERSATION}/messages");
    let body = json!({ "body": "A colleague was faster." });
    front.ask(reqwest::Method::POST, &path, Some(body)).await;
    let id = stale["envelope_id"].as_str().unwrap();
    verdict::bad("confirm-send", &confirm(&mut mcp, id).await);
    let fresh = seal(&mut mcp, "We are on it.").await;
    assert_ne!(fresh["envelope_id"], stale["envelope_id"]);
    let id = fresh["envelope_id"].as_str().unwrap();
    assert_eq!(state(&confirm(&mut mcp, id).await), "sent");
    mcp.close().await;
}

#[tokio::test]
async fn the_same_message_in_another_dress_is_a_repetition() {
    let front = Front::start().await;
    let mut mcp = confirming(&front).await;
    let to = "beatrix.dunmore@postbox.example";
    let first = json!({ "conversation_id": CONVERSATION, "body": "Once only.", "to": [to] });
    let report = mcp.call("send-message", first.clone()).await;
    let id = verdict::good("send-message", &report)["envelope_id"].clone();
    confirm(&mut mcp, id.as_str().unwrap()).await;
    for (name, value) in [
        ("archive", json!(true)),
        ("tags", json!(["Urgent"])),
        ("to", json!([to.to_uppercase()])),
        ("cc", json!([to])),
        ("subject", json!("Another subject")),
        ("body", json!("**Once** only.")),
        ("body", json!("Once   only.")),
    ] {
        let mut again = first.clone();
        again[name] = value.clone();
        let result = mcp.call("send-message", again).await;
        let is_other_text = value == json!("**Once** only.");
        if is_other_text {
            // Emphasis is part of what is read.
            continue;
        }
        let meta = verdict::bad("send-message", &result);
        // Having been answered, the conversation is the same; only the dress differs.
        assert_eq!(meta["code"], "repetition", "{name}: {result}");
    }
    assert_eq!(front.send_posts().await, 1);
    mcp.close().await;
}

/// A Front whose only mail was written by somebody with ideas about recipients.
async fn hostile_mail(recipients: Value) -> (Scripted, Mcp) {
    let messages = json!({ "_results": [{
        "id": "msg_1", "type": "email", "is_inbound": true, "created_at": 1.0,
        "draft_mode": null, "recipients": recipients, "body": "<p>hi</p>", "attachments": []
    }], "_pagination": { "next": null } })
    .to_string();
    let channels = json!({ "_results": [{
        "id": "cha_1", "type": "smtp", "address": "help@us.example", "send_as": "help@us.example",
        "is_valid": true
    }] })
    .to_string();
    let front = Scripted::start(move |seen| {
        let body = if seen.target.starts_with("/channels") {
            &channels
        } else {
            &messages
        };
        scripted::json(200, body)
    })
    .await;
    let mcp = Mcp::start(server(&front.base(), &["--send=confirm"]), Era::Handshake).await;
    (front, mcp)
}

#[tokio::test]
async fn recipients_of_a_strangers_mail_are_held_to_the_rules() {
    let ours = json!({ "role": "to", "handle": "help@us.example" });
    let many: Vec<_> = (0..500)
        .map(|number| json!({ "role": "cc", "handle": format!("c{number}@x.example") }))
        .collect();
    for hostile in [
        vec![json!({ "role": "reply-to",
            "handle": "jo@acme.example\u{200b},evil@evil.example\r\nBcc: x@evil.example" })],
        vec![
            json!({ "role": "from", "handle": "jo@acme.example" }),
            json!({ "role": "cc", "handle": "a\u{202e}b@x.example" }),
        ],
        [
            vec![json!({ "role": "from", "handle": "jo@acme.example" })],
            many,
        ]
        .concat(),
    ] {
        let mut recipients = hostile;
        recipients.push(ours.clone());
        let (_front, mut mcp) = hostile_mail(Value::Array(recipients)).await;
        let reply = json!({ "conversation_id": "cnv_1", "body": "Hello" });
        let result = mcp.call("send-message", reply).await;
        verdict::refuses("send-message", "to", &result);
        mcp.close().await;
    }
}

#[tokio::test]
async fn an_address_is_shown_whole() {
    let front = Front::start().await;
    let mut mcp = confirming(&front).await;
    let label = "a".repeat(60);
    let address = format!("jo@acme.example.{label}.{label}.{label}.evil.example");
    let arguments = json!({ "conversation_id": CONVERSATION, "body": "Hi", "to": [address] });
    let result = mcp.call("send-message", arguments).await;
    let report = verdict::good("send-message", &result);
    assert_eq!(report["message"]["to"][0], json!(address));
    assert!(verdict::text(&result).contains(&address), "{result}");
    mcp.close().await;
}

#[tokio::test]
async fn a_draft_takes_no_options_that_it_could_not_hold() {
    let front = Front::start().await;
    let mut mcp = Mcp::serving(&front, Era::Handshake, &["--send=draft"]).await;
    for (name, value) in [("archive", json!(true)), ("tags", json!(["Urgent"]))] {
        let mut arguments = json!({ "conversation_id": CONVERSATION, "body": "Hi" });
        arguments[name] = value;
        let result = mcp.call("send-message", arguments).await;
        verdict::refuses("send-message", name, &result);
    }
    mcp.close().await;
}

#[tokio::test]
async fn two_messages_to_one_conversation_do_not_pass_each_other() {
    let front = Front::start().await;
    let mut mcp = confirming(&front).await;
    let mut calls = Vec::new();
    for body in ["The first of two.", "The second of two."] {
        let report = seal(&mut mcp, body).await;
        let arguments = json!({ "envelope_id": report["envelope_id"] });
        calls.push(arguments);
    }
    let mut ids = Vec::new();
    for arguments in calls {
        ids.push(mcp.post_call("confirm-send", arguments).await);
    }
    for id in ids {
        mcp.result(id).await;
    }
    // The one that came second saw the other's message, which nobody had seen when it was sealed.
    assert_eq!(front.send_posts().await, 1);
    mcp.close().await;
}
