//! Reports and exports: waited for, left in time, gone on with; days, names and the guard of
//! one in three seconds.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{
    front::Front,
    mcp::{ALL, Era, Mcp},
    verdict,
};

const WEEK: [&str; 2] = ["2026-03-09", "2026-03-15"];

async fn serving(front: &Front, more: &[&str]) -> Mcp {
    Mcp::serving(front, Era::PerRequest, &[&ALL[..], more].concat()).await
}

/// How reports and exports go from now on.
async fn plan(front: &Front, plan: Value) {
    let path = "/_sandbox/analytics";
    front.ask(Method::POST, path, Some(plan)).await;
}

/// What the sandbox was asked for.
async fn asked(front: &Front, what: &str) -> Vec<Value> {
    let shown = front.ask(Method::GET, "/_sandbox/analytics", None).await;
    shown[what].as_array().unwrap().clone()
}

fn week(more: Value) -> Value {
    let mut arguments = json!({ "start": WEEK[0], "end": WEEK[1] });
    let fields = arguments.as_object_mut().unwrap();
    fields.extend(more.as_object().unwrap().clone());
    arguments
}

#[tokio::test]
async fn a_report_has_the_numbers_of_the_days_that_were_asked_for() {
    let front = Front::start().await;
    let mut mcp = serving(&front, &[]).await;
    let metrics = json!([
        "Num messages received",
        "avg_response_time",
        "pct_tagged_conversations",
        "avg_csat_survey_response"
    ]);
    let filters = json!({ "inboxes": ["support"], "tags": ["Urgent"] });
    let arguments = week(json!({ "metrics": metrics, "filters": filters }));
    let result = mcp.call("run-report", arguments).await;
    let report = verdict::good("run-report", &result);
    assert_eq!(report["status"], "done");
    assert_eq!(report["percent"], 100);
    assert_eq!(
        report["period"],
        json!({ "from": WEEK[0], "to": WEEK[1], "days": 7, "time_zone": "UTC" })
    );
    let rows = report["metrics"].as_array().unwrap();
    assert_eq!(rows[0]["value"]["type"], "number");
    assert_eq!(rows[1]["value"]["type"], "duration");
    assert!(
        rows[1]["value"]["duration"]
            .as_str()
            .unwrap()
            .contains("min")
    );
    assert_eq!(rows[2]["value"]["type"], "percentage");
    assert_eq!(rows[3]["value"], json!({ "type": "number" }));
    assert!(verdict::text(&result).contains("- avg_csat_survey_response: none"));
    let body = &asked(&front, "reports").await[0]["body"];
    assert_eq!(body["metrics"][0], "num_messages_received");
    assert_eq!(body["filters"]["inbox_ids"], json!(["inb_1sup"]));
    assert_eq!(body["filters"]["tag_ids"].as_array().unwrap().len(), 1);
    mcp.close().await;
}

#[tokio::test]
async fn days_are_those_of_the_operators_zone_on_both_sides_of_a_change_of_clocks() {
    let front = Front::start().await;
    let mut mcp = serving(&front, &["--timezone=Europe/Berlin"]).await;
    // The evening of the 28th in UTC is the 29th in Berlin, when summer time begins.
    let arguments = json!({ "start": "2026-03-28T23:30:00Z", "end": "2026-03-30" });
    let result = mcp.call("run-report", arguments).await;
    let report = verdict::good("run-report", &result);
    assert_eq!(
        report["period"],
        json!({ "from": "2026-03-29", "to": "2026-03-30", "days": 2, "time_zone": "Europe/Berlin" })
    );
    let body = &asked(&front, "reports").await[0]["body"];
    let noon = |text: &str| text.parse::<jiff::Timestamp>().unwrap().as_second();
    assert_eq!(body["start"], noon("2026-03-29T10:00:00Z"));
    assert_eq!(body["end"], noon("2026-03-30T10:00:00Z"));
    assert_eq!(body["timezone"], "Europe/Berlin");
    mcp.close().await;
}

