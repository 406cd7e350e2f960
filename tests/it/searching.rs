//! `search-conversations`: every filter reaches Front as it was meant, and no value ever becomes
//! another filter.

mod hostile;

use front_mcp::sandbox::landmarks;
use serde_json::json;

use crate::support::{
    front::Front,
    mcp::{Era, Mcp, server},
    scripted::{self, Scripted},
    verdict,
};

const TOOL: &str = "search-conversations";

/// The query of the last search that reached Front.
async fn last_query(front: &Front) -> String {
    let requests = front.requests().await;
    let path = requests.last().unwrap();
    let query = path.strip_prefix("GET /conversations/search/").expect(path);
    let query = query.split('?').next().unwrap();
    let query = percent_encoding::percent_decode_str(query).decode_utf8();
    query.unwrap().into_owned()
}

#[tokio::test]
async fn every_filter_is_sent_in_fronts_words() {
    let front = Front::start().await;
    let mut mcp = Mcp::serving(&front, Era::PerRequest, &[]).await;
    for (arguments, query) in [
        (
            json!({ "text": "refund \"charity ride\" 10:30" }),
            "refund \"charity ride\" \"10:30\"",
        ),
        (
            json!({ "text": "lost", "inboxes": ["support"] }),
            "lost inbox:inb_1sup",
        ),
        (
            json!({ "tags": ["Urgent", "tag_1urgent"] }),
            "tag:tag_1urgent",
        ),
        (
            json!({ "from": ["Bea <beatrix.dunmore@postbox.example>", "jo@a.example"] }),
            "from:beatrix.dunmore@postbox.example from:jo@a.example",
        ),
        (
            json!({ "to": ["marin"], "cc": ["+44 151 496 0142"] }),
            "to:marin@larkspur-cycles.example cc:+441514960142",
        ),
        (json!({ "bcc": ["twitter:@jo"] }), "bcc:@jo"),
        (
            json!({ "participants": ["marin", "crd_1a", "someone@acme.example"] }),
            "participant:tea_1marin contact:crd_1a recipient:someone@acme.example",
        ),
        (
            json!({ "participants": ["MARIN@larkspur-cycles.example"] }),
            "participant:tea_1marin",
        ),
        (
            json!({ "assignee": "Unassigned", "is": ["archived"] }),
            "is:archived is:unassigned",
        ),
        (
            json!({ "assignee": "marin", "author": "tea_1marin", "commenter": "marin", "mention": "@marin" }),
            "assignee:tea_1marin author:tea_1marin commenter:tea_1marin mention:tea_1marin",
        ),
        (
            json!({ "is": ["open", "waiting", "unreplied"] }),
            "is:open is:waiting is:unreplied",
        ),
        (json!({ "is": "snoozed" }), "is:snoozed"),
        (
            json!({ "custom_fields": { "Order number": "LC-1 2" } }),
            "custom_field:\"Order number=LC-1 2\"",
        ),
        (
            json!({ "after": "2026-11-01", "before": "2026-11-02T00:00:00Z", "during": 1_793_577_600 }),
            "after:1793491199 before:1793577600 during:1793620800",
        ),
    ] {
        let result = mcp.call(TOOL, arguments.clone()).await;
        let found = verdict::good(TOOL, &result);
        assert_eq!(last_query(&front).await, query, "{arguments}");
        assert_eq!(found["searched"], json!([query]));
        let text = verdict::text(&result);
        assert!(text.contains(query), "{text}");
    }
    mcp.close().await;
}

#[tokio::test]
async fn what_is_searched_for_is_found() {
    let front = Front::start().await;
    let mut mcp = Mcp::serving(&front, Era::Handshake, &[]).await;
    let result = mcp
        .call(
            TOOL,
            json!({
                "text": "charity wheelsets", "inboxes": ["Support"], "is": ["unassigned"],
                "participants": ["beatrix.dunmore@postbox.example"], "detail": "full",
            }),
        )
        .await;
    let found = verdict::good(TOOL, &result);
    assert_eq!(
        found["conversations"][0]["id"],
        landmarks::URGENT_CONVERSATION
    );
    assert_eq!(found["total"], 1);
    assert!(found["conversations"][0]["created"].is_string());

    let nobody = mcp.call(TOOL, json!({ "text": "zzyzx" })).await;
    assert_eq!(verdict::good(TOOL, &nobody)["conversations"], json!([]));
    assert!(verdict::text(&nobody).contains("No conversations match; searched «zzyzx"));
    mcp.close().await;
}

/// Several inboxes are several searches, read as one list and one page at a time.
#[tokio::test]
async fn any_of_several_inboxes() {
    let front = Front::start().await;
    let mut mcp = Mcp::serving(&front, Era::PerRequest, &[]).await;
    let mut arguments =
        json!({ "is": ["open"], "inboxes": ["Support", "Orders & Returns"], "limit": 23 });
    let mut ids = Vec::new();
    let mut total = 0;
    loop {
        let result = mcp.call(TOOL, arguments.clone()).await;
        let page = verdict::good(TOOL, &result);
        assert_eq!(page["searched"].as_array().unwrap().len(), 2);
        total = page["total"].as_u64().unwrap_or(total);
        let mut times = Vec::new();
        for row in page["conversations"].as_array().unwrap() {
            assert!(row["inbox"]["name"].is_string(), "{row}");
            ids.push(row["id"].as_str().unwrap().to_owned());
            times.push(row["updated"].as_str().unwrap().to_owned());
        }
        assert!(times.is_sorted_by(|one, other| one >= other));
        match page.get("next_cursor") {
            Some(cursor) => arguments["cursor"] = cursor.clone(),
            None => break,
        }
    }
    let given = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), given);
    // In both inboxes, one is counted twice and given once.
    assert!(
        ids.len() > 23 && ids.len() as u64 <= total,
        "{} of {total}",
        ids.len()
    );
    mcp.close().await;
}

