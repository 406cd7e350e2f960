//! The toolset `people`, on the sandbox, with what is there afterwards and what was asked.

use front_mcp::sandbox::landmarks::{EARLY_SHIFT, TIME_OFF};
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

fn row<'rows>(rows: &'rows Value, name: &str) -> &'rows Value {
    let mut rows = rows.as_array().unwrap().iter();
    rows.find(|row| row["name"].as_str().unwrap().starts_with(name))
        .unwrap_or_else(|| panic!("{name}"))
}

#[tokio::test]
async fn who_is_off_and_who_is_on_is_told_by_the_shifts_own_clocks() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    // A Wednesday: 08:30 in London, 09:30 in Berlin.
    let at = json!({ "at": "2026-03-18T08:30:00Z" });
    let result = mcp.call("get-availability", at.clone()).await;
    let found = verdict::good("get-availability", &result);
    assert_eq!((&found["off"], &found["on_shift"]), (&json!(2), &json!(8)));
    let rows = &found["teammates"];
    assert_eq!(rows.as_array().unwrap().len(), 14);
    assert_eq!(row(rows, "Tove")["on_shift"], json!(["Care, early"]));
    assert_eq!(row(rows, "Tove")["shift_until"], "2026-03-18T14:00:00Z");
    assert_eq!(row(rows, "Luca")["shift_until"], "2026-03-18T16:30:00Z");
    assert_eq!(row(rows, "Owen")["between_shifts"], true);
    let priya = row(rows, "Priya");
    assert_eq!(priya["off"], "Holiday in Kerala");
    assert_eq!(priya["off_until"], "2026-03-24T00:00:00Z");
    let gideon = row(rows, "Gideon");
    assert!(gideon["off"].is_string() && gideon.get("off_until").is_none());
    // Teammates, shifts, the four of who is on them, teams, and three teams' time off.
    assert_eq!(front.requests().await.len(), 10);
    mcp.call("get-availability", at).await;
    assert_eq!(front.requests().await.len(), 18, "two lists are kept");
    // After the clocks have changed it is an hour earlier.
    let at = json!({ "at": "2026-03-30T07:10:00Z", "only": "on_shift" });
    let result = mcp.call("get-availability", at).await;
    let rows = &verdict::good("get-availability", &result)["teammates"];
    assert_eq!(row(rows, "Tove")["shift_until"], "2026-03-30T13:00:00Z");
    assert_eq!(row(rows, "Luca")["shift_until"], "2026-03-30T15:30:00Z");
    // A night shift, on Saturday morning.
    let at = json!({ "at": "2026-03-21T05:59:00Z", "only": "on_shift" });
    let result = mcp.call("get-availability", at).await;
    let rows = verdict::good("get-availability", &result)["teammates"].clone();
    assert_eq!(rows.as_array().unwrap().len(), 1);
    assert_eq!(rows[0]["shift_until"], "2026-03-21T06:00:00Z");
    mcp.close().await;
}

#[tokio::test]
async fn a_few_people_cost_two_requests_each() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let at = json!({ "teammates": ["priya@larkspur-cycles.example", "@tove"], "at": "2026-03-18T08:30:00Z" });
    let result = mcp.call("get-availability", at).await;
    let found = verdict::good("get-availability", &result);
    assert_eq!(found["teammates"].as_array().unwrap().len(), 2);
    assert_eq!((&found["off"], &found["on_shift"]), (&json!(1), &json!(1)));
    let text = verdict::text(&result);
    assert!(text.contains("off «Holiday in Kerala"), "{text}");
    assert!(
        front.requests().await.len() <= 8,
        "{:?}",
        front.requests().await
    );
    let since = front.requests().await.len();
    let one = json!({ "teammates": ["priya"], "from": "2026-03-18" });
    let result = mcp.call("list-time-off", one).await;
    let rows = verdict::good("list-time-off", &result)["time_off"].clone();
    assert_eq!(rows.as_array().unwrap().len(), 1);
    assert_eq!(rows[0]["id"], TIME_OFF);
    assert_eq!(rows[0]["starts"], "2026-03-14T00:00:00Z");
    let result = mcp
        .call("list-time-off", json!({ "teammates": ["Pria"] }))
        .await;
    for (given, right) in [
        (
            json!({ "after": "2026-03-18" }),
            json!({ "from": "2026-03-18" }),
        ),
        (
            json!({ "since": "2026-03-18", "before": "2026-04-18" }),
            json!({ "from": "2026-03-18", "until": "2026-04-18" }),
        ),
    ] {
        let result = mcp.call("list-time-off", given).await;
        let call = json!({ "name": "list-time-off", "arguments": right });
        assert_eq!(result["_meta"]["corrected_call"], call, "{result}");
    }
    let text = verdict::refuses("list-time-off", "teammates[0]", &result);
    assert!(text.contains("Priya Raghunathan"), "{text}");
    mcp.close().await;
    assert!(front.requests().await.len() - since <= 4);
}

