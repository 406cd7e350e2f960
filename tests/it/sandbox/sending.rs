//! Sends end in the outbox, archive by default, and never happen on a merged conversation.

use front_mcp::{
    front::{Upload, wire::Body},
    sandbox::landmarks,
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::Front;

async fn send(front: &Front, path: &str, body: Value) -> String {
    let response = front.call(Method::POST, path, Some(body)).await;
    assert_eq!(response.status(), StatusCode::ACCEPTED);
    let answer: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
    assert_eq!(answer["status"], "accepted");
    let uid = answer["message_uid"].as_str().unwrap().to_owned();
    assert!(uid.len() == 32 && uid.bytes().all(|byte| byte.is_ascii_hexdigit()));
    uid
}

#[tokio::test]
async fn a_reply_goes_to_the_customer_and_archives() {
    let front = Front::start().await;
    let path = format!("/conversations/{}", landmarks::URGENT_CONVERSATION);
    let body = json!({"body": "<p>Released.</p>", "author_id": landmarks::SUPPORT_TEAMMATE, "options": {"tag_ids": [landmarks::URGENT_TAG]}});
    let uid = send(&front, &format!("{path}/messages"), body).await;
    let outbox = front.outbox().await;
    assert_eq!(outbox.len(), 1);
    assert_eq!(outbox[0]["message_uid"], uid);
    assert_eq!(outbox[0]["conversation_id"], landmarks::URGENT_CONVERSATION);
    assert_eq!(outbox[0]["channel_id"], landmarks::SUPPORT_CHANNEL);
    assert_eq!(outbox[0]["archive"], true);
    assert_eq!(outbox[0]["to"].as_array().unwrap().len(), 1);
    let conversation = front.get(&path).await;
    assert_eq!(conversation["status"], "archived");
    assert_eq!(conversation["tags"][0]["id"], landmarks::URGENT_TAG);
    let message = front.get(&format!("/messages/alt:uid:{uid}")).await;
    assert_eq!(message["text"], "Released.");
    assert_eq!(message["is_inbound"], false);
    let messages = front.results(&format!("{path}/messages?limit=1")).await;
    assert_eq!(messages[0]["id"], message["id"]);
    let events = front.results(&format!("{path}/events?limit=3")).await;
    let kinds: Vec<_> = events.iter().map(|one| &one["type"]).collect();
    assert_eq!(kinds, ["archive", "tag", "out_reply"]);
}

#[tokio::test]
async fn archive_false_leaves_it_open() {
    let front = Front::start().await;
    let path = format!("/conversations/{}", landmarks::URGENT_CONVERSATION);
    let body = json!({"body": "On it.", "options": {"archive": false}});
    send(&front, &format!("{path}/messages"), body).await;
    assert_eq!(front.get(&path).await["status"], "unassigned");
}

#[tokio::test]
async fn a_channel_message_starts_a_conversation() {
    let front = Front::start().await;
    let body = json!({"to": ["new@person.example"], "subject": "Hello", "body": "<p>Hello</p>"});
    let path = format!("/channels/{}/messages", landmarks::SUPPORT_CHANNEL);
    send(&front, &path, body).await;
    let sent = &front.outbox().await[0];
    let conversation = front
        .get(&format!(
            "/conversations/{}",
            sent["conversation_id"].as_str().unwrap()
        ))
        .await;
    assert_eq!(conversation["subject"], "Hello");
    assert_eq!(conversation["status"], "archived");
}

#[tokio::test]
async fn an_incomplete_send_is_refused_with_details() {
    let front = Front::start().await;
    let path = format!("/channels/{}/messages", landmarks::SUPPORT_CHANNEL);
    let (status, error) = front
        .refused(Method::POST, &path, Some(json!({"cc": "x"})))
        .await;
    assert_eq!(status, 400);
    let details = error["details"].as_array().unwrap();
    for detail in [
        "body.to: missing",
        "body.body: missing",
        "body.cc: must be array of strings",
    ] {
        assert!(details.contains(&json!(detail)), "{details:?}");
    }
    let url = format!("{}{path}", front.sandbox.base_url());
    let broken = front
        .client
        .post(url)
        .bearer_auth("sandbox")
        .body("{\"to\":")
        .send()
        .await
        .unwrap();
    assert_eq!(broken.status(), 400);
    assert!(front.outbox().await.is_empty());
}

#[tokio::test]
async fn a_merged_conversation_answers_301_and_sends_nothing() {
    let front = Front::start().await;
    let merged = landmarks::MERGED_CONVERSATION;
    let requests = [
        (Method::GET, "", None),
        (Method::GET, "/messages", None),
        (Method::POST, "/messages", Some(json!({"body": "x"}))),
        (Method::POST, "/comments", Some(json!({"body": "x"}))),
        (Method::PUT, "/assignee", Some(json!({"assignee_id": null}))),
        (Method::PATCH, "", Some(json!({"status": "archived"}))),
    ];
    for (method, under, body) in requests {
        let response = front
            .call(method, &format!("/conversations/{merged}{under}"), body)
            .await;
        assert_eq!(response.status(), StatusCode::MOVED_PERMANENTLY);
        let target = format!(
            "https://larkspur-cycles.api.frontapp.com/conversations/{}{under}",
            landmarks::MERGED_INTO
        );
        assert_eq!(response.headers()["location"], target.as_str());
    }
    assert!(front.outbox().await.is_empty());
}

async fn post_form(front: &Front, path: &str, fields: &Value, size: usize) -> StatusCode {
    let file = Upload {
        name: "a.bin".to_owned(),
        content_type: "application/octet-stream".to_owned(),
        bytes: vec![7; size].into(),
    };
    let form = Body::of(fields, &[file]).unwrap();
    let url = format!("{}{path}", front.sandbox.base_url());
    let request = front.client.post(url).bearer_auth("sandbox");
    let request = request.header("content-type", form.content_type);
    request.body(form.bytes).send().await.unwrap().status()
}

#[tokio::test]
async fn files_come_with_messages_and_drafts_up_to_25_mb() {
    let front = Front::start().await;
    let path = format!("/conversations/{}", landmarks::URGENT_CONVERSATION);
    let (messages, comments) = (format!("{path}/messages"), format!("{path}/comments"));
    let fields = json!({"body": "x", "options": {"archive": false}});
    let large = post_form(&front, &messages, &fields, 25_000_001).await;
    assert_eq!(large, StatusCode::PAYLOAD_TOO_LARGE);
    let elsewhere = post_form(&front, &comments, &fields, 1).await;
    assert_eq!(elsewhere, StatusCode::NOT_IMPLEMENTED);
    let odd = json!({"body": "x", "options": {"archive": "perhaps"}});
    assert_eq!(
        post_form(&front, &messages, &odd, 1).await,
        StatusCode::BAD_REQUEST
    );
    assert!(front.outbox().await.is_empty());
    let taken = post_form(&front, &messages, &fields, 25_000_000).await;
    assert_eq!(taken, StatusCode::ACCEPTED);
    assert_eq!(front.outbox().await[0]["archive"], false);
}
