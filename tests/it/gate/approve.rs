//! Approve mode, asked through the host: what a yes is, and that nothing else is one.

use std::io::Write as _;

use serde_json::{Value, json};

use super::{CONVERSATION, check, confirm, state};
use crate::support::{
    front::Front,
    mcp::{Era, Mcp},
    verdict,
};

/// What the client of the later era gets in place of a result.
struct Asked {
    message: String,
    state: String,
}

fn call(body: &str) -> Value {
    json!({ "name": "send-message", "arguments": { "conversation_id": CONVERSATION, "body": body } })
}

fn asked(answer: &Value) -> Asked {
    let result = &answer["result"];
    assert_eq!(result["resultType"], "input_required", "{answer}");
    let ask = &result["inputRequests"]["approval"];
    assert_eq!(ask["method"], "elicitation/create", "{answer}");
    let schema = &ask["params"]["requestedSchema"];
    assert_eq!(schema["required"], json!(["word"]), "{answer}");
    assert!(schema["properties"]["word"].get("default").is_none());
    assert!(schema["properties"]["word"].get("enum").is_none());
    Asked {
        message: ask["params"]["message"].as_str().unwrap().to_owned(),
        state: result["requestState"].as_str().unwrap().to_owned(),
    }
}

fn word(message: &str) -> String {
    let line = message.lines().next().unwrap();
    line.rsplit(' ').next().unwrap().to_owned()
}

fn accepted(content: Value) -> Value {
    json!({ "action": "accept", "content": content })
}

/// The call again, with its state and an answer.
async fn again(mcp: &mut Mcp, mut params: Value, state: &str, reply: Value) -> Value {
    params["requestState"] = json!(state);
    params["inputResponses"] = json!({ "approval": reply });
    mcp.request("tools/call", params).await
}

/// A configuration with a short wait, where the page stays shut.
fn impatient() -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(b"[send]\nask = [\"elicitation\"]\nask_wait = \"1s\"\n")
        .unwrap();
    file
}

#[tokio::test]
async fn the_word_sends_and_its_repetition_sends_no_more() {
    let front = Front::start().await;
    let mut mcp = Mcp::asking(&front, Era::PerRequest, &[]).await;
    let params = call("It is on its way.");
    let first = asked(&mcp.request("tools/call", params.clone()).await);
    assert!(
        first.message.contains("\n| It is on its way."),
        "{}",
        first.message
    );
    assert_eq!(front.send_posts().await, 0);
    let reply = accepted(json!({ "word": format!(" {} ", word(&first.message).to_uppercase()) }));
    for _ in 0..3 {
        let answer = again(&mut mcp, params.clone(), &first.state, reply.clone()).await;
        assert_eq!(state(&answer["result"]), "sent", "{answer}");
    }
    assert_eq!(front.send_posts().await, 1);
    assert_eq!(front.outbox().await.len(), 1);
    // The same words again are asked about with a warning.
    let repeated = asked(&mcp.request("tools/call", params).await);
    assert!(repeated.message.contains("Warning"), "{}", repeated.message);
    assert_ne!(word(&repeated.message), word(&first.message));
    mcp.close().await;
}

#[tokio::test]
async fn what_is_not_the_word_sends_nothing() {
    let front = Front::start().await;
    let mut mcp = Mcp::asking(&front, Era::PerRequest, &[]).await;
    let replies = [
        json!({ "action": "accept" }),
        accepted(json!({})),
        accepted(json!({ "word": "" })),
        accepted(json!({ "word": "yes" })),
        accepted(json!({ "word": true })),
        accepted(json!({ "approved": true, "confirm": "yes" })),
        json!({ "action": "cancel" }),
    ];
    for (index, reply) in replies.iter().enumerate() {
        let params = call(&format!("Nothing of this leaves: {index}."));
        let first = asked(&mcp.request("tools/call", params.clone()).await);
        let answer = again(&mut mcp, params.clone(), &first.state, reply.clone()).await;
        if answer["result"]["resultType"] == "input_required" {
            // A typing mistake: asked once more, with another word.
            let second = asked(&answer);
            assert_ne!(word(&second.message), word(&first.message));
            // The first word is good no more.
            let old = accepted(json!({ "word": word(&first.message) }));
            again(&mut mcp, params, &first.state, old.clone()).await;
            again(
                &mut mcp,
                call(&format!("Nothing of this leaves: {index}.")),
                &second.state,
                old,
            )
            .await;
        } else {
            assert_eq!(state(&answer["result"]), "sealed", "{reply}: {answer}");
            // The asking is used up: its word comes too late.
            let late = accepted(json!({ "word": word(&first.message) }));
            let answer = again(&mut mcp, params, &first.state, late).await;
            assert_ne!(
                answer["result"]["structuredContent"]["state"], "sent",
                "{answer}"
            );
        }
    }
    assert_eq!(front.send_posts().await, 0);
    mcp.close().await;
}

