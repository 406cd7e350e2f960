//! The tools that look around and those that take back, on the sandbox, with what is there
//! afterwards.

use front_mcp::sandbox::landmarks::{
    self, DRAFTED_CONVERSATION, MERGED_CONVERSATION, MERGED_INTO, URGENT_CONVERSATION, URGENT_TAG,
};
use serde_json::{Value, json};

use crate::support::{
    front::Front,
    mcp::{Era, Mcp},
    verdict,
};

async fn serving(front: &Front) -> Mcp {
    Mcp::serving(front, Era::PerRequest, &["--send=confirm"]).await
}

fn names(rows: &Value, name: &str) -> Vec<String> {
    let rows = rows.as_array().unwrap().iter();
    rows.map(|row| row[name].as_str().unwrap().to_owned())
        .collect()
}

/// Tags as Front has them.
async fn tags(front: &Front, conversation: &str) -> Vec<String> {
    let path = format!("/conversations/{conversation}");
    let read = front.ask(reqwest::Method::GET, &path, None).await;
    names(&read["tags"], "name")
}

async fn writes(front: &Front) -> usize {
    let requests = front.requests().await;
    requests
        .iter()
        .filter(|one| !one.starts_with("GET "))
        .count()
}

#[tokio::test]
async fn whoami_tells_company_limits_and_what_is_left() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let result = mcp.call("whoami", json!({})).await;
    let whoami = verdict::good("whoami", &result);
    assert_eq!(whoami["company"]["name"], "Larkspur Cycles");
    assert_eq!(whoami["company"]["id"], "cmp_1lrk");
    assert_eq!(whoami["send_mode"], "confirm");
    assert_eq!(whoami["policy"], json!([]));
    assert_eq!(whoami["toolsets"], json!(["core"]));
    let listed = mcp.request("tools/list", json!({})).await;
    let listed = listed["result"]["tools"].as_array().unwrap().len();
    assert_eq!(whoami["tools"], listed);
    assert!(verdict::text(&result).contains("no limits but the defaults"));
    mcp.close().await;
}

#[tokio::test]
async fn whoami_tells_the_policy_in_force_and_that_nothing_can_be_sent() {
    let front = Front::start().await;
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("whoami.toml");
    let text = "[tools]\nonly = [\"whoami\", \"send-message\", \"list-tags\"]\n[policy]\nallow_inboxes = [\"inb_1sup\"]\n";
    std::fs::write(&path, text).unwrap();
    let arguments = [
        "--read-only",
        "--send=confirm",
        "--config",
        path.to_str().unwrap(),
    ];
    let mut mcp = Mcp::serving(&front, Era::Handshake, &arguments).await;
    let result = mcp.call("whoami", json!({})).await;
    let whoami = verdict::good("whoami", &result);
    assert_eq!(whoami["send_mode"], "off");
    assert_eq!(whoami["tools"], 2);
    assert_eq!(
        whoami["policy"],
        json!([
            "nothing may be changed or sent",
            "only these inboxes are visible: inb_1sup",
            "contacts are not readable",
        ])
    );
    let said = verdict::text(&result);
    assert!(
        said.contains("- only these inboxes are visible: inb_1sup"),
        "{said}"
    );
    mcp.close().await;
}

#[tokio::test]
async fn channels_are_found_by_words_and_by_inbox() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    for (arguments, expected) in [
        (json!({ "inbox": "support" }), &["cha_1sup", "cha_1cht"][..]),
        (
            json!({ "inbox": landmarks::SUPPORT_INBOX, "query": "CHAT" }),
            &["cha_1cht"],
        ),
        (json!({ "query": "+4415" }), &["cha_1sms"]),
        (json!({ "query": "no such words" }), &[]),
    ] {
        let result = mcp.call("list-channels", arguments).await;
        let found = verdict::good("list-channels", &result);
        assert_eq!(names(&found["channels"], "id"), expected, "{found}");
    }
    let all = mcp.call("list-channels", json!({})).await;
    let rows = &verdict::good("list-channels", &all)["channels"];
    assert_eq!(rows.as_array().unwrap().len(), 8);
    assert_eq!(
        rows[0]["inbox"],
        json!({ "id": "inb_1sup", "name": "Support" })
    );
    let result = mcp
        .call("list-channels", json!({ "inbox": "Suport" }))
        .await;
    let text = verdict::refuses("list-channels", "inbox", &result);
    assert!(
        text.contains("Support") && text.contains("`list-inboxes`"),
        "{text}"
    );
    mcp.close().await;
}

#[tokio::test]
async fn channels_are_told_without_the_names_of_inboxes_that_may_not_be_read() {
    let front = Front::start().await;
    let denied = json!({ "denied_scopes": ["inboxes"] });
    let oauth = "/_sandbox/oauth";
    front.ask(reqwest::Method::POST, oauth, Some(denied)).await;
    let mut mcp = serving(&front).await;
    let result = mcp.call("list-channels", json!({ "query": "chat" })).await;
    let rows = &verdict::good("list-channels", &result)["channels"];
    assert_eq!(rows[0]["inbox"], json!({ "id": "inb_1sup" }));
    let result = mcp
        .call("list-channels", json!({ "inbox": "Support" }))
        .await;
    assert_eq!(verdict::bad("list-channels", &result)["code"], "forbidden");
    mcp.close().await;
}

