//! Channels of an application's own: what is recorded, and that nobody is sent anything.

use front_mcp::sandbox::landmarks::{APPLICATION_CHANNEL as CHANNEL, SUPPORT_CHANNEL};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{
    front::Front,
    mcp::{ALL, Era, Mcp},
    verdict,
};

async fn serving(front: &Front) -> Mcp {
    Mcp::serving(front, Era::PerRequest, &ALL).await
}

async fn good(mcp: &mut Mcp, tool: &str, arguments: Value) -> Value {
    let result = mcp.call(tool, arguments).await;
    verdict::good(tool, &result).clone()
}

async fn get(front: &Front, path: &str) -> Value {
    front.ask(Method::GET, path, None).await
}

fn inbound(id: &str, body: &str) -> Value {
    json!({
        "channel": "Pedalmarkt",
        "sender": { "handle": "bidder-7", "name": "Jo Bidder", "email": "jo@inkwell.example" },
        "subject": "Frame 54",
        "body": body,
        "external_id": id,
        "external_conversation_id": "market-1",
        "delivered_at": "2026-03-18T08:00:00Z",
    })
}

#[tokio::test]
async fn messages_from_elsewhere_become_one_conversation_and_leave_for_nobody() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let first = good(
        &mut mcp,
        "sync-inbound-message",
        inbound("m-1", "Still there?"),
    )
    .await;
    let uid = first["message_uid"].as_str().unwrap();
    let message = get(&front, &format!("/messages/alt:uid:{uid}")).await;
    assert_eq!(message["type"], "custom");
    assert_eq!(message["is_inbound"], true);
    let link = message["_links"]["related"]["conversation"]
        .as_str()
        .unwrap();
    let conversation = link.rsplit('/').next().unwrap().to_owned();
    let path = format!("/conversations/{conversation}");
    assert_eq!(get(&front, &path).await["subject"], "Frame 54");
    let inboxes = get(&front, &format!("{path}/inboxes")).await;
    assert_eq!(inboxes["_results"][0]["id"], "inb_1ord");

    let mut with_file = inbound("m-2", "Here is a picture");
    with_file["attachments"] = json!([{ "name": "frame.png", "content_base64": "iVBORw0KGgo=" }]);
    good(&mut mcp, "sync-inbound-message", with_file).await;
    let outbound = json!({
        "channel": CHANNEL,
        "to": [{ "handle": "bidder-7" }],
        "author": "marin",
        "body": "It is.",
        "external_id": "m-3",
        "external_conversation_id": "market-1",
        "replied_to": "m-2",
    });
    good(&mut mcp, "sync-outbound-message", outbound).await;
    let messages = get(&front, &format!("{path}/messages")).await;
    let messages = messages["_results"].as_array().unwrap();
    assert_eq!(messages.len(), 3);
    assert!(
        messages
            .iter()
            .any(|one| one["attachments"][0]["filename"] == "frame.png")
    );
    assert!(
        messages
            .iter()
            .any(|one| one["author"]["id"] == "tea_1marin")
    );

    let archive = json!({ "status": "archived" });
    front.ask(Method::PATCH, &path, Some(archive)).await;
    let failed = json!({
        "channel": CHANNEL,
        "external_conversation_id": "market-1",
        "external_id": "m-3",
        "reason": "The shop is closed",
    });
    good(&mut mcp, "mark-message-failed", failed.clone()).await;
    assert_eq!(get(&front, &path).await["status"], "unassigned");
    let mut received = failed;
    received["external_id"] = json!("m-1");
    let result = mcp.call("mark-message-failed", received).await;
    assert_eq!(
        verdict::bad("mark-message-failed", &result)["code"],
        "not_found"
    );
    assert!(front.outbox().await.is_empty());
    assert_eq!(front.send_posts().await, 0);
    mcp.close().await;
}