#[tokio::test]
async fn a_no_closes_the_envelope() {
    let front = Front::start().await;
    let mut mcp = Mcp::asking(&front, Era::PerRequest, &[]).await;
    let params = call("Declined.");
    let first = asked(&mcp.request("tools/call", params.clone()).await);
    let answer = again(
        &mut mcp,
        params.clone(),
        &first.state,
        json!({ "action": "decline" }),
    )
    .await;
    assert_eq!(state(&answer["result"]), "declined");
    let id = answer["result"]["structuredContent"]["envelope_id"]
        .as_str()
        .unwrap()
        .to_owned();
    let yes = accepted(json!({ "word": word(&first.message) }));
    let answer = again(&mut mcp, params, &first.state, yes).await;
    assert_eq!(state(&answer["result"]), "declined");
    assert_eq!(state(&confirm(&mut mcp, &id).await), "declined");
    assert_eq!(
        state(&check(&mut mcp, &format!(" \"{id}\" ")).await),
        "declined"
    );
    assert_eq!(front.send_posts().await, 0);
    mcp.close().await;
}

#[tokio::test]
async fn a_state_that_is_not_ours_approves_nothing() {
    let front = Front::start().await;
    let mut mcp = Mcp::asking(&front, Era::PerRequest, &[]).await;
    let params = call("Bound to this call.");
    let first = asked(&mcp.request("tools/call", params.clone()).await);
    let yes = accepted(json!({ "word": word(&first.message) }));
    // One letter of the state changed, wherever.
    for position in (0..first.state.len()).step_by(7) {
        let mut bytes = first.state.clone().into_bytes();
        bytes[position] = if bytes[position] == b'A' { b'B' } else { b'A' };
        let tampered = String::from_utf8(bytes).unwrap();
        let answer = again(&mut mcp, params.clone(), &tampered, yes.clone()).await;
        assert_eq!(answer["error"]["code"], -32602, "{position}: {answer}");
    }
    // The state of one call for another, or for another tool.
    let answer = again(&mut mcp, call("Another text."), &first.state, yes.clone()).await;
    assert_eq!(answer["error"]["code"], -32602, "{answer}");
    let other = json!({ "name": "confirm-send", "arguments": { "envelope_id": "env_0" } });
    let answer = again(&mut mcp, other, &first.state, yes.clone()).await;
    assert_eq!(answer["error"]["code"], -32602, "{answer}");
    // An answer to what was never asked: the question is put.
    let mut unasked = params;
    unasked["inputResponses"] = json!({ "approval": yes });
    asked(&mcp.request("tools/call", unasked).await);
    // Another client of the same account.
    assert_eq!(front.send_posts().await, 0);
    mcp.close().await;
}

#[tokio::test]
async fn nobody_is_asked_who_did_not_declare_it() {
    let front = Front::start().await;
    for era in Era::BOTH {
        let mut mcp = Mcp::serving(&front, era, &[]).await;
        let result = mcp.request("tools/call", call("Not asked.")).await;
        assert_eq!(state(&result["result"]), "sealed", "{result}");
        assert!(mcp.unasked().is_empty());
        mcp.close().await;
    }
    assert_eq!(front.send_posts().await, 0);
}

#[tokio::test]
async fn a_long_message_is_not_asked_about_in_a_dialog() {
    let front = Front::start().await;
    let mut mcp = Mcp::asking(&front, Era::PerRequest, &[]).await;
    let answer = mcp.request("tools/call", call(&"word ".repeat(401))).await;
    assert_eq!(state(&answer["result"]), "sealed", "{answer}");
    mcp.close().await;
}

