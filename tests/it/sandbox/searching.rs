//! The search grammar.

use front_mcp::sandbox::landmarks;
use reqwest::Method;
use serde_json::Value;

use super::{Front, ids, segment};

async fn search(front: &Front, query: &str) -> Value {
    front
        .get(&format!(
            "/conversations/search/{}?limit=100",
            segment(query)
        ))
        .await
}

async fn found(front: &Front, query: &str) -> Vec<Value> {
    let answer = search(front, query).await;
    let results = answer["_results"].as_array().unwrap().clone();
    assert!(answer["_total"].as_u64().unwrap() >= results.len() as u64);
    results
}

#[tokio::test]
async fn text_filters_and_phrases_combine() {
    let front = Front::start().await;
    assert_eq!(
        ids(&found(&front, "HB-2291-K").await),
        [landmarks::URGENT_CONVERSATION]
    );
    let query = format!(
        "charity wheelsets is:unassigned inbox:{}",
        landmarks::SUPPORT_INBOX
    );
    assert_eq!(
        ids(&found(&front, &query).await),
        [landmarks::URGENT_CONVERSATION]
    );
    assert_eq!(found(&front, "\"charity ride\" hospice").await.len(), 1);
    assert!(found(&front, "\"ride charity\"").await.is_empty());
    assert_eq!(found(&front, "عمّان").await.len(), 1);
    assert!(found(&front, "is:open is:unassigned").await.len() > 10);
}

#[tokio::test]
async fn statuses_have_their_own_words_here() {
    let front = Front::start().await;
    let snoozed = found(&front, "is:snoozed").await;
    assert!(snoozed.iter().all(|one| one["status"] == "archived"));
    assert!(ids(&snoozed).contains(&landmarks::SNOOZED_CONVERSATION));
    let trashed = found(&front, "is:trashed").await;
    assert!(trashed.iter().all(|one| one["status"] == "deleted"));
    let archived = found(&front, "is:archived").await;
    assert!(
        archived
            .iter()
            .all(|one| one["scheduled_reminders"] == serde_json::json!([]))
    );
    assert!(!found(&front, "is:unreplied is:open").await.is_empty());
    assert!(!found(&front, "is:waiting").await.is_empty());
}

#[tokio::test]
async fn people_times_and_fields() {
    let front = Front::start().await;
    let urgent = front
        .get(&format!("/messages/{}", landmarks::URGENT_MESSAGE))
        .await;
    let from = urgent["recipients"][0]["handle"].as_str().unwrap();
    let hers = found(&front, &format!("from:{from}")).await;
    assert!(ids(&hers).contains(&landmarks::URGENT_CONVERSATION));
    let both = found(&front, &format!("from:{from} from:nobody@example.com")).await;
    assert_eq!(ids(&both), ids(&hers));
    let at = urgent["created_at"].as_f64().unwrap();
    let after = found(&front, &format!("after:{}", at - 1.0)).await;
    assert_eq!(ids(&after), [landmarks::URGENT_CONVERSATION]);
    assert!(
        found(&front, &format!("before:{} is:unassigned", at as i64))
            .await
            .len()
            > 1
    );
    assert!(
        ids(&found(&front, &format!("during:{at}")).await)
            .contains(&landmarks::URGENT_CONVERSATION)
    );
    let tea = landmarks::SUPPORT_TEAMMATE;
    for filter in ["assignee", "participant", "author", "mention", "commenter"] {
        assert!(
            !found(&front, &format!("{filter}:{tea}")).await.is_empty(),
            "{filter}"
        );
    }
    let all = front.walk("/conversations?limit=100").await;
    let order = all
        .iter()
        .find_map(|one| one["custom_fields"]["Order number"].as_str())
        .unwrap();
    assert!(
        !found(&front, &format!("custom_field:\"Order number={order}\""))
            .await
            .is_empty()
    );
}

#[tokio::test]
async fn what_the_grammar_does_not_have_is_refused() {
    let front = Front::start().await;
    let many = "from:a@b.example ".repeat(16);
    for query in [
        "has:attachment",
        "is:happy",
        "inbox:Support",
        "tag:inb_1sup",
        "is:open is:archived",
        "before:yesterday",
        "\"open",
        &many,
    ] {
        let path = format!("/conversations/search/{}", segment(query));
        assert_eq!(
            front.refused(Method::GET, &path, None).await.0,
            400,
            "{query}"
        );
    }
}

#[tokio::test]
async fn a_next_page_keeps_the_query_in_its_path() {
    let front = Front::start().await;
    let total = search(&front, "is:open").await["_total"].as_u64().unwrap();
    let walked = front.walk("/conversations/search/is%3Aopen?limit=20").await;
    assert_eq!(walked.len() as u64, total);
}