#[tokio::test]
async fn days_of_an_age_are_whole_and_over() {
    let front = Front::start().await;
    let mut mcp = serving(&front, &["--timezone=UTC"]).await;
    let arguments = json!({ "start": "7d", "compare": true });
    let result = mcp.call("run-report", arguments).await;
    let report = verdict::good("run-report", &result);
    assert_eq!(report["period"]["days"], 7, "{report}");
    assert_eq!(report["previous"]["period"]["days"], 7);
    let last = report["period"]["to"].as_str().unwrap();
    let today = jiff::Timestamp::now()
        .to_zoned(jiff::tz::TimeZone::UTC)
        .date();
    assert!(last < today.to_string().as_str(), "{last} is not over");
    mcp.close().await;
}

#[tokio::test]
async fn a_report_that_takes_too_long_is_left_in_time_and_gone_on_with() {
    let front = Front::start().await;
    plan(&front, json!({ "looks": null })).await;
    let mut mcp = serving(&front, &["--tool-timeout=4s"]).await;
    let started = Instant::now();
    let result = mcp.call("run-report", week(json!({}))).await;
    assert!(started.elapsed() < Duration::from_millis(4_000));
    let report = verdict::good("run-report", &result);
    assert_eq!(report["status"], "running");
    assert_eq!(report["metrics"], json!([]));
    assert!(report["percent"].as_u64().unwrap() < 100);
    let id = report["report_id"].as_str().unwrap();
    let text = verdict::text(&result);
    assert!(
        text.contains("To go on, call `run-report` with report_id"),
        "{text}"
    );

    let again = json!({ "report_id": id, "wait": 0 });
    let result = mcp.call("run-report", again.clone()).await;
    assert_eq!(verdict::good("run-report", &result)["status"], "running");
    assert_eq!(asked(&front, "reports").await.len(), 1);
    for (field, value) in [
        ("start", json!("7d")),
        ("compare", json!(true)),
        ("metrics", json!(["num_sla_breach"])),
    ] {
        let mut arguments = again.clone();
        arguments[field] = value;
        let result = mcp.call("run-report", arguments).await;
        verdict::refuses("run-report", field, &result);
    }
    let unknown = json!({ "report_id": "0".repeat(64) });
    let result = mcp.call("run-report", unknown).await;
    verdict::refuses("run-report", "report_id", &result);
    mcp.close().await;
}

#[tokio::test]
async fn a_slow_report_is_gone_on_with_to_its_end() {
    let front = Front::start().await;
    plan(&front, json!({ "looks": 3 })).await;
    let mut mcp = serving(&front, &[]).await;
    let result = mcp.call("run-report", week(json!({ "wait": 1 }))).await;
    let report = verdict::good("run-report", &result);
    assert_eq!(report["status"], "running", "{result}");
    let again = json!({ "report_id": report["report_id"] });
    let result = mcp.call("run-report", again).await;
    let report = verdict::good("run-report", &result);
    assert_eq!(report["status"], "done");
    assert_eq!(report["metrics"].as_array().unwrap().len(), 8);
    let posts = front.requests().await;
    let posts = posts.iter().filter(|one| one.starts_with("POST ")).count();
    assert_eq!(posts, 1);
    mcp.close().await;
}

#[tokio::test]
async fn what_front_gives_up_is_an_error_with_a_way_on() {
    let front = Front::start().await;
    let mut mcp = serving(&front, &[]).await;
    plan(&front, json!({ "outcome": "failed" })).await;
    let result = mcp.call("run-report", week(json!({}))).await;
    assert_eq!(verdict::bad("run-report", &result)["code"], "failed");
    plan(&front, json!({ "outcome": "too_big" })).await;
    let arguments = week(json!({ "type": "events" }));
    let result = mcp.call("export-data", arguments).await;
    let meta = verdict::bad("export-data", &result);
    assert_eq!(meta["code"], "too_big");
    assert!(meta["next"].as_str().unwrap().contains("fewer days"));
    mcp.close().await;
}

/// Front lists neither reports nor exports: whoever asks again may begin a second one.
#[tokio::test]
async fn whether_something_was_begun_is_told_as_it_is_known() {
    let front = Front::start().await;
    let mut mcp = serving(&front, &[]).await;
    for (tool, arguments) in [
        ("run-report", week(json!({}))),
        ("export-data", week(json!({ "type": "events" }))),
    ] {
        for (fault, is_known) in [
            (json!({ "kind": "reset_after" }), false),
            (json!({ "kind": "status", "value": 422 }), true),
        ] {
            front.fault_on("POST", fault.clone()).await;
            let result = mcp.call(tool, arguments.clone()).await;
            front.heal().await;
            let meta = verdict::bad(tool, &result);
            assert_eq!(meta["retry_safe"], is_known, "{tool} {fault}: {result}");
            let text = verdict::text(&result);
            assert_eq!(text.contains("is not known"), !is_known, "{text}");
            assert_eq!(text.contains("a second "), !is_known, "{text}");
        }
    }
    mcp.close().await;
}