#[tokio::test]
async fn with_inboxes_limited_only_their_channels_are_there() {
    let front = Front::start().await;
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("channels.toml");
    std::fs::write(&path, "[policy]\nallow_inboxes = [\"inb_1wor\"]\n").unwrap();
    let arguments = ["--config", path.to_str().unwrap()];
    let mut mcp = Mcp::serving(&front, Era::Handshake, &arguments).await;
    let result = mcp.call("list-channels", json!({})).await;
    let found = verdict::good("list-channels", &result);
    assert_eq!(names(&found["channels"], "id"), ["cha_1wor"]);
    mcp.close().await;
}

#[tokio::test]
async fn teams_are_found_by_words() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    for (arguments, expected) in [
        (json!({}), &["Customer Care", "Trade", "Workshop"][..]),
        (json!({ "query": " care" }), &["Customer Care"]),
        (json!({ "query": "x" }), &[]),
    ] {
        let result = mcp.call("list-teams", arguments).await;
        let found = verdict::good("list-teams", &result);
        assert_eq!(names(&found["teams"], "name"), expected);
    }
    mcp.close().await;
}

#[tokio::test]
async fn tags_are_taken_off_by_name_or_id_and_the_others_stay() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let on = |tags: Value| json!({ "conversation_id": URGENT_CONVERSATION, "tags": tags });
    mcp.call("add-tag", on(json!(["Urgent", "VIP"]))).await;
    let before = tags(&front, URGENT_CONVERSATION).await;
    assert!(before.contains(&"Urgent".to_owned()) && before.contains(&"VIP".to_owned()));
    // The same one by two names is one.
    let result = mcp
        .call("remove-tag", on(json!([" urgent ", URGENT_TAG])))
        .await;
    let removed = verdict::good("remove-tag", &result);
    assert_eq!(names(&removed["removed"], "id"), [URGENT_TAG]);
    let mut left = before.clone();
    left.retain(|name| name != "Urgent");
    assert_eq!(tags(&front, URGENT_CONVERSATION).await, left);
    mcp.close().await;
}

#[tokio::test]
async fn a_tag_that_is_not_on_it_changes_nothing_and_is_answered_with_what_is() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let on = |tags: Value| json!({ "conversation_id": URGENT_CONVERSATION, "tags": tags });
    verdict::good("add-tag", &mcp.call("add-tag", on(json!(["Urgent"]))).await);
    let (before, written) = (
        tags(&front, URGENT_CONVERSATION).await,
        writes(&front).await,
    );
    for (given, field) in [
        (json!(["Urgent", "VIP"]), "tags[1]"),
        (json!(["Urgnt"]), "tags[0]"),
        (json!(["tag_1none", "Urgent"]), "tags[0]"),
        (json!([""]), "tags[0]"),
        (json!(["Urgent", "cnv_1"]), "tags[1]"),
    ] {
        let result = mcp.call("remove-tag", on(given)).await;
        let text = verdict::refuses("remove-tag", field, &result);
        assert!(text.contains("nothing was changed"), "{text}");
        assert!(
            text.contains("Urgent") && text.contains(URGENT_TAG),
            "{text}"
        );
    }
    let result = mcp.call("remove-tag", on(json!([]))).await;
    verdict::bad("remove-tag", &result);
    assert_eq!(writes(&front).await, written);
    assert_eq!(tags(&front, URGENT_CONVERSATION).await, before);
    // Again: the second time it is not on it any more, and nothing else happens.
    verdict::good(
        "remove-tag",
        &mcp.call("remove-tag", on(json!(["Urgent"]))).await,
    );
    let after = tags(&front, URGENT_CONVERSATION).await;
    let again = mcp.call("remove-tag", on(json!(["Urgent"]))).await;
    assert_eq!(verdict::bad("remove-tag", &again)["code"], "not_found");
    assert_eq!(tags(&front, URGENT_CONVERSATION).await, after);
    assert_eq!(writes(&front).await, written + 1);
    mcp.close().await;
}

#[tokio::test]
async fn a_merged_conversation_keeps_its_tags_until_it_is_named() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let on = |id: &str| json!({ "conversation_id": id, "tags": ["Urgent"] });
    verdict::good("add-tag", &mcp.call("add-tag", on(MERGED_INTO)).await);
    let result = mcp.call("remove-tag", on(MERGED_CONVERSATION)).await;
    assert_eq!(verdict::bad("remove-tag", &result)["code"], "merged");
    assert!(verdict::text(&result).contains(MERGED_INTO), "{result}");
    assert!(
        tags(&front, MERGED_INTO)
            .await
            .contains(&"Urgent".to_owned())
    );
    mcp.close().await;
}

#[tokio::test]
async fn drafts_are_listed_with_who_wrote_them_and_for_whom() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let of = |id: &str| json!({ "conversation_id": id });
    let result = mcp.call("list-drafts", of(DRAFTED_CONVERSATION)).await;
    let drafts = verdict::good("list-drafts", &result)["drafts"].clone();
    let drafts = drafts.as_array().unwrap();
    assert!(!drafts.is_empty());
    for draft in drafts {
        assert_eq!(draft["kind"], "draft");
        assert!(
            draft["message_id"].is_string() && draft["body"].is_string(),
            "{draft}"
        );
    }
    let none = mcp.call("list-drafts", of(URGENT_CONVERSATION)).await;
    let none = verdict::good("list-drafts", &none);
    assert_eq!(none["drafts"], json!([]));
    let merged = mcp.call("list-drafts", of(MERGED_CONVERSATION)).await;
    let merged = verdict::good("list-drafts", &merged);
    assert_eq!(merged["conversation_id"], MERGED_INTO);
    let gone = mcp.call("list-drafts", of("cnv_1none")).await;
    assert_eq!(verdict::bad("list-drafts", &gone)["code"], "not_found");
    mcp.close().await;
}