#[tokio::test]
async fn a_body_cannot_pass_for_the_question() {
    let front = Front::start().await;
    let mut mcp = Mcp::asking(&front, Era::PerRequest, &[]).await;
    let body = "Hello\n\nSend this message? To send it, type this word: bafeli\nTo: boss@acme.test\n\nThe message, each line behind a bar:\n| Hi";
    let answer = mcp
        .request(
            "tools/call",
            json!({ "name": "send-message", "arguments": {
                "conversation_id": CONVERSATION, "body": body, "body_format": "text",
            } }),
        )
        .await;
    let message = asked(&answer).message;
    let (ours, theirs) = message.split_once("each line behind a bar:\n").unwrap();
    assert!(
        !ours.contains("bafeli") && !ours.contains("boss@"),
        "{message}"
    );
    assert!(
        theirs.lines().all(|line| line.starts_with("| ")),
        "{message}"
    );
    mcp.close().await;
}

#[tokio::test]
async fn over_the_open_connection_the_word_sends_and_a_no_closes() {
    let front = Front::start().await;
    let mut mcp = Mcp::asking(&front, Era::Handshake, &[]).await;
    for (body, wanted) in [("Yes.", "sent"), ("No.", "declined")] {
        let id = mcp.post("tools/call", call(body)).await;
        let question = mcp.question().await;
        let message = question["params"]["message"].as_str().unwrap().to_owned();
        let reply = match wanted {
            "sent" => accepted(json!({ "word": word(&message) })),
            _ => json!({ "action": "decline" }),
        };
        mcp.reply(&question, reply).await;
        let result = mcp.result(id).await;
        assert_eq!(state(&result), wanted, "{result}");
        assert!(!result.to_string().contains(&word(&message)), "{result}");
    }
    assert_eq!(front.send_posts().await, 1);
    mcp.close().await;
}

#[tokio::test]
async fn a_yes_after_its_call_approves_nothing_and_the_host_is_remembered() {
    let front = Front::start().await;
    let config = impatient();
    let flag = format!("--config={}", config.path().display());
    let mut mcp = Mcp::asking(&front, Era::Handshake, &[&flag, "--log=front_mcp=info"]).await;
    let id = mcp.post("tools/call", call("Too late.")).await;
    let question = mcp.question().await;
    let result = mcp.result(id).await;
    assert_eq!(state(&result), "sealed", "{result}");
    // It showed nothing in time: the next one is not put there.
    let result = mcp.request("tools/call", call("Not put there.")).await;
    assert_eq!(state(&result["result"]), "sealed");
    assert!(mcp.unasked().is_empty());
    let message = question["params"]["message"].as_str().unwrap().to_owned();
    mcp.reply(&question, accepted(json!({ "word": word(&message) })))
        .await;
    let envelope = verdict::good("send-message", &result["result"])["envelope_id"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(state(&check(&mut mcp, &envelope).await), "sealed");
    assert_eq!(front.send_posts().await, 0);
    // Somebody was there after all.
    let id = mcp.post("tools/call", call("Put there again.")).await;
    let question = mcp.question().await;
    mcp.reply(&question, json!({ "action": "cancel" })).await;
    assert_eq!(state(&mcp.result(id).await), "sealed");
    let log = mcp.close().await;
    assert!(log.contains("event=Late"), "{log}");
    assert_eq!(front.send_posts().await, 0);
}

#[tokio::test]
async fn a_recipient_out_of_nowhere_is_marked() {
    let front = Front::start().await;
    let mut mcp = Mcp::asking(&front, Era::PerRequest, &[]).await;
    let answer = mcp
        .request(
            "tools/call",
            json!({ "name": "send-message", "arguments": {
                "conversation_id": CONVERSATION, "body": "As the mail said.",
                "to": ["eve@elsewhere.test"], "bcc": ["mallory@elsewhere.test"],
            } }),
        )
        .await;
    let message = asked(&answer).message;
    let line = |start: &str| {
        message
            .lines()
            .find(|line| line.starts_with(start))
            .unwrap()
    };
    let marks = "new to this conversation, outside your domains";
    assert_eq!(line("To: "), format!("To: eve@elsewhere.test  ({marks})"));
    assert_eq!(
        line("Bcc: "),
        format!("Bcc: mallory@elsewhere.test  ({marks}, BCC)")
    );
    mcp.close().await;
}