/// The same call again would begin another one; the id goes on with what there is.
#[tokio::test]
async fn what_was_begun_and_not_seen_again_is_gone_on_with_by_its_id() {
    let front = Front::start().await;
    let mut mcp = serving(&front, &[]).await;
    plan(&front, json!({ "looks": null })).await;
    for (tool, id, what, more) in [
        ("run-report", "report_id", "reports", json!({})),
        (
            "export-data",
            "export_id",
            "exports",
            json!({ "type": "events" }),
        ),
    ] {
        front
            .fault_on("GET", json!({ "kind": "status", "value": 403 }))
            .await;
        let result = mcp.call(tool, week(more)).await;
        let meta = verdict::bad(tool, &result);
        assert_eq!(meta["retry_safe"], false, "{result}");
        let next = meta["next"].as_str().unwrap();
        let given = next.split(&format!("{id} ")).nth(1).unwrap();
        let given = given.split(' ').next().unwrap();
        // Of what is there, another look is safe.
        let mut again = json!({ "wait": 0 });
        again[id] = given.into();
        let result = mcp.call(tool, again.clone()).await;
        assert_eq!(verdict::bad(tool, &result)["retry_safe"], true, "{result}");
        front.heal().await;
        let result = mcp.call(tool, again).await;
        assert_eq!(verdict::good(tool, &result)["status"], "running");
        assert_eq!(asked(&front, what).await.len(), 1);
    }
    mcp.close().await;
}

#[tokio::test]
async fn a_comparison_is_two_reports_three_seconds_apart() {
    let front = Front::start().await;
    let mut mcp = serving(&front, &[]).await;
    let arguments = week(json!({ "compare": true, "metrics": ["num_messages_received"] }));
    let result = mcp.call("run-report", arguments).await;
    let report = verdict::good("run-report", &result);
    assert_eq!(report["status"], "done");
    assert_eq!(report["previous"]["period"]["from"], "2026-03-02");
    assert_eq!(report["previous"]["period"]["to"], "2026-03-08");
    let row = &report["metrics"][0];
    assert!(
        row["previous"]["number"].is_number() && row["change"].is_number(),
        "{row}"
    );
    let asked = asked(&front, "reports").await;
    let apart = asked[1]["at"].as_f64().unwrap() - asked[0]["at"].as_f64().unwrap();
    assert!(apart > 2.9, "{apart}");

    let ids = json!({ "report_id": report["report_id"], "previous_report_id": report["previous"]["report_id"] });
    let result = mcp.call("run-report", ids).await;
    assert_eq!(&verdict::good("run-report", &result)["metrics"][0], row);
    mcp.close().await;
}

#[tokio::test]
async fn a_comparison_without_time_for_the_second_report_says_so() {
    let front = Front::start().await;
    let mut mcp = serving(&front, &["--tool-timeout=3s"]).await;
    let arguments = week(json!({ "compare": true }));
    let result = mcp.call("run-report", arguments).await;
    let report = verdict::good("run-report", &result);
    assert_eq!(report["previous"].get("report_id"), None);
    assert_eq!(report["previous"]["period"]["to"], "2026-03-08");
    assert!(verdict::text(&result).contains("there was no time"));
    mcp.close().await;
}