#[tokio::test]
async fn shifts_are_listed_with_hours_and_people() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let result = mcp.call("list-shifts", json!({})).await;
    let shifts = verdict::good("list-shifts", &result)["shifts"].clone();
    assert_eq!(shifts.as_array().unwrap().len(), 4);
    assert_eq!(shifts[0]["id"], EARLY_SHIFT);
    assert_eq!(shifts[0]["hours"], "Mon-Fri 08:00-14:00, Sat 09:00-13:00");
    assert_eq!(shifts[0]["timezone"], "Europe/London");
    assert_eq!(
        row(&shifts[0]["teammates"], "Tove")["name"],
        "Tove Lindqvist"
    );
    let one = json!({ "teammates": ["Luca"] });
    let result = mcp.call("list-shifts", one).await;
    let shifts = verdict::good("list-shifts", &result)["shifts"].clone();
    assert_eq!(shifts.as_array().unwrap().len(), 1);
    assert_eq!(shifts[0]["teammates"].as_array().unwrap().len(), 1);
    mcp.close().await;
}

#[tokio::test]
async fn time_off_is_entered_once_changed_and_never_with_an_answer_to_customers() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let enter = json!({
        "teammate": "tove", "starts": "2027-07-01T00:00:00Z", "ends": "2027-07-15T00:00:00Z", "name": "Sailing",
    });
    let result = mcp.call("set-time-off", enter.clone()).await;
    let id = verdict::good("set-time-off", &result)["time_off"]["id"].clone();
    let path = format!("/time_offs/{}", id.as_str().unwrap());
    let made = front.ask(Method::GET, &path, None).await;
    assert_eq!(made["start_at"], 1_814_400_000.0);
    assert_eq!(made["auto_responder"]["is_enabled"], false);
    let result = mcp.call("set-time-off", enter).await;
    let text = verdict::refuses("set-time-off", "starts", &result);
    assert!(text.contains(id.as_str().unwrap()), "{text}");
    let sooner = json!({ "time_off_id": id, "ends": "2027-07-10T00:00:00Z" });
    let result = mcp.call("set-time-off", sooner).await;
    let changed = verdict::good("set-time-off", &result);
    assert_eq!(changed["before"]["ends"], "2027-07-15T00:00:00Z");
    assert_eq!(changed["time_off"]["ends"], "2027-07-10T00:00:00Z");
    for (arguments, field, words) in [
        (
            json!({ "time_off_id": "vcr_1replies", "ends": "2027-07-10" }),
            "time_off_id",
            "answers customers",
        ),
        (
            json!({ "time_off_id": "tea_1marin", "ends": "2027-07-10" }),
            "time_off_id",
            "teammate",
        ),
        (
            json!({ "time_off_id": id, "ends": "2026-07-10" }),
            "ends",
            "after the start",
        ),
        (json!({ "teammate": "tove" }), "starts", "missing"),
        (
            json!({ "teammate": "tove", "starts": "soon" }),
            "starts",
            "accepted",
        ),
        (json!({}), "teammate", "missing"),
    ] {
        let result = mcp.call("set-time-off", arguments).await;
        let text = verdict::refuses("set-time-off", field, &result);
        assert!(text.contains(words), "{text}");
    }
    mcp.close().await;
}

#[tokio::test]
async fn availability_is_set_and_told_afterwards() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    mcp.call("list-teammates", json!({})).await;
    let away = json!({ "teammate": "Tove Lindqvist", "available": false });
    let result = mcp.call("set-availability", away).await;
    let set = verdict::good("set-availability", &result);
    assert_eq!(
        (&set["before"], &set["available"]),
        (&json!(true), &json!(false))
    );
    let result = mcp.call("list-teammates", json!({ "query": "tove" })).await;
    let rows = &verdict::good("list-teammates", &result)["teammates"];
    assert_eq!(rows[0]["available"], false);
    mcp.close().await;
}

#[tokio::test]
async fn what_may_not_be_read_is_named_and_the_rest_is_told() {
    let front = Front::start().await;
    let denied = json!({ "denied_scopes": ["time_off"] });
    front
        .ask(Method::POST, "/_sandbox/oauth", Some(denied))
        .await;
    let mut mcp = serving(&front).await;
    let result = mcp
        .call("get-availability", json!({ "at": "2026-03-18T08:30:00Z" }))
        .await;
    let found = verdict::good("get-availability", &result);
    assert_eq!(found["not_known"], json!(["time_off"]));
    assert_eq!(found["on_shift"], 8);
    assert!(found.get("off").is_none());
    mcp.close().await;
}

/// Whoever says the opposite is not told that this was meant.
#[tokio::test]
async fn a_name_that_says_the_opposite_is_turned_round_or_not_taken_for_it() {
    let front = Front::start().await;
    let mut mcp = serving(&front).await;
    let given = json!({ "teammate": "marin", "unavailable": "true" });
    let result = mcp.call("set-availability", given).await;
    let meta = verdict::bad("set-availability", &result);
    let right = json!({ "teammate": "marin", "available": false });
    assert_eq!(meta["corrected_call"]["arguments"], right);
    for name in ["unavailable", "not_available"] {
        let given = json!({ "teammate": "marin", name: "until noon" });
        let result = mcp.call("set-availability", given).await;
        let text = verdict::refuses("set-availability", name, &result);
        assert!(!text.contains("perhaps"), "{text}");
        assert!(text.contains("known are `teammate`, `available`"), "{text}");
    }
    assert!(front.requests().await.is_empty());
    mcp.close().await;
}
