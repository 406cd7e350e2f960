//! `add-comment`.

use front_mcp::sandbox::landmarks::DRAFTED_CONVERSATION;
use reqwest::Method;
use serde_json::json;

use super::{CONVERSATION, serving, written};
use crate::support::{front::Front, verdict};

const TOOL: &str = "add-comment";

#[tokio::test]
async fn mentions_stand_in_the_text_once_each() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let result = mcp
        .call(
            TOOL,
            json!({
                "conversation_id": CONVERSATION,
                "body": "Please call, @desmond.",
                "mentions": ["Tove Lindqvist", "desmond@larkspur-cycles.example", "@tove"],
                "author": "Marin",
            }),
        )
        .await;
    let said = verdict::good(TOOL, &result);
    assert_eq!(said["conversation_id"], CONVERSATION);
    assert_eq!(said["author"]["name"], "Marin Okonkwo");
    let path = format!("/comments/{}", said["comment_id"].as_str().unwrap());
    let comment = front.ask(Method::GET, &path, None).await;
    assert_eq!(comment["body"], "@tove Please call, @desmond.");
    assert_eq!(comment["author"]["username"], "marin");
    let mentions = format!("{path}/mentions");
    let mentions = front.ask(Method::GET, &mentions, None).await;
    assert_eq!(mentions["_results"].as_array().unwrap().len(), 2);
    assert!(verdict::text(&result).contains("for teammates alone"));
    assert!(front.outbox().await.is_empty());
    mcp.close().await;
}

#[tokio::test]
async fn a_reply_stands_under_the_comment_it_answers_and_in_no_other_conversation() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let first = json!({ "conversation_id": CONVERSATION, "body": "Who knows?" });
    let first = mcp.call(TOOL, first).await;
    let to = verdict::good(TOOL, &first)["comment_id"].clone();
    let reply = |conversation: &str| json!({ "conversation_id": conversation, "body": "I do.", "reply_to": to });
    let since = front.requests().await.len();
    let elsewhere = mcp.call(TOOL, reply(DRAFTED_CONVERSATION)).await;
    let text = verdict::refuses(TOOL, "reply_to", &elsewhere);
    assert!(
        text.contains(CONVERSATION) && text.contains("nothing was said"),
        "{text}"
    );
    assert!(written(&front, since).await.is_empty());
    let result = mcp.call(TOOL, reply(CONVERSATION)).await;
    let said = verdict::good(TOOL, &result);
    assert_eq!(said["reply_to"], to);
    let path = format!("/comments/{}", said["comment_id"].as_str().unwrap());
    let comment = front.ask(Method::GET, &path, None).await;
    let answered = comment["_links"]["related"]["comment_replied_to"]
        .as_str()
        .unwrap();
    assert!(answered.ends_with(to.as_str().unwrap()), "{answered}");
    mcp.close().await;
}

#[tokio::test]
async fn nobody_is_mentioned_by_half_a_name() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let since = front.requests().await.len();
    let with =
        |field: &str, value| json!({ "conversation_id": CONVERSATION, "body": "x", field: value });
    for (arguments, field, says) in [
        (
            with("mentions", json!(["Tove Lind"])),
            "mentions[0]",
            "Tove Lindqvist",
        ),
        (
            with("author", json!("nobody")),
            "author",
            "`list-teammates`",
        ),
        (
            with("reply_to", json!("msg_1")),
            "reply_to",
            "the id of a message",
        ),
        (
            with("reply_to", json!("com_1none")),
            "reply_to",
            "Front knows no such thing",
        ),
        (with("body", json!("  ")), "body", "is empty"),
    ] {
        let result = mcp.call(TOOL, arguments).await;
        let text = verdict::refuses(TOOL, field, &result);
        assert!(text.contains(says), "{text}");
    }
    assert!(written(&front, since).await.is_empty());
    mcp.close().await;
}
