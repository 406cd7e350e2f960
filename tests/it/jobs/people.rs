//! Customers, the companies they belong to, and the colleagues who are there for them.

use front_mcp::sandbox::landmarks::{OTHER_TWIN, TWIN};
use serde_json::json;

use super::job::{Case, Job, case, names, row, texts};

pub fn cases() -> Vec<Case> {
    vec![
        case!("people: who is off today", 1, who_is_off),
        case!("people: who is on a shift this afternoon", 1, on_shift),
        case!("people: somebody is away until Monday", 1, away),
        case!(
            "people: no more new work for a colleague",
            1,
            no_assignments
        ),
        case!("contacts: two entries of one person become one", 2, merge),
        case!("contacts: a new telephone number", 1, new_number),
        case!("contacts: a correction that keeps the rest", 1, correct),
        case!(
            "contacts: what colleagues noted, and one note more",
            2,
            notes
        ),
        case!("contacts: put on a list", 1, on_a_list),
        case!("contacts: everybody at a company", 1, company),
        case!("contacts: a company's new discount", 1, discount),
    ]
}

async fn who_is_off(job: &mut Job) {
    let off = job
        .call(
            "get-availability",
            json!({ "only": "off", "at": "2026-03-18T10:00:00Z" }),
        )
        .await;
    row(&off["teammates"], "name", "Priya");
}

async fn on_shift(job: &mut Job) {
    let on = job
        .call(
            "get-availability",
            json!({ "only": "on_shift", "at": "2026-03-18T15:00:00Z" }),
        )
        .await;
    assert!(!names(&on["teammates"]).is_empty(), "{on}");
    job.nothing_changed().await;
}

async fn away(job: &mut Job) {
    let set = job
        .call(
            "set-time-off",
            json!({
                "teammate": "owen", "name": "Moving house",
                "starts": "2040-01-04T00:00:00Z", "ends": "2040-01-09T00:00:00Z",
            }),
        )
        .await;
    let id = set["time_off"]["id"].as_str().unwrap();
    let at_front = job.at_front(&format!("/time_offs/{id}")).await;
    assert_eq!(at_front["name"], "Moving house");
}

async fn no_assignments(job: &mut Job) {
    job.call(
        "set-availability",
        json!({ "teammate": "tove", "available": false }),
    )
    .await;
    let all = job.at_front("/teammates").await;
    let tove = row(&all["_results"], "username", "tove");
    assert_eq!(tove["is_available"], false);
}

async fn merge(job: &mut Job) {
    let preview = job
        .call(
            "merge-contacts",
            json!({ "into": TWIN, "contacts": [OTHER_TWIN] }),
        )
        .await;
    assert_eq!(preview["state"], "preview");
    job.nothing_changed().await;
    job.call(
        "merge-contacts",
        json!({ "preview_id": preview["preview_id"] }),
    )
    .await;
    let one = job.at_front(&format!("/contacts/{TWIN}")).await;
    let handles = texts(&one["handles"], "handle");
    assert_eq!(handles.len(), 2, "{one}");
}

async fn new_number(job: &mut Job) {
    job.call(
        "update-contact-handles",
        json!({ "contact": "rosalind.achterberg@postbox.example", "add": ["+31206241111"] }),
    )
    .await;
    let one = job.at_front(&format!("/contacts/{TWIN}")).await;
    row(&one["handles"], "handle", "+31206241111");
}

async fn correct(job: &mut Job) {
    job.call(
        "update-contact",
        json!({ "contact": TWIN, "custom_fields": { "Bicycle": "Dutch roadster" } }),
    )
    .await;
    let one = job.at_front(&format!("/contacts/{TWIN}")).await;
    assert_eq!(one["custom_fields"]["Bicycle"], "Dutch roadster");
    assert_eq!(one["custom_fields"]["Loyalty tier"], "Silver", "{one}");
}

async fn notes(job: &mut Job) {
    let noted = job
        .call("list-contact-notes", json!({ "contact": TWIN }))
        .await;
    assert!(
        noted["notes"][0]["body"]
            .as_str()
            .unwrap()
            .contains("chain cases")
    );
    job.call(
        "add-contact-note",
        json!({ "contact": TWIN, "author": "tove", "body": "Quoted on the telephone." }),
    )
    .await;
    let at_front = job.at_front(&format!("/contacts/{TWIN}/notes")).await;
    row(&at_front["_results"], "body", "on the telephone");
}

async fn on_a_list(job: &mut Job) {
    job.call(
        "update-contact-list",
        json!({ "list": "Randonneurs", "add": [TWIN] }),
    )
    .await;
    let at_front = job.at_front("/contact_lists/grp_33pbb/contacts").await;
    row(&at_front["_results"], "id", TWIN);
}

async fn company(job: &mut Job) {
    let found = job
        .call("get-account", json!({ "account": "veloworks.example" }))
        .await;
    assert_eq!(found["name"], "The Velo Works");
    assert!(!names(&found["contacts"]).is_empty(), "{found}");
}

async fn discount(job: &mut Job) {
    job.call(
        "update-account",
        json!({ "account": "The Velo Works", "custom_fields": { "Discount": 35 } }),
    )
    .await;
    let at_front = job.at_front("/accounts/acc_v6q").await;
    assert_eq!(at_front["custom_fields"]["Discount"], 35);
    assert_eq!(at_front["custom_fields"]["Region"], "South", "{at_front}");
}
