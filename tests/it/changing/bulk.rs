//! `bulk-update`: the dry run, its handle, and what a plan comes to.

use std::collections::BTreeSet;

use front_mcp::sandbox::landmarks::{
    DRAFTED_CONVERSATION, MERGED_CONVERSATION, MERGED_INTO, SMS_CONVERSATION,
};
use serde_json::{Value, json};

use super::{CONVERSATION, conversation, serving, written};
use crate::support::{
    front::Front,
    mcp::{Era, Mcp},
    verdict,
};

const TOOL: &str = "bulk-update";

fn ids(rows: &Value) -> Vec<String> {
    let rows = rows.as_array().unwrap().iter();
    rows.map(|row| row["conversation_id"].as_str().unwrap().to_owned())
        .collect()
}

async fn planned(mcp: &mut Mcp, arguments: Value) -> Value {
    let result = mcp.call(TOOL, arguments).await;
    verdict::good(TOOL, &result).clone()
}

async fn made(mcp: &mut Mcp, plan: &Value) -> Value {
    let result = mcp.call(TOOL, json!({ "handle": plan["handle"] })).await;
    verdict::good(TOOL, &result).clone()
}

#[tokio::test]
async fn exactly_what_was_listed_is_changed_and_only_by_the_handle() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let since = front.requests().await.len();
    let search = json!({ "inboxes": ["Support"], "is": ["open"] });
    let plan = planned(
        &mut mcp,
        json!({ "change": "tag", "to": "vip", "search": search }),
    )
    .await;
    let listed = ids(&plan["dry_run"]["would_change"]);
    assert!(listed.len() > 5, "{plan}");
    assert_eq!(plan["change"]["tag"]["name"], "VIP");
    assert!(written(&front, since).await.is_empty());
    let output = made(&mut mcp, &plan).await;
    assert_eq!(output["progress"]["done"], listed.len());
    assert_eq!(output.get("handle"), None);
    let changed: BTreeSet<_> = written(&front, since).await.into_iter().collect();
    let expected = listed
        .iter()
        .map(|id| format!("POST /conversations/{id}/tags"));
    assert_eq!(changed, expected.collect());
    for id in &listed {
        let tags = conversation(&front, id).await["tags"].to_string();
        assert!(tags.contains("VIP"), "{id}");
    }
    // A finished plan makes nothing more, and a new dry run finds nothing to do.
    let since = front.requests().await.len();
    let result = mcp.call(TOOL, json!({ "handle": plan["handle"] })).await;
    let repeated = verdict::good(TOOL, &result);
    assert_eq!(repeated["progress"], output["progress"]);
    let text = verdict::text(&result);
    assert!(text.contains("Nothing is left to do"), "{text}");
    assert!(written(&front, since).await.is_empty());
    let again = planned(
        &mut mcp,
        json!({ "change": "tag", "to": "VIP", "search": search }),
    )
    .await;
    assert_eq!(again.get("handle"), None);
    assert_eq!(again["dry_run"]["would_change"], json!([]));
    assert_eq!(again["dry_run"]["skipped"][0]["why"], "already_so");
    mcp.close().await;
}

#[tokio::test]
async fn each_kind_of_change_is_made_and_shown_before() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let both = json!([CONVERSATION, DRAFTED_CONVERSATION]);
    for (change, to, path, wanted) in [
        ("tag", Some("Urgent"), "/tags", "Urgent"),
        ("untag", Some("Urgent"), "/tags", "[]"),
        ("assign", Some("tove"), "/assignee/username", "\"tove\""),
        ("assign", Some("unassigned"), "/assignee", "null"),
        ("archive", None, "/status", "\"archived\""),
    ] {
        let mut arguments = json!({ "change": change, "conversation_ids": both });
        if let Some(to) = to {
            arguments["to"] = to.into();
        }
        let plan = planned(&mut mcp, arguments).await;
        if plan.get("handle").is_some() {
            let output = made(&mut mcp, &plan).await;
            assert_eq!(output["progress"]["done"], output["progress"]["of"]);
        }
        for id in [CONVERSATION, DRAFTED_CONVERSATION] {
            let now = conversation(&front, id).await;
            let found = now.pointer(path).unwrap().to_string();
            let holds = match change {
                "untag" => !found.contains("Urgent"),
                _ => found.contains(wanted),
            };
            assert!(holds, "{change} {id}: {found}");
        }
        if change == "assign" && to == Some("unassigned") {
            let row = &plan["dry_run"]["would_change"][0];
            assert_eq!(row["assignee"]["name"], "Tove Lindqvist");
            assert!(row["updated"].is_string(), "{row}");
        }
    }
    mcp.close().await;
}

