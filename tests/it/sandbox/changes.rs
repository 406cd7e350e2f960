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

#[tokio::test]
async fn every_change_is_one_event_newest_first() {
    let front = Front::start().await;
    let before = front.walk("/events").await;
    let path = format!("/conversations/{}", landmarks::SNOOZED_CONVERSATION);
    let teammate = landmarks::SUPPORT_TEAMMATE;
    let body = json!({ "assignee_id": null, "tag_ids": [], "status": "open" });
    change(&front, Method::PATCH, &path, body).await;
    let prepared = front.walk("/events").await.len();
    for body in [
        json!({ "assignee_id": teammate }),
        json!({ "assignee_id": teammate, "status": "archived" }),
        json!({ "tag_ids": [landmarks::URGENT_TAG] }),
        json!({ "status": "deleted" }),
        json!({ "status": "archived" }),
        json!({ "status": "open", "assignee_id": null }),
    ] {
        change(&front, Method::PATCH, &path, body).await;
    }
    let all = front.walk("/events").await;
    let (new, old) = all.split_at(all.len() - before.len());
    // Those of the seed are as they were, but for the conversation that they show.
    for (one, other) in old.iter().zip(&before) {
        assert_eq!((&one["id"], &one["type"]), (&other["id"], &other["type"]));
    }
    let new = &new[..all.len() - prepared];
    let kinds: Vec<_> = new
        .iter()
        .map(|one| one["type"].as_str().unwrap())
        .collect();
    let wanted = [
        "reopen", "unassign", "archive", "restore", "trash", "tag", "archive", "assign",
    ];
    assert_eq!(kinds, wanted);
    for event in new {
        assert_eq!(event["source"], json!({ "_meta": { "type": "api" } }));
        let again = format!("/events/{}", event["id"].as_str().unwrap());
        assert_eq!(front.get(&again).await, *event);
    }
    assert_eq!(new[7]["target"]["data"]["id"], teammate);
    assert_eq!(new[5]["target"]["data"]["name"], "Urgent");
    let there = front.walk(&format!("{path}/events?limit=3")).await;
    assert_eq!(there[..8], *new);
    // Gone for good, with what happened to it.
    change(&front, Method::PATCH, &path, json!({ "status": "deleted" })).await;
    change(&front, Method::DELETE, &path, json!({})).await;
    let left = front.walk("/events").await;
    assert!(left.len() < before.len());
}

#[tokio::test]
async fn events_are_filtered_and_sorted_as_asked() {
    let front = Front::start().await;
    let path = format!("/conversations/{}", landmarks::URGENT_CONVERSATION);
    let tags = json!({ "tag_ids": [landmarks::URGENT_TAG] });
    change(
        &front,
        Method::DELETE,
        &format!("{path}/tags"),
        tags.clone(),
    )
    .await;
    change(&front, Method::POST, &format!("{path}/tags"), tags).await;
    let inbox = landmarks::SUPPORT_INBOX;
    let found = front
        .walk(&format!("/events?q[types][]=tag&q[inboxes][]={inbox}"))
        .await;
    assert_eq!(found.len(), 1);
    let at = found[0]["emitted_at"].as_f64().unwrap();
    for (query, count) in [
        ("q[types]=tag&q[inboxes]=inb_1wor".to_owned(), 0),
        (format!("q[types]=tag&q[after]={}", at - 0.001), 1),
        (format!("q[types]=tag&q[after]={at}"), 0),
        (format!("q[types]=tag&q[before]={at}"), 0),
    ] {
        assert_eq!(
            front.walk(&format!("/events?{query}")).await.len(),
            count,
            "{query}"
        );
    }
    let mut down = front.walk("/events?q[types]=comment").await;
    let up = "/events?q[types]=comment&sort_by=created_at&sort_order=asc";
    down.reverse();
    assert_eq!(front.walk(up).await, down);
    assert_eq!(front.results("/events").await.len(), 15);
    for query in [
        "q[types]=assigned",
        "q[inboxes]=inb_zzz",
        "q[after]=nan",
        "sort_by=date",
        "sort_order=up",
    ] {
        let (status, _) = front
            .refused(Method::GET, &format!("/events?{query}"), None)
            .await;
        assert_eq!(status, 400, "{query}");
    }
}