#[tokio::test]
async fn progress_is_told_in_order_to_whoever_asked() {
    let front = Front::start().await;
    for era in Era::BOTH {
        plan(&front, json!({ "looks": 4 })).await;
        let mut mcp = Mcp::serving(&front, era, &ALL).await;
        let params = json!({ "name": "run-report", "arguments": week(json!({})) });
        let mut message = mcp.envelope("tools/call", params);
        message["params"]["_meta"]["progressToken"] = json!("p-7");
        mcp.send(&message).await;
        let result = mcp.result(message["id"].as_i64().unwrap()).await;
        assert_eq!(verdict::good("run-report", &result)["status"], "done");
        let told: Vec<_> = mcp
            .unasked()
            .into_iter()
            .filter(|one| one["method"] == "notifications/progress")
            .map(|one| one["params"].clone())
            .collect();
        assert!(
            told.iter().all(|one| one["progressToken"] == "p-7"),
            "{told:?}"
        );
        assert!(told.iter().all(|one| one["total"] == 100.0), "{told:?}");
        let steps: Vec<_> = told
            .iter()
            .map(|one| one["progress"].as_f64().unwrap())
            .collect();
        assert!(steps.is_sorted() && steps.len() >= 3, "{steps:?}");
        assert_eq!((steps[0], steps.last()), (0.0, Some(&100.0)));
        mcp.close().await;
    }
}

#[tokio::test]
async fn wrong_names_are_answered_with_the_nearest() {
    let front = Front::start().await;
    let mut mcp = serving(&front, &[]).await;
    for (tool, arguments, field, nearest) in [
        (
            "run-report",
            week(json!({ "metrics": ["avg_first_reply_time"] })),
            "metrics[0]",
            "`avg_first_response_time`",
        ),
        (
            "run-report",
            week(json!({ "filters": { "inboxes": ["Suport"] } })),
            "filters.inboxes[0]",
            "Support",
        ),
        (
            "run-report",
            week(json!({ "filters": { "teams": ["Trad"] } })),
            "filters.teams[0]",
            "`list-teams`",
        ),
        ("run-report", json!({}), "start", "first day"),
        (
            "run-report",
            json!({ "start": WEEK[1], "end": WEEK[0] }),
            "end",
            "before",
        ),
        (
            "export-data",
            week(json!({ "type": "messages", "columns": ["Message ID", "Tag"] })),
            "columns[1]",
            "`Tags`",
        ),
        (
            "export-data",
            week(json!({ "type": "messages", "columns": ["Activity ID"] })),
            "columns[0]",
            "events",
        ),
        ("export-data", week(json!({})), "type", "messages"),
        (
            "export-data",
            json!({ "export_id": "cnv_1a" }),
            "export_id",
            "conversation",
        ),
    ] {
        let result = mcp.call(tool, arguments).await;
        let text = verdict::refuses(tool, field, &result);
        assert!(text.contains(nearest), "{text}");
    }
    assert!(asked(&front, "reports").await.is_empty());
    assert!(asked(&front, "exports").await.is_empty());
    mcp.close().await;
}

#[tokio::test]
async fn an_export_tells_where_its_file_lies_and_never_goes_there() {
    let front = Front::start().await;
    let mut mcp = serving(&front, &[]).await;
    for (is_foreign, host) in [
        (false, "api.frontapp.com"),
        (true, "exports-eu.storage.example"),
    ] {
        plan(&front, json!({ "foreign": is_foreign })).await;
        let columns = json!(["message id", "Tags"]);
        let arguments = week(json!({ "type": "messages", "columns": columns }));
        let result = mcp.call("export-data", arguments).await;
        let export = verdict::good("export-data", &result);
        assert_eq!(export["status"], "done");
        assert_eq!(export["host"], host);
        assert_eq!(export.get("address").is_some(), !is_foreign);
        assert!(export["size"].as_u64().unwrap() > 0);
        let text = verdict::text(&result);
        assert!(
            text.contains("does not fetch the file; a person opens it"),
            "{text}"
        );
    }
    let body = &asked(&front, "exports").await[0]["body"];
    assert_eq!(body["columns"], json!(["Message ID", "Tags"]));
    let requests = front.requests().await;
    assert!(
        !requests.iter().any(|one| one.contains("download")),
        "{requests:?}"
    );
    mcp.close().await;
}

#[tokio::test]
async fn a_server_that_only_reads_leaves_no_report_behind() {
    let front = Front::start().await;
    let mut mcp = serving(&front, &["--read-only"]).await;
    for (tool, more) in [
        ("run-report", json!({})),
        ("export-data", json!({ "type": "events" })),
    ] {
        let result = mcp.call(tool, week(more)).await;
        assert_eq!(verdict::bad(tool, &result)["code"], "refused");
    }
    assert!(front.requests().await.is_empty());
    mcp.close().await;
}
