//! Finding a mail, a file, a person.

use front_mcp::sandbox::landmarks::{
    ATTACHMENT_MESSAGE, LONG_THREAD, MERGED_CONVERSATION, MERGED_INTO, TABLE, URGENT_CONVERSATION,
};
use serde_json::json;

use super::job::{Case, Job, case, names, row, texts};

const RIDER: &str = "beatrix.dunmore@postbox.example";

pub fn cases() -> Vec<Case> {
    vec![
        case!("find: the last mail from a customer", 2, last_mail_from),
        case!("find: everything on an order number", 1, order),
        case!("find: what a colleague was mentioned in", 1, mentioned),
        case!("find: who a customer is, by e-mail address", 1, who_is),
        case!("find: a table on a message", 1, table),
        case!("find: the mail as it was sent", 1, source),
        case!("find: a conversation that was merged away", 1, merged),
        case!("find: the beginning of a long thread", 2, long_thread),
        case!("find: which tag to use for late parcels", 1, which_tag),
        case!("find: from which address Support writes", 1, channels),
        case!("find: what this server may do", 1, limits),
        case!(
            "find: an operation that has no tool, and use it",
            2,
            no_tool
        ),
    ]
}

async fn last_mail_from(job: &mut Job) {
    let found = job
        .call(
            "search-conversations",
            json!({ "from": [RIDER], "limit": 5 }),
        )
        .await;
    let id = found["conversations"][0]["id"].clone();
    assert_eq!(id, URGENT_CONVERSATION);
    let read = job
        .call(
            "get-conversation",
            json!({ "conversation_id": id, "limit": 1 }),
        )
        .await;
    let body = read["timeline"][0]["body"].as_str().unwrap();
    assert!(body.contains("three things tonight"), "{body}");
}

async fn order(job: &mut Job) {
    let found = job
        .call("search-conversations", json!({ "text": "LC-70112" }))
        .await;
    assert!(texts(&found["conversations"], "id").contains(&URGENT_CONVERSATION.to_owned()));
}

async fn mentioned(job: &mut Job) {
    let found = job
        .call("search-conversations", json!({ "mention": "marin" }))
        .await;
    assert!(
        found["searched"][0]
            .as_str()
            .unwrap()
            .contains("tea_1marin")
    );
}

async fn who_is(job: &mut Job) {
    let found = job.call("get-contact", json!({ "contact": RIDER })).await;
    assert!(
        found["contact"]["name"]
            .as_str()
            .unwrap()
            .contains("Beatrix")
    );
}

async fn table(job: &mut Job) {
    let read = job
        .call(
            "get-attachment",
            json!({ "attachment_id": TABLE, "message_id": ATTACHMENT_MESSAGE }),
        )
        .await;
    assert!(!read["text"].as_str().unwrap().is_empty());
}

async fn source(job: &mut Job) {
    let read = job
        .call(
            "get-message",
            json!({ "message_id": "msg_1urgenta", "source": true }),
        )
        .await;
    assert!(read["source"].is_object(), "{read}");
}

async fn merged(job: &mut Job) {
    let read = job
        .call(
            "get-conversation",
            json!({ "conversation_id": MERGED_CONVERSATION }),
        )
        .await;
    assert_eq!(read["merged_into"], MERGED_INTO);
}

async fn long_thread(job: &mut Job) {
    let newest = job
        .call(
            "get-conversation",
            json!({ "conversation_id": LONG_THREAD, "limit": 40 }),
        )
        .await;
    let older = job
        .call(
            "get-conversation",
            json!({ "conversation_id": LONG_THREAD, "limit": 40, "cursor": newest["next_cursor"] }),
        )
        .await;
    assert!(older.get("next_cursor").is_none(), "more than two pages");
}

async fn which_tag(job: &mut Job) {
    let tags = job.call("list-tags", json!({ "query": "late" })).await;
    assert_eq!(names(&tags["tags"]), ["Late delivery"]);
}

async fn channels(job: &mut Job) {
    let found = job
        .call("list-channels", json!({ "inbox": "Support" }))
        .await;
    row(
        &found["channels"],
        "address",
        "support@larkspur-cycles.example",
    );
}

async fn limits(job: &mut Job) {
    let found = job.call("whoami", json!({})).await;
    assert_eq!(found["send_mode"], "confirm");
}

async fn no_tool(job: &mut Job) {
    let found = job
        .call(
            "search-api",
            json!({ "query": "which rules does the company have" }),
        )
        .await;
    let operations = texts(&found["matches"], "operation");
    let operation = operations.iter().find(|one| one.contains("rules")).unwrap();
    let rules = job
        .call("raw-api-request", json!({ "operation": operation }))
        .await;
    assert_eq!(rules["status"], 200);
}
