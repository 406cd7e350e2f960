//! What each mode lists, refuses and leaves behind.

use serde_json::{Value, json};

use super::{CONVERSATION, state};
use crate::support::{
    front::Front,
    mcp::{Era, Mcp},
    verdict,
};

const OF_SENDING: [&str; 3] = ["send-message", "confirm-send", "check-send"];

async fn listed(mcp: &mut Mcp) -> Vec<String> {
    let answer = mcp.request("tools/list", json!({})).await;
    answer["result"]["tools"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tool| tool["name"].as_str().unwrap().to_owned())
        .collect()
}

fn arguments(tool: &str) -> Value {
    match tool {
        "send-message" => json!({ "conversation_id": CONVERSATION, "body": "Hello" }),
        _ => json!({ "envelope_id": format!("env_{}", "a".repeat(32)) }),
    }
}

#[tokio::test]
async fn off_unlists_and_refuses() {
    let front = Front::start().await;
    for era in Era::BOTH {
        let mut mcp = Mcp::serving(&front, era, &["--send=off"]).await;
        let listed = listed(&mut mcp).await;
        assert_eq!(listed.len(), 14, "{listed:?}");
        for tool in OF_SENDING {
            assert!(!listed.contains(&tool.to_owned()), "{tool}");
            let result = mcp.call(tool, arguments(tool)).await;
            let meta = verdict::bad(tool, &result);
            assert_eq!(meta["code"], "refused", "{result}");
        }
        mcp.close().await;
    }
    assert!(front.requests().await.is_empty());
}

#[tokio::test]
async fn approve_is_the_default_and_releases_nothing_by_itself() {
    let front = Front::start().await;
    for flags in [&[][..], &["--send=approve"]] {
        let mut mcp = Mcp::serving(&front, Era::PerRequest, flags).await;
        let listed = listed(&mut mcp).await;
        assert_eq!(listed.len(), 17, "{listed:?}");
        let result = mcp.call("send-message", arguments("send-message")).await;
        assert_eq!(state(&result), "sealed");
        let report = verdict::good("send-message", &result);
        assert!(
            report["next"]
                .as_str()
                .unwrap()
                .contains("nobody could be asked"),
            "{report}"
        );
        let envelope = json!({ "envelope_id": report["envelope_id"] });
        let result = mcp.call("confirm-send", envelope).await;
        let meta = verdict::bad("confirm-send", &result);
        assert_eq!(meta["code"], "approval_pending", "{result}");
        mcp.close().await;
    }
    assert_eq!(front.send_posts().await, 0);
}

#[tokio::test]
async fn draft_leaves_a_shared_draft_and_sends_nothing() {
    let front = Front::start().await;
    let mut mcp = Mcp::serving(&front, Era::Handshake, &["--send=draft"]).await;
    let result = mcp
        .call(
            "send-message",
            json!({ "conversation_id": CONVERSATION, "body": "We **look** into it." }),
        )
        .await;
    assert_eq!(state(&result), "drafted");
    let report = verdict::good("send-message", &result);
    assert!(report["next"].as_str().unwrap().contains(CONVERSATION));
    let draft = report["draft_id"].as_str().unwrap();

    let path = format!("/conversations/{CONVERSATION}/drafts");
    let drafts = front.ask(reqwest::Method::GET, &path, None).await;
    let kept = drafts["_results"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["id"] == draft)
        .unwrap();
    assert_eq!(kept["draft_mode"], "shared");
    assert!(
        kept["body"]
            .as_str()
            .unwrap()
            .contains("<strong>look</strong>")
    );

    let result = mcp.call("confirm-send", arguments("confirm-send")).await;
    verdict::bad("confirm-send", &result);
    assert!(front.outbox().await.is_empty());
    assert_eq!(front.send_posts().await, 0);
    mcp.close().await;
}
