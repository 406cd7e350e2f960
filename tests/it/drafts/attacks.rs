//! A draft swapped under a person about to press Send: other callers' and colleagues' drafts, own
//! ones that somebody edited, forged ids, the way around, races and restarts.

use front_mcp::{
    app::App,
    gate::mode::SendMode,
    host::Host,
    sandbox::landmarks::{PRIVATE_DRAFT, SHARED_DRAFT, URGENT_CONVERSATION, URGENT_MESSAGE},
};
use serde_json::{Value, json};

use super::{at_front, changes, comments, draft, edit_elsewhere, in_folder, serving, update};
use crate::support::{
    front::Front,
    in_process::{call, caller, config_in},
    verdict,
};

#[tokio::test]
async fn a_colleagues_draft_is_left_alone() {
    let front = Front::start().await;
    let mut mcp = serving(&front, &[]).await;
    for id in [SHARED_DRAFT, PRIVATE_DRAFT] {
        let before = at_front(&front, id).await;
        let version = before["version"].clone();
        for more in [json!({}), json!({ "version": version })] {
            let mut change = json!({ "body": "Click https://evil.test", "bcc": ["spy@evil.test"] });
            let mut delete = json!({ "draft_id": id });
            for (name, value) in more.as_object().unwrap() {
                change[name] = value.clone();
                delete[name] = value.clone();
            }
            let result = update(&mut mcp, id, change).await;
            let meta = verdict::bad("update-draft", &result);
            assert_eq!(meta["code"], "refused", "{result}");
            let next = meta["next"].as_str().unwrap();
            assert!(
                next.contains("allow_operations = [\"edit-draft\"]"),
                "{next}"
            );
            let result = mcp.call("delete-draft", delete).await;
            let meta = verdict::bad("delete-draft", &result);
            assert_eq!(meta["code"], "refused", "{result}");
        }
        assert_eq!(at_front(&front, id).await, before);
    }
    assert_eq!(changes(&front).await, 0);
    mcp.close().await;
}

#[tokio::test]
async fn another_callers_draft_is_a_strangers() {
    let front = Front::start().await;
    let folder = tempfile::tempdir().unwrap();
    let server = App::new(&config_in(folder.path(), &front.base(), SendMode::Confirm)).unwrap();
    let (ann, bob) = (caller("local/ann", "desk"), caller("local/bob", "desk"));
    let arguments = json!({ "conversation_id": URGENT_CONVERSATION, "body": "Hello." });
    let left = call(&server, "create-draft", arguments, &ann, &Host::silent()).await;
    let id = left.value().unwrap()["draft_id"].clone();
    for (tool, arguments) in [
        ("update-draft", json!({ "draft_id": id, "body": "Other." })),
        ("delete-draft", json!({ "draft_id": id })),
    ] {
        let refused = call(&server, tool, arguments, &bob, &Host::silent()).await;
        assert_eq!(refused.meta["code"], "refused", "{refused:?}");
    }
    let wanted = json!({ "conversation_id": URGENT_CONVERSATION });
    let seen = call(&server, "list-drafts", wanted, &bob, &Host::silent()).await;
    assert!(seen.value().unwrap()["drafts"][0].get("own").is_none());
    assert_eq!(changes(&front).await, 0);
    // From another window of the same account it is Ann's all the same.
    let other_window = caller("local/ann", "editor");
    let arguments = json!({ "draft_id": id, "body": "Other." });
    let host = Host::silent();
    let changed = call(&server, "update-draft", arguments, &other_window, &host).await;
    assert!(!changed.is_error, "{changed:?}");
}

#[tokio::test]
async fn an_own_draft_that_a_colleague_edited_is_theirs_and_both_texts_are_told() {
    let front = Front::start().await;
    let mut mcp = serving(&front, &[]).await;
    let id = draft(&mut mcp).await;
    edit_elsewhere(&front, &id, "<p>By a colleague's hand.</p>").await;
    let before = at_front(&front, &id).await;
    let told = comments(&front).await.len();
    let more = json!({ "body": "By the agent.", "to": ["spy@evil.test"] });
    let result = update(&mut mcp, &id, more).await;
    let meta = verdict::bad("update-draft", &result);
    assert_eq!(meta["code"], "conflict", "{result}");
    let text = verdict::text(&result);
    assert!(text.contains("was written by others"), "{text}");
    assert!(text.contains("By a colleague's hand."), "{text}");
    assert!(text.contains("By the agent."), "{text}");
    let result = mcp.call("delete-draft", json!({ "draft_id": id })).await;
    let meta = verdict::bad("delete-draft", &result);
    assert_eq!(meta["code"], "conflict", "{result}");
    assert_eq!(at_front(&front, &id).await, before);
    assert_eq!(comments(&front).await.len(), told);
    mcp.close().await;
}

#[tokio::test]
async fn an_edit_between_our_look_and_our_change_is_not_overwritten() {
    let front = Front::start().await;
    let mut mcp = serving(&front, &[]).await;
    let id = draft(&mut mcp).await;
    front
        .fault(json!({ "kind": "status", "value": 409, "match": { "method": "PATCH" } }))
        .await;
    let result = update(&mut mcp, &id, json!({ "body": "By the agent." })).await;
    front.heal().await;
    let meta = verdict::bad("update-draft", &result);
    assert_eq!(meta["code"], "conflict", "{result}");
    let text = verdict::text(&result);
    assert!(
        text.contains("By the agent.") && text.contains("First words."),
        "{text}"
    );
    mcp.close().await;
}