#[tokio::test]
async fn a_call_is_recorded_with_all_that_is_told_of_it() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let call = json!({
        "channel": CHANNEL,
        "call_id": "c-1",
        "direction": "inbound",
        "party": { "handle": "+441514960177", "name": "Jo" },
        "status": "ringing",
        "started_at": "2026-03-18T08:00:00Z",
    });
    good(&mut mcp, "create-call", call).await;
    let of_call = |more: Value| {
        let mut arguments = json!({ "channel": CHANNEL, "call_id": "c-1" });
        let fields = arguments.as_object_mut().unwrap();
        fields.extend(more.as_object().unwrap().clone());
        arguments
    };
    for status in ["connected", "hangup"] {
        good(
            &mut mcp,
            "update-call",
            of_call(json!({ "status": status })),
        )
        .await;
    }
    let summary = of_call(json!({ "summary": "About a saddle." }));
    good(&mut mcp, "add-call-summary", summary).await;
    let lines = json!([
        { "speaker": "Marin", "internal": true, "at": 0, "text": "Hello?" },
        { "speaker": "Jo", "at": 1.5, "text": "Hello!" },
    ]);
    good(
        &mut mcp,
        "add-call-transcript",
        of_call(json!({ "lines": lines })),
    )
    .await;
    let file =
        json!({ "name": "call.mp3", "content_type": "audio/mpeg", "content_base64": "SUQz" });
    good(
        &mut mcp,
        "add-call-recording",
        of_call(json!({ "file": file, "kind": "voicemail" })),
    )
    .await;
    let shown = get(&front, "/_sandbox/application").await;
    let call = &shown["calls"][0];
    assert_eq!(call["told"]["started_at"], 1_773_820_800_000_i64);
    assert_eq!(call["told"]["parent_external_call_id"], "c-1");
    assert_eq!(call["statuses"], json!(["ringing", "connected", "hangup"]));
    assert_eq!(call["summaries"], json!(["About a saddle."]));
    assert_eq!(call["transcripts"][0][0]["speaker_type"], "internal");
    assert_eq!(call["recordings"][0]["filename"], "call.mp3");
    assert_eq!(call["recordings"][0]["type"], "voicemail");

    let text =
        json!({ "name": "call.txt", "content_type": "text/plain", "content_base64": "SUQz" });
    let result = mcp
        .call("add-call-recording", of_call(json!({ "file": text })))
        .await;
    verdict::refuses("add-call-recording", "file", &result);
    let odd = json!({ "channel": CHANNEL, "call_id": "c/../1", "status": "hangup" });
    let result = mcp.call("update-call", odd).await;
    verdict::refuses("update-call", "call_id", &result);
    mcp.close().await;
}

#[tokio::test]
async fn templates_and_status_of_a_channel() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let mut template = json!({
        "channel": CHANNEL,
        "external_id": "shipped",
        "name": "Shipped",
        "blurb": "Your order",
    });
    let result = mcp.call("sync-message-template", template.clone()).await;
    verdict::refuses("sync-message-template", "preview", &result);
    template["preview"] = json!("Your order {{1}} is on its way");
    template["variables"] = json!([{ "uid": "1", "name": "order", "type": "text" }]);
    let kept = good(&mut mcp, "sync-message-template", template).await;
    assert_eq!(kept["template_id"], "777");
    let change = json!({ "channel": CHANNEL, "external_id": "shipped", "only_changes": true, "status": "REJECTED", "disabled": true });
    good(&mut mcp, "sync-message-template", change).await;
    let shown = get(&front, "/_sandbox/application").await;
    let told = &shown["templates"][0]["told"];
    assert_eq!(told["status_name"], "REJECTED");
    assert_eq!(told["is_disabled"], true);
    assert_eq!(told["name"], "Shipped");

    let path = format!("/channels/{CHANNEL}");
    for (status, works) in [("offline", false), ("ok", true)] {
        let arguments = json!({ "channel": CHANNEL, "status": status });
        good(&mut mcp, "set-channel-status", arguments).await;
        assert_eq!(get(&front, &path).await["is_valid"], works);
    }
    let mail = json!({ "channel": SUPPORT_CHANNEL, "status": "offline" });
    let result = mcp.call("set-channel-status", mail).await;
    let said = verdict::text(&result);
    assert_eq!(
        verdict::bad("set-channel-status", &result)["code"],
        "rejected"
    );
    assert!(said.contains("not an application channel"), "{said}");
    mcp.close().await;
}

#[tokio::test]
async fn without_a_policy_that_names_them_none_of_these_tools_is_there() {
    let front = Front::start().await;
    let arguments = ["--toolsets=core,analytics,events,channel-api"];
    let mut mcp = Mcp::serving(&front, Era::PerRequest, &arguments).await;
    let listed = mcp.request("tools/list", json!({})).await;
    let listed = listed["result"]["tools"].to_string();
    for tool in ["sync-inbound-message", "create-call", "set-channel-status"] {
        assert!(!listed.contains(&format!("\"{tool}\"")), "{tool}");
    }
    let result = mcp.call("sync-inbound-message", inbound("m-1", "x")).await;
    assert_eq!(
        verdict::bad("sync-inbound-message", &result)["code"],
        "refused"
    );
    assert!(front.requests().await.is_empty());
    mcp.close().await;
}
