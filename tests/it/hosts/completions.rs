//! Completions: names out of the company's lists, as the policy shows them.

use serde_json::{Value, json};

use super::{asked, one_inbox, refused, serving};
use crate::support::{
    front::Front,
    mcp::{Era, Mcp},
};

async fn completed(mcp: &mut Mcp, prompt: &str, argument: &str, typed: &str) -> Value {
    let params = json!({
        "ref": { "type": "ref/prompt", "name": prompt },
        "argument": { "name": argument, "value": typed },
    });
    asked(mcp, "completion/complete", params).await["completion"].clone()
}

#[tokio::test]
async fn names_are_offered_as_they_are_typed() {
    let front = Front::start().await;
    for era in Era::BOTH {
        let mut mcp = serving(&front, era).await;
        for (prompt, argument, typed, first) in [
            ("triage-inbox", "inbox", "sup", "Support"),
            ("triage-inbox", "inbox", "RETURNS", "Orders & Returns"),
            ("at-risk-conversations", "tag", "urg", "Urgent"),
        ] {
            let offered = completed(&mut mcp, prompt, argument, typed).await;
            assert_eq!(offered["values"][0], first, "{offered}");
            assert_eq!(
                offered["total"],
                offered["values"].as_array().unwrap().len()
            );
            assert_eq!(offered["hasMore"], false);
        }
        let all = completed(&mut mcp, "prepare-handover", "to", "").await;
        let listed = mcp.call("list-teammates", json!({})).await;
        let teammates = listed["structuredContent"]["teammates"].as_array().unwrap();
        assert_eq!(all["total"], teammates.len());
        let none = completed(&mut mcp, "triage-inbox", "inbox", "zzz").await;
        assert_eq!(none, json!({ "values": [], "total": 0, "hasMore": false }));
        // Everything that is offered is understood.
        for name in all["values"].as_array().unwrap() {
            let arguments = json!({ "assignee": name, "limit": 1 });
            let result = mcp.call("list-conversations", arguments).await;
            assert_eq!(result["isError"], false, "{name}: {result}");
        }
        mcp.close().await;
    }
}

#[tokio::test]
async fn hidden_inboxes_are_not_offered() {
    let front = Front::start().await;
    let settings = one_inbox("completions-one-inbox");
    let mut mcp = Mcp::serving(&front, Era::PerRequest, &["--config", &settings]).await;
    let offered = completed(&mut mcp, "triage-inbox", "inbox", "").await;
    assert_eq!(offered["values"], json!(["Support"]));
    mcp.close().await;
}

#[tokio::test]
async fn nothing_is_offered_out_of_a_list_whose_tool_is_denied() {
    let front = Front::start().await;
    let path = format!("{}/completions-denied.toml", env!("CARGO_TARGET_TMPDIR"));
    let policy = "[policy]\ndeny_tools = [\"list-tags\", \"list-teammates\"]\n";
    std::fs::write(&path, policy).unwrap();
    let mut mcp = Mcp::serving(&front, Era::PerRequest, &["--config", &path]).await;
    for (prompt, argument) in [("at-risk-conversations", "tag"), ("prepare-handover", "to")] {
        let offered = completed(&mut mcp, prompt, argument, "").await;
        assert_eq!(offered["values"], json!([]), "{argument}: {offered}");
    }
    assert!(front.requests().await.is_empty());
    let offered = completed(&mut mcp, "triage-inbox", "inbox", "sup").await;
    assert_eq!(offered["values"][0], "Support");
    mcp.close().await;
}

#[tokio::test]
async fn ids_are_never_offered_and_what_is_unknown_is_refused() {
    let front = Front::start().await;
    let mut mcp = serving(&front, Era::Handshake).await;
    let offered = completed(&mut mcp, "summarize-conversation", "conversation", "cnv_").await;
    assert_eq!(offered["values"], json!([]));
    let of_template = |uri: &str, argument: &str| {
        json!({
            "ref": { "type": "ref/resource", "uri": uri },
            "argument": { "name": argument, "value": "cnv" },
        })
    };
    let params = of_template("front://conversations/{id}", "id");
    let offered = asked(&mut mcp, "completion/complete", params).await;
    assert_eq!(offered["completion"]["values"], json!([]));
    let of_prompt = |name: &str, argument: &str| {
        json!({
            "ref": { "type": "ref/prompt", "name": name },
            "argument": { "name": argument, "value": "" },
        })
    };
    for params in [
        of_template("front://conversations/{id}", "colour"),
        of_template("front://inboxes", "id"),
        of_prompt("no-such-prompt", "inbox"),
        of_prompt("triage-inbox", "colour"),
    ] {
        let (code, message) = refused(&mut mcp, "completion/complete", params).await;
        assert_eq!(code, -32602, "{message}");
    }
    assert!(front.requests().await.is_empty());
    mcp.close().await;
}

#[tokio::test]
async fn a_front_that_fails_offers_nothing() {
    let front = Front::start().await;
    let mut mcp = serving(&front, Era::PerRequest).await;
    for fault in [
        json!({ "kind": "status", "value": 403 }),
        json!({ "kind": "html" }),
        json!({ "kind": "hang", "value": 60 }),
    ] {
        front.fault(fault).await;
        let offered = completed(&mut mcp, "triage-inbox", "inbox", "").await;
        assert_eq!(offered["values"], json!([]));
        front.heal().await;
    }
    let offered = completed(&mut mcp, "triage-inbox", "inbox", "").await;
    assert!(offered["total"].as_u64().unwrap() > 2, "{offered}");
    mcp.close().await;
}