#[tokio::test]
async fn what_cannot_be_planned_is_told_apart() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let trash = json!({ "conversation_id": SMS_CONVERSATION, "status": "trashed" });
    mcp.call("update-conversation", trash).await;
    let given = [
        CONVERSATION,
        "cnv_1none",
        MERGED_CONVERSATION,
        SMS_CONVERSATION,
        CONVERSATION,
    ];
    let plan = planned(
        &mut mcp,
        json!({ "change": "archive", "conversation_ids": given }),
    )
    .await;
    assert_eq!(ids(&plan["dry_run"]["would_change"]), [CONVERSATION]);
    assert_eq!(
        plan["dry_run"]["skipped"],
        json!([
            { "why": "not_found", "conversation_ids": ["cnv_1none"] },
            { "why": "merged", "merged_into": MERGED_INTO, "conversation_ids": [MERGED_CONVERSATION] },
            { "why": "in_trash", "conversation_ids": [SMS_CONVERSATION] },
        ])
    );
    for (arguments, field) in [
        (
            json!({ "change": "tag", "conversation_ids": [CONVERSATION] }),
            "to",
        ),
        (
            json!({ "change": "archive", "to": "x", "conversation_ids": [CONVERSATION] }),
            "to",
        ),
        (
            json!({ "change": "tag", "to": "Urgnt", "conversation_ids": [CONVERSATION] }),
            "to",
        ),
        (json!({ "change": "archive" }), "conversation_ids"),
        (
            json!({ "change": "archive", "conversation_ids": ["msg_1"] }),
            "conversation_ids[0]",
        ),
        (
            json!({ "change": "archive", "conversation_ids": [CONVERSATION], "search": {} }),
            "search",
        ),
        (json!({ "change": "archive", "search": {} }), "search.text"),
        (
            json!({ "change": "archive", "search": { "inboxes": ["Suport"] } }),
            "search.inboxes[0]",
        ),
        (json!({ "conversation_ids": [CONVERSATION] }), "change"),
        (json!({ "handle": "bulk_0" }), "handle"),
        (
            json!({ "handle": plan["handle"], "change": "archive" }),
            "handle",
        ),
        (
            json!({ "change": "archive", "conversation_ids": vec![CONVERSATION; 201] }),
            "conversation_ids",
        ),
    ] {
        let result = mcp.call(TOOL, arguments).await;
        verdict::refuses(TOOL, field, &result);
    }
    mcp.close().await;
}

#[tokio::test]
async fn refusals_are_told_and_unknown_ones_are_made_again() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let given = [CONVERSATION, DRAFTED_CONVERSATION, SMS_CONVERSATION];
    let plan = planned(
        &mut mcp,
        json!({ "change": "tag", "to": "VIP", "conversation_ids": given }),
    )
    .await;
    let at =
        |id: &str| json!({ "method": "POST", "path_prefix": format!("/conversations/{id}/tags") });
    for (kind, id) in [(403, CONVERSATION), (500, SMS_CONVERSATION)] {
        front
            .fault(json!({ "kind": "status", "value": kind, "match": at(id) }))
            .await;
    }
    let output = made(&mut mcp, &plan).await;
    let progress = &output["progress"];
    assert_eq!(progress["done"], 1, "{output}");
    assert_eq!(progress["failed"][0]["code"], "forbidden");
    assert_eq!(
        progress["failed"][0]["conversation_ids"],
        json!([CONVERSATION])
    );
    assert_eq!(progress["unknown"], json!([SMS_CONVERSATION]));
    assert_eq!(output["handle"], plan["handle"]);
    front.heal().await;
    let since = front.requests().await.len();
    let output = made(&mut mcp, &plan).await;
    assert_eq!(output["progress"]["done"], 2);
    assert_eq!(output.get("handle"), None);
    let again = format!("POST /conversations/{SMS_CONVERSATION}/tags");
    assert_eq!(written(&front, since).await, [again]);
    mcp.close().await;
}

