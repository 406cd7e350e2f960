//! The seed: how much there is, that it is the same every time, and that it is worth looking at.

use std::collections::HashSet;

use front_mcp::sandbox::landmarks;
use reqwest::Method;
use serde_json::Value;

use super::{Front, ids};

fn distinct<'a>(items: &'a [Value], field: &str) -> HashSet<&'a str> {
    items
        .iter()
        .map(|item| item[field].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn holds_a_whole_company() {
    let front = Front::start().await;
    assert_eq!(front.get("/me").await["name"], "Larkspur Cycles");
    assert!(front.results("/inboxes").await.len() >= 4);
    assert!(front.results("/teammates").await.len() >= 12);
    assert!(front.walk("/tags").await.len() >= 25);
    assert!((2..=3).contains(&front.results("/teams").await.len()));
    assert!(!front.results("/contact_lists").await.is_empty());
    assert!(!front.walk("/accounts").await.is_empty());
    assert!(!front.results("/contacts/custom_fields").await.is_empty());
    let channels = front.results("/channels").await;
    assert!(channels.len() >= 6);
    assert!(distinct(&channels, "type").len() >= 3);
    let contacts = front.walk("/contacts?limit=100").await;
    assert!(contacts.len() >= 150);
    assert_eq!(distinct(&contacts, "name").len(), contacts.len());
    let tags = front.walk("/tags").await;
    assert!(
        tags.iter()
            .any(|tag| !tag["_links"]["related"]["parent_tag"].is_null())
    );
}

#[tokio::test]
async fn every_conversation_is_walked_once_and_has_its_own_subject() {
    let front = Front::start().await;
    let conversations = front.walk("/conversations?limit=37").await;
    assert!(conversations.len() >= 400, "{}", conversations.len());
    assert_eq!(distinct(&conversations, "id").len(), conversations.len());
    assert_eq!(
        distinct(&conversations, "subject").len(),
        conversations.len()
    );
    let mut messages = 0;
    for id in ids(&conversations) {
        messages += front
            .walk(&format!("/conversations/{id}/messages?limit=100"))
            .await
            .len();
    }
    assert!(messages >= 2_000, "{messages}");
    let statuses = distinct(&conversations, "status");
    assert_eq!(
        statuses,
        HashSet::from(["assigned", "unassigned", "archived", "deleted"])
    );
}

#[tokio::test]
async fn is_the_same_every_time() {
    let (one, other) = (Front::start().await, Front::start().await);
    for path in [
        "/conversations?limit=100",
        "/contacts?limit=100",
        "/tags",
        "/teammates",
        "/events",
        &format!("/conversations/{}/messages", landmarks::LONG_THREAD),
    ] {
        let first = one
            .call(Method::GET, path, None)
            .await
            .bytes()
            .await
            .unwrap();
        let second = other
            .call(Method::GET, path, None)
            .await
            .bytes()
            .await
            .unwrap();
        assert_eq!(first, second, "{path}");
    }
}

#[tokio::test]
async fn lists_filter_by_status_in_both_spellings_and_refuse_what_they_do_not_know() {
    let front = Front::start().await;
    let open = "/conversations?q[statuses]=assigned&q[statuses]=unassigned&limit=100";
    let found = front.walk(open).await;
    assert_eq!(
        distinct(&found, "status"),
        HashSet::from(["assigned", "unassigned"])
    );
    let trashed = front
        .walk("/conversations?q%5Bstatuses%5D%5B%5D=trashed")
        .await;
    assert_eq!(distinct(&trashed, "status"), HashSet::from(["deleted"]));
    let oldest = front
        .get("/conversations?sort_by=date&sort_order=asc&limit=1")
        .await;
    assert_ne!(oldest["_results"][0]["id"], found[0]["id"]);
    for path in [
        "/conversations?q[statuses]=deleted",
        "/conversations?limit=101",
        "/conversations?limit=0",
        "/conversations?page_token=elsewhere",
        "/conversations?sort_by=id",
        "/events?limit=16",
    ] {
        assert_eq!(
            front.refused(Method::GET, path, None).await.0,
            400,
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_page_token_fits_only_the_list_it_came_from() {
    let front = Front::start().await;
    let page = front.get("/conversations?limit=5").await;
    let next = page["_pagination"]["next"].as_str().unwrap();
    let (_, token) = next.split_once("page_token=").unwrap();
    let stranger = format!("/contacts?page_token={token}");
    assert_eq!(front.refused(Method::GET, &stranger, None).await.0, 400);
    front
        .get(&format!("/conversations?limit=50&page_token={token}"))
        .await;
}

#[tokio::test]
async fn the_urgent_conversation_stands_out() {
    let front = Front::start().await;
    let newest = front.get("/conversations?limit=1").await["_results"][0].clone();
    assert_eq!(newest["id"], landmarks::URGENT_CONVERSATION);
    assert_eq!(newest["status"], "unassigned");
    assert!(newest["assignee"].is_null());
    assert!(newest["subject"].as_str().unwrap().starts_with("URGENT:"));
    assert_eq!(newest["tags"], serde_json::json!([]));
    let path = format!("/conversations/{}", landmarks::URGENT_CONVERSATION);
    let inboxes = front.results(&format!("{path}/inboxes")).await;
    assert_eq!(ids(&inboxes), [landmarks::SUPPORT_INBOX]);
    let messages = front.results(&format!("{path}/messages")).await;
    assert_eq!(messages.len(), 3);
    assert_eq!(messages[0]["id"], landmarks::URGENT_MESSAGE);
    let subjects = front.walk("/conversations?limit=100").await;
    let urgent = subjects
        .iter()
        .filter(|one| one["subject"].as_str().unwrap().contains("URGENT"));
    assert_eq!(urgent.count(), 1);
}

#[tokio::test]
async fn the_long_thread_is_fifty_mails_of_quoted_html() {
    let front = Front::start().await;
    let path = format!(
        "/conversations/{}/messages?limit=100",
        landmarks::LONG_THREAD
    );
    let raw = front
        .call(Method::GET, &path, None)
        .await
        .text()
        .await
        .unwrap();
    let size = raw.len();
    assert!((150_000..=260_000).contains(&size), "{size}");
    let page: Value = serde_json::from_str(&raw).unwrap();
    assert_eq!(page["_results"].as_array().unwrap().len(), 50);
    assert!(raw.contains("gmail_quote") && raw.contains("type=\\\"cite\\\""));
}

#[tokio::test]
async fn every_landmark_is_there() {
    let front = Front::start().await;
    for id in [
        landmarks::URGENT_CONVERSATION,
        landmarks::MERGED_INTO,
        landmarks::INJECTION_CONVERSATION,
        landmarks::LONG_THREAD,
        landmarks::DRAFTED_CONVERSATION,
        landmarks::SMS_CONVERSATION,
        landmarks::CHAT_CONVERSATION,
        landmarks::DISCUSSION,
        landmarks::SNOOZED_CONVERSATION,
        landmarks::TRASHED_CONVERSATION,
        landmarks::NEWSLETTER_CONVERSATION,
        landmarks::ARABIC_CONVERSATION,
    ] {
        assert_eq!(front.get(&format!("/conversations/{id}")).await["id"], id);
    }
    for id in [
        landmarks::URGENT_MESSAGE,
        landmarks::SHARED_DRAFT,
        landmarks::PRIVATE_DRAFT,
        landmarks::ATTACHMENT_MESSAGE,
    ] {
        assert_eq!(front.get(&format!("/messages/{id}")).await["id"], id);
    }
    let others = [
        ("inboxes", landmarks::SUPPORT_INBOX),
        ("channels", landmarks::SUPPORT_CHANNEL),
        ("channels", landmarks::SMS_CHANNEL),
        ("tags", landmarks::URGENT_TAG),
        ("teammates", landmarks::SUPPORT_TEAMMATE),
    ];
    for (collection, id) in others {
        assert_eq!(front.get(&format!("/{collection}/{id}")).await["id"], id);
    }
    let snoozed = front
        .get(&format!(
            "/conversations/{}",
            landmarks::SNOOZED_CONVERSATION
        ))
        .await;
    assert_eq!(snoozed["status"], "archived");
    assert!(snoozed["scheduled_reminders"][0]["scheduled_at"].is_number());
    let discussion = front
        .get(&format!("/conversations/{}", landmarks::DISCUSSION))
        .await;
    assert_eq!(discussion["type"], "discussion");
    assert!(discussion["recipient"].is_null());
}

#[tokio::test]
async fn files_and_mails_can_be_downloaded() {
    let front = Front::start().await;
    let file = front
        .call(
            Method::GET,
            &format!("/download/{}", landmarks::ATTACHMENT),
            None,
        )
        .await;
    assert_eq!(file.headers()["content-type"], "application/pdf");
    assert!(file.bytes().await.unwrap().starts_with(b"%PDF-"));
    let url = format!(
        "{}/messages/{}",
        front.sandbox.base_url(),
        landmarks::URGENT_MESSAGE
    );
    let request = front
        .client
        .get(url)
        .bearer_auth("sandbox")
        .header("accept", "message/rfc822");
    let mail = request.send().await.unwrap();
    assert_eq!(mail.headers()["content-type"], "message/rfc822");
    assert!(
        mail.text()
            .await
            .unwrap()
            .contains("\r\nSubject: Re: URGENT:")
    );
}

#[tokio::test]
async fn contacts_are_found_by_alias() {
    let front = Front::start().await;
    let contact = front.get("/contacts?limit=1").await["_results"][0].clone();
    let handle = contact["handles"][0]["handle"].as_str().unwrap();
    let found = front
        .get(&format!(
            "/contacts/{}",
            super::segment(&format!("alt:email:{handle}"))
        ))
        .await;
    assert_eq!(found["id"], contact["id"]);
    let nobody = front
        .refused(Method::GET, "/contacts/alt:email:nobody@example.com", None)
        .await;
    assert_eq!(nobody.0, 404);
    let marin = front
        .get("/teammates/alt:email:marin@larkspur-cycles.example")
        .await;
    assert_eq!(marin["id"], landmarks::SUPPORT_TEAMMATE);
}

#[tokio::test]
async fn hidden_orders_and_trackers_are_in_the_html() {
    let front = Front::start().await;
    let body = async |id: &str| {
        let path = format!("/conversations/{id}/messages");
        front.results(&path).await[0]["body"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let injection = body(landmarks::INJECTION_CONVERSATION).await;
    assert!(
        injection.contains("Ignore all previous instructions")
            && injection.contains("display:none")
    );
    let newsletter = body(landmarks::NEWSLETTER_CONVERSATION).await;
    for trace in [
        "display:none",
        "width=\"1\" height=\"1\"",
        "click.rimfoundry.example",
    ] {
        assert!(newsletter.contains(trace), "{trace}");
    }
    let arabic = body(landmarks::ARABIC_CONVERSATION).await;
    assert!(arabic.contains("dir=\"rtl\""));
    let all = front.walk("/events").await;
    let markup: String = all
        .iter()
        .filter_map(|event| event["target"]["data"]["body"].as_str())
        .collect();
    for mark in [
        "gmail_quote",
        "divRplyFwdMsg",
        "border-top:solid",
        "type=\"cite\"",
        "&gt; ",
        "😀",
    ] {
        assert!(markup.contains(mark), "{mark}");
    }
}
