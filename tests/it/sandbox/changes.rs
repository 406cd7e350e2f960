//! Changes stay, and the rules for them are Front's.

use front_mcp::sandbox::landmarks;
use reqwest::Method;
use serde_json::{Value, json};

use super::Front;

async fn change(front: &Front, method: Method, path: &str, body: Value) {
    let response = front.call(method, path, Some(body)).await;
    assert_eq!(response.status(), 204, "{path}");
    assert!(response.bytes().await.unwrap().is_empty());
}

async fn make(front: &Front, path: &str, body: Value, status: u16) -> Value {
    let response = front.call(Method::POST, path, Some(body)).await;
    assert_eq!(response.status(), status, "{path}");
    serde_json::from_str(&response.text().await.unwrap()).unwrap()
}

#[tokio::test]
async fn conversations_are_assigned_tagged_snoozed_and_closed() {
    let front = Front::start().await;
    let path = format!("/conversations/{}", landmarks::URGENT_CONVERSATION);
    let tea = landmarks::SUPPORT_TEAMMATE;
    change(
        &front,
        Method::PUT,
        &format!("{path}/assignee"),
        json!({"assignee_id": tea}),
    )
    .await;
    assert_eq!(front.get(&path).await["status"], "assigned");
    let tags = json!({"tag_ids": [landmarks::URGENT_TAG]});
    change(&front, Method::POST, &format!("{path}/tags"), tags.clone()).await;
    assert_eq!(front.get(&path).await["tags"][0]["name"], "Urgent");
    change(&front, Method::DELETE, &format!("{path}/tags"), tags).await;
    assert_eq!(front.get(&path).await["tags"], json!([]));
    let reminder = json!({"teammate_id": tea, "scheduled_at": 1_900_000_000});
    change(
        &front,
        Method::PATCH,
        &format!("{path}/reminders"),
        reminder,
    )
    .await;
    assert_eq!(front.get(&path).await["status"], "archived");
    let body = json!({"status": "open", "assignee_id": null, "custom_fields": {"Order number": "LC-70112"}});
    change(&front, Method::PATCH, &path, body).await;
    let now = front.get(&path).await;
    assert_eq!(
        (&now["status"], &now["custom_fields"]["Order number"]),
        (&json!("unassigned"), &json!("LC-70112"))
    );
    let (status, _) = front.refused(Method::DELETE, &path, None).await;
    assert_eq!(status, 400);
    change(&front, Method::PATCH, &path, json!({"status": "deleted"})).await;
    assert_eq!(front.call(Method::DELETE, &path, None).await.status(), 204);
    assert_eq!(front.refused(Method::GET, &path, None).await.0, 404);
    let bad = json!({"status": "unassigned", "tag_ids": ["tag_zzz"]});
    let other = format!("/conversations/{}", landmarks::MERGED_INTO);
    assert_eq!(
        front.refused(Method::PATCH, &other, Some(bad)).await.1["details"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[tokio::test]
async fn drafts_are_edited_under_a_version_and_a_trailing_slash() {
    let front = Front::start().await;
    let drafts = format!("/conversations/{}/drafts", landmarks::URGENT_CONVERSATION);
    let channel = landmarks::SUPPORT_CHANNEL;
    assert_eq!(
        front
            .refused(Method::POST, &drafts, Some(json!({"body": "x"})))
            .await
            .1["details"],
        json!(["body.channel_id: missing"])
    );
    let draft = make(
        &front,
        &drafts,
        json!({"body": "<p>One</p>", "channel_id": channel}),
        200,
    )
    .await;
    assert_eq!(draft["draft_mode"], "private");
    assert_eq!(front.results(&drafts).await.len(), 1);
    let id = draft["id"].as_str().unwrap();
    let edit = json!({"body": "<p>Two</p>", "channel_id": channel, "version": draft["version"], "mode": "shared"});
    let no_slash = front
        .refused(Method::PATCH, &format!("/drafts/{id}"), Some(edit.clone()))
        .await;
    assert_eq!(no_slash.1["message"], "No such route.");
    let edited = front
        .call(Method::PATCH, &format!("/drafts/{id}/"), Some(edit.clone()))
        .await;
    let edited: Value = serde_json::from_str(&edited.text().await.unwrap()).unwrap();
    assert_eq!(
        (&edited["text"], &edited["draft_mode"]),
        (&json!("Two"), &json!("shared"))
    );
    assert_eq!(
        front
            .refused(Method::PATCH, &format!("/drafts/{id}/"), Some(edit))
            .await
            .0,
        409
    );
    let stale = json!({"version": draft["version"]});
    assert_eq!(
        front
            .refused(Method::DELETE, &format!("/drafts/{id}"), Some(stale))
            .await
            .0,
        409
    );
    change(
        &front,
        Method::DELETE,
        &format!("/drafts/{id}"),
        json!({"version": edited["version"]}),
    )
    .await;
    assert!(front.results(&drafts).await.is_empty());
    let started = make(
        &front,
        &format!("/channels/{channel}/drafts"),
        json!({"body": "x", "to": ["a@b.example"], "mode": "shared"}),
        200,
    )
    .await;
    assert_eq!(started["draft_mode"], "shared");
    assert!(front.outbox().await.is_empty());
}

#[tokio::test]
async fn comments_tags_contacts_and_notes_are_created() {
    let front = Front::start().await;
    let comments = format!("/conversations/{}/comments", landmarks::URGENT_CONVERSATION);
    let comment = make(
        &front,
        &comments,
        json!({"body": "@tove look", "author_id": landmarks::SUPPORT_TEAMMATE}),
        201,
    )
    .await;
    let id = comment["id"].as_str().unwrap();
    assert_eq!(
        front.get(&format!("/comments/{id}")).await["body"],
        "@tove look"
    );
    assert_eq!(
        front.results(&format!("/comments/{id}/mentions")).await[0]["username"],
        "tove"
    );
    let tag = make(
        &front,
        "/tags",
        json!({"name": "New", "highlight": "green"}),
        201,
    )
    .await;
    assert_eq!(
        front
            .get(&format!("/tags/{}", tag["id"].as_str().unwrap()))
            .await["name"],
        "New"
    );
    let person = json!({"name": "New Person", "handles": [{"handle": "new@person.example", "source": "email"}]});
    let contact = make(&front, "/contacts", person.clone(), 201).await;
    let (status, error) = front.refused(Method::POST, "/contacts", Some(person)).await;
    assert_eq!(status, 409);
    assert!(
        error["message"]
            .as_str()
            .unwrap()
            .contains(contact["id"].as_str().unwrap())
    );
    let path = format!("/contacts/{}", contact["id"].as_str().unwrap());
    change(&front, Method::PATCH, &path, json!({"name": "Old Friend"})).await;
    assert_eq!(front.get(&path).await["name"], "Old Friend");
    let note = json!({"body": "Kind", "author_id": landmarks::SUPPORT_TEAMMATE});
    make(&front, &format!("{path}/notes"), note, 201).await;
    assert_eq!(
        front.results(&format!("{path}/notes")).await[0]["body"],
        "Kind"
    );
    let list = front.results("/contact_lists").await[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let members = format!("/contact_lists/{list}/contacts");
    let before = front.walk(&members).await.len();
    change(
        &front,
        Method::POST,
        &members,
        json!({"contact_ids": [contact["id"]]}),
    )
    .await;
    assert_eq!(front.walk(&members).await.len(), before + 1);
}

#[tokio::test]
async fn a_reset_undoes_everything() {
    let front = Front::start().await;
    let before = front.get("/conversations").await;
    let path = format!("/conversations/{}/messages", landmarks::URGENT_CONVERSATION);
    make(&front, &path, json!({"body": "x"}), 202).await;
    assert_ne!(front.get("/conversations").await, before);
    assert_eq!(
        front
            .call(Method::POST, "/_sandbox/reset", None)
            .await
            .status(),
        204
    );
    assert_eq!(front.get("/conversations").await, before);
    assert!(front.outbox().await.is_empty());
    assert_eq!(front.get("/_sandbox/requests").await["count"], 1);
}