#[tokio::test]
async fn a_spent_budget_and_a_lost_credential_leave_a_remainder() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let search =
        json!({ "change": "archive", "search": { "inboxes": ["Support"], "is": ["open"] } });
    let plan = planned(&mut mcp, search).await;
    let of = plan["dry_run"]["would_change"].as_array().unwrap().len();
    front
        .fault_on("PATCH", json!({ "kind": "status", "value": 401 }))
        .await;
    let result = mcp.call(TOOL, json!({ "handle": plan["handle"] })).await;
    assert_eq!(verdict::bad(TOOL, &result)["code"], "unauthorized");
    assert!(
        verdict::text(&result).contains("the same handle"),
        "{result}"
    );
    front.heal().await;
    front
        .fault_on(
            "PATCH",
            json!({ "kind": "status", "value": 429, "retry_after": 3600 }),
        )
        .await;
    let output = made(&mut mcp, &plan).await;
    assert_eq!(output["progress"]["done"], 0, "{output}");
    assert_eq!(output["progress"]["not_tried"], of);
    assert_eq!(output["progress"]["stopped"], "rate_limited");
    assert!(output["progress"]["retry_after_seconds"].as_u64() > Some(1));
    assert_eq!(output["handle"], plan["handle"]);
    mcp.close().await;
}

#[tokio::test]
async fn time_that_runs_out_leaves_a_remainder_that_goes_on() {
    let front = Front::start().await;
    let arguments = ["--send=off", "--tool-timeout=4s", "--request-timeout=2s"];
    let mut mcp = Mcp::serving(&front, Era::Handshake, &arguments).await;
    let search = json!({ "change": "tag", "to": "VIP", "search": { "is": ["open"] } });
    let plan = planned(&mut mcp, search).await;
    let of = plan["dry_run"]["would_change"].as_array().unwrap().len();
    assert!(of > 20, "{of}");
    front
        .fault_on("POST", json!({ "kind": "hang", "value": 1 }))
        .await;
    let output = made(&mut mcp, &plan).await;
    let progress = &output["progress"];
    assert_eq!(progress["stopped"], "time", "{output}");
    assert!(progress["not_tried"].as_u64() > Some(0), "{output}");
    front.heal().await;
    let mut output = output;
    for _ in 0..40 {
        if output.get("handle").is_none() {
            break;
        }
        output = made(&mut mcp, &plan).await;
    }
    assert_eq!(output["progress"]["done"], of, "{output}");
    mcp.close().await;
}

#[tokio::test]
async fn a_tag_that_the_policy_holds_back_is_held_back_here_too() {
    let front = Front::start().await;
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("bulk_tags.toml");
    std::fs::write(&path, "[policy]\ntags_deny = [\"VIP\"]\n").unwrap();
    let arguments = ["--config", path.to_str().unwrap()];
    let mut mcp = Mcp::serving(&front, Era::PerRequest, &arguments).await;
    let on =
        |change: &str| json!({ "change": change, "to": "VIP", "conversation_ids": [CONVERSATION] });
    let result = mcp.call(TOOL, on("tag")).await;
    assert_eq!(verdict::bad(TOOL, &result)["code"], "refused");
    mcp.close().await;
}