#[tokio::test]
async fn what_front_cannot_search_is_said_before_it_is_asked() {
    let front = Front::start().await;
    let mut mcp = Mcp::serving(&front, Era::PerRequest, &[]).await;
    let many: Vec<_> = (0..14).map(|each| format!("a{each}@b.example")).collect();
    for (arguments, field, words) in [
        (json!({}), "text", "no filter is"),
        (json!({ "text": " " }), "text", "no filter is"),
        (
            json!({ "from": many, "is": ["open"], "inboxes": ["Support"] }),
            "from",
            "makes 16 filters together with the others, and Front's search takes at most 15",
        ),
        (
            json!({ "is": ["open", "archived"] }),
            "is",
            "`open` with `archived`",
        ),
        (
            json!({ "is": ["snoozed", "waiting", "trashed"] }),
            "is",
            "`snoozed` with `trashed`",
        ),
        (
            json!({ "assignee": "unassigned", "is": ["assigned"] }),
            "is",
            "`assigned` with `unassigned`",
        ),
        (
            json!({ "assignee": "tea_1marin", "is": ["unassigned"] }),
            "is",
            "an assignee",
        ),
        (json!({ "is": ["resolved"] }), "is[0]", "must be one of"),
        (
            json!({ "text": "an \"open phrase" }),
            "text",
            "nothing closes",
        ),
        (json!({ "text": "a\0b" }), "text", "control character"),
        (
            json!({ "custom_fields": { "a=b": "c" } }),
            "custom_fields",
            "holds `=`",
        ),
        (
            json!({ "custom_fields": { "a": "5\" wheel" } }),
            "custom_fields",
            "double quote",
        ),
        (
            json!({ "custom_fields": { "a": "" } }),
            "custom_fields",
            "is empty",
        ),
        (
            json!({ "participants": ["a@b.example", "c@d.example"] }),
            "participants[1]",
            "does not combine several",
        ),
        (
            json!({ "from": ["crd_1a"] }),
            "from[0]",
            "must be an address",
        ),
        (
            json!({ "tags": ["inb_1sup"] }),
            "tags[0]",
            "is the id of an inbox",
        ),
        (json!({ "before": "tomorrow-ish" }), "before", "no time"),
    ] {
        let result = mcp.call(TOOL, arguments.clone()).await;
        let text = verdict::refuses(TOOL, field, &result);
        assert!(text.contains(words), "{arguments}: {text}");
    }
    let asked = front.requests().await;
    let lists = ["GET /teammates", "GET /tags", "GET /inboxes"];
    assert!(
        asked
            .iter()
            .all(|one| lists.iter().any(|list| one.starts_with(list))),
        "{asked:?}"
    );
    for (arguments, field, words) in [
        (json!({ "tags": ["Urgnt"] }), "tags[0]", "Urgent"),
        (json!({ "from": ["Beatrix"] }), "from[0]", "list-contacts"),
        (
            json!({ "assignee": "nobody-here" }),
            "assignee",
            "no teammate is named",
        ),
    ] {
        let result = mcp.call(TOOL, arguments).await;
        let text = verdict::refuses(TOOL, field, &result);
        assert!(text.contains(words), "{text}");
        assert_eq!(result["_meta"]["code"], "not_found");
    }
    mcp.close().await;
}

/// A name that several have is answered with all of them, and nothing is searched.
#[tokio::test]
async fn a_name_of_two_people_is_a_question() {
    let robins = json!({ "_results": [
        { "id": "tea_1", "email": "robin.a@example.com", "username": "ra", "first_name": "Robin", "last_name": "Sole" },
        { "id": "tea_2", "email": "robin.b@example.com", "username": "rb", "first_name": "Robin", "last_name": "Sole" },
    ] })
    .to_string();
    let front = Scripted::start(move |_| scripted::json(200, &robins)).await;
    let mut mcp = Mcp::start(server(&front.base(), &[]), Era::PerRequest).await;
    for (field, argument) in [
        ("assignee", json!("Robin Sole")),
        ("author", json!("robin sole")),
        ("from[0]", json!(["Robin Sole"])),
    ] {
        let name = field.trim_end_matches("[0]");
        let result = mcp.call(TOOL, json!({ name: argument })).await;
        let text = verdict::refuses(TOOL, field, &result);
        assert!(text.contains("more than one"), "{text}");
        assert!(text.contains("tea_1") && text.contains("tea_2"), "{text}");
    }
    let asked = front.seen();
    assert!(
        asked.iter().all(|one| one.target.starts_with("/teammates")),
        "{asked:?}"
    );
    mcp.close().await;
}