#[tokio::test]
async fn what_is_gone_or_no_draft_or_no_id_is_told_so() {
    let front = Front::start().await;
    let mut mcp = serving(&front, &[]).await;
    let id = draft(&mut mcp).await;
    let version = at_front(&front, &id).await["version"].clone();
    let path = format!("/drafts/{id}");
    let body = Some(json!({ "version": version }));
    front.ask(reqwest::Method::DELETE, &path, body).await;
    let since = changes(&front).await;
    let result = update(&mut mcp, &id, json!({ "body": "Other." })).await;
    assert_eq!(verdict::bad("update-draft", &result)["code"], "not_found");
    let result = update(&mut mcp, URGENT_MESSAGE, json!({ "body": "Other." })).await;
    let text = verdict::refuses("update-draft", "draft_id", &result);
    assert!(text.contains("no draft"), "{text}");
    for forged in [
        "../me",
        "msg_1/../../drafts/msg_1",
        "msg_1/",
        "alt:uid:0123",
        "MSG_1",
        "msg_1%2f",
        "cnv_1urgent",
        "",
        "msg_\u{661}",
    ] {
        let result = update(&mut mcp, forged, json!({ "body": "Other." })).await;
        verdict::refuses("update-draft", "draft_id", &result);
        let result = mcp
            .call("delete-draft", json!({ "draft_id": forged }))
            .await;
        verdict::refuses("delete-draft", "draft_id", &result);
    }
    assert_eq!(changes(&front).await, since);
    mcp.close().await;
}

#[tokio::test]
async fn the_way_around_stays_closed_for_own_drafts_too() {
    let front = Front::start().await;
    let mut mcp = serving(&front, &[]).await;
    let id = draft(&mut mcp).await;
    let version = at_front(&front, &id).await["version"].clone();
    for arguments in [
        json!({ "method": "PATCH", "path": format!("/drafts/{id}/"), "body": { "body": "x", "channel_id": "cha_1sup", "bcc": ["spy@evil.test"], "version": version } }),
        json!({ "method": "DELETE", "path": format!("/drafts/{id}"), "body": { "version": version } }),
        json!({ "operation": "edit-draft", "params": { "message_id": id }, "body": { "body": "x", "channel_id": "cha_1sup", "version": version } }),
        json!({ "operation": "delete-draft", "params": { "draft_id": id }, "body": { "version": version } }),
    ] {
        let result = mcp.call("raw-api-request", arguments).await;
        let meta = verdict::bad("raw-api-request", &result);
        assert_eq!(meta["code"], "refused", "{result}");
    }
    assert_eq!(changes(&front).await, 0);
    mcp.close().await;
}

#[tokio::test]
async fn of_many_at_once_none_overwrites_what_it_did_not_read() {
    let front = Front::start().await;
    let folder = tempfile::tempdir().unwrap();
    let servers: Vec<_> = (0..2)
        .map(|_| App::new(&config_in(folder.path(), &front.base(), SendMode::Confirm)).unwrap())
        .collect();
    let ann = caller("local/ann", "desk");
    let arguments = json!({ "conversation_id": URGENT_CONVERSATION, "body": "Hello." });
    let host = Host::silent();
    let left = call(&servers[0], "create-draft", arguments, &ann, &host).await;
    let id = left.value().unwrap()["draft_id"].clone();
    let calls = (0..16).map(|number| {
        let (server, ann, host) = (&servers[number % 2], &ann, &host);
        let arguments = json!({ "draft_id": id, "body": format!("Words number {number}.") });
        async move { call(server, "update-draft", arguments, ann, host).await }
    });
    let outcomes = futures_util::future::join_all(calls).await;
    let won: Vec<_> = (0..16).filter(|one| !outcomes[*one].is_error).collect();
    assert!(!won.is_empty(), "{outcomes:?}");
    for lost in outcomes.iter().filter(|one| one.is_error) {
        assert_eq!(lost.meta["code"], "conflict", "{lost:?}");
    }
    let now = at_front(&front, id.as_str().unwrap()).await;
    let body = now["body"].as_str().unwrap();
    let is_winners = |number: &usize| body.contains(&format!("number {number}."));
    assert_eq!(
        won.iter().filter(|one| is_winners(one)).count(),
        1,
        "{body}"
    );
    // Whoever wrote last, it is still Ann's.
    let arguments = json!({ "draft_id": id, "body": "After all." });
    let after = call(&servers[1], "update-draft", arguments, &ann, &host).await;
    assert!(!after.is_error, "{after:?}");
}

#[tokio::test]
async fn a_restart_forgets_nothing_in_a_folder_and_all_in_memory() {
    let front = Front::start().await;
    let folder = tempfile::tempdir().unwrap();
    let mut first = in_folder(&front, &[], folder.path()).await;
    let id = draft(&mut first).await;
    first.close().await;
    let mut second = in_folder(&front, &[], folder.path()).await;
    let result = update(&mut second, &id, json!({ "body": "Second words." })).await;
    verdict::good("update-draft", &result);
    second.close().await;
    let log = std::fs::read_to_string(folder.path().join("audit.jsonl")).unwrap();
    let recorded = log
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .find(|one| one["operation"] == "edit-draft")
        .unwrap();
    assert!(recorded.to_string().contains("own-draft"), "{recorded}");

    let mut third = serving(&front, &[]).await;
    let id = draft(&mut third).await;
    third.close().await;
    let mut fourth = serving(&front, &[]).await;
    let result = update(&mut fourth, &id, json!({ "body": "Second words." })).await;
    let meta = verdict::bad("update-draft", &result);
    assert_eq!(meta["code"], "refused", "{result}");
    fourth.close().await;
}
