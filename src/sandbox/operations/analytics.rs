//! Reports and exports: asked for, then looked at until they have ended. How long that takes is
//! said by `POST /_sandbox/analytics`. Front's guard, one in three seconds, is left to the client.

use jiff::{Timestamp, tz::TimeZone};
use serde_json::{Value, json};

use crate::sandbox::{
    answer::{Outcome, created, ok},
    call::Call,
    fields::Fields,
    id::Id,
    refusal::Refusal,
    state::{API, Asked, Message, State},
};

const FILTERS: [&str; 6] = [
    "tag_ids",
    "teammate_ids",
    "channel_ids",
    "inbox_ids",
    "team_ids",
    "account_ids",
];

/// What both take; the body as it came.
fn asked(call: &Call, fields: &mut Fields) -> Result<Value, Refusal> {
    for bound in ["start", "end"] {
        if fields.number(bound).is_none() && !fields.has(bound) {
            fields.complain(bound, "missing");
        }
    }
    if let Some(zone) = fields.text("timezone")
        && TimeZone::get(&zone).is_err()
    {
        fields.complain("timezone", "unknown time zone");
    }
    if let Some(filters) = fields.object("filters") {
        let is_known = |name: &String| FILTERS.contains(&name.as_str());
        if filters.is_empty() || !filters.keys().all(is_known) {
            fields.complain("filters", "must be lists of ids by kind");
        }
    }
    fields.check()?;
    call.json()
}

pub(super) fn report(state: &mut State, call: &Call) -> Outcome {
    let mut fields = Fields::of(call)?;
    if fields.required_texts("metrics").is_empty() {
        fields.complain("metrics", "must not be empty");
    }
    let body = asked(call, &mut fields)?;
    let (at, plan) = (state.tick(), state.analytics.plan);
    let asked = Asked::new(state.analytics.next_report(), body, at, plan);
    let answer = created(&report_view(state, &asked));
    state.analytics.reports.push(asked);
    answer
}

pub(super) fn look_at_report(state: &mut State, call: &Call) -> Outcome {
    let uid = call.parameter(0);
    let reports = &mut state.analytics.reports;
    let asked = reports.iter_mut().find(|one| one.name == uid);
    asked
        .ok_or_else(|| Refusal::not_found("report", uid))?
        .look();
    let asked = state.analytics.reports.iter().find(|one| one.name == uid);
    let asked = asked.ok_or_else(|| Refusal::not_found("report", uid))?;
    ok(&report_view(state, asked))
}

fn report_view(state: &State, asked: &Asked) -> Value {
    let names = asked.body.get("metrics").and_then(Value::as_array);
    let names = names.into_iter().flatten().filter_map(Value::as_str);
    let metrics: Vec<_> = match asked.is_done() {
        true => names.map(|name| metric(state, asked, name)).collect(),
        false => Vec::new(),
    };
    json!({
        "_links": { "self": format!("{API}/analytics/reports/{}", asked.name) },
        "uid": asked.name,
        "status": asked.status(),
        "progress": asked.progress(),
        "metrics": metrics,
    })
}

/// Counts are those of the company here; times and shares are made up of them.
fn metric(state: &State, asked: &Asked, name: &str) -> Value {
    let messages: Vec<_> = within(state, asked).collect();
    let received = messages.iter().filter(|one| one.is_inbound).count();
    let sent = messages.len() - received;
    let (kind, value) = match name {
        "num_messages_received" => ("number", json!(received)),
        "num_messages_sent" => ("number", json!(sent)),
        _ if name.ends_with("_time") => ("duration", json!(1_800 + 61 * sent)),
        _ if name.starts_with("pct_") => {
            ("percentage", json!(100 * sent / (received + sent).max(1)))
        }
        "avg_csat_survey_response" => ("number", Value::Null),
        _ => ("number", json!(received / 2)),
    };
    json!({ "id": name, "type": kind, "value": value })
}

/// The messages of the days, which begin and end at midnight in the zone that was named.
fn within<'a>(state: &'a State, asked: &'a Asked) -> impl Iterator<Item = &'a Message> {
    let number = |name: &str| asked.body.get(name).and_then(Value::as_f64);
    let zone = asked.body.get("timezone").and_then(Value::as_str);
    let zone = TimeZone::get(zone.unwrap_or("UTC")).unwrap_or(TimeZone::UTC);
    let day = move |seconds: f64| {
        let at = Timestamp::from_second(seconds as i64).unwrap_or_default();
        at.to_zoned(zone.clone()).date()
    };
    let (first, last) = (number("start").map(&day), number("end").map(&day));
    let ids = |name: &str| -> Vec<Id> {
        let list = asked.body.pointer(&format!("/filters/{name}"));
        let list = list.and_then(Value::as_array).into_iter().flatten();
        list.filter_map(|id| Id::parse(id.as_str()?)).collect()
    };
    let (inboxes, channels, tags) = (ids("inbox_ids"), ids("channel_ids"), ids("tag_ids"));
    let teammates = ids("teammate_ids");
    state.messages.iter().filter(move |message| {
        let conversation = state.conversations.get(message.conversation);
        let day = Some(day(message.created_at));
        let fits = |wanted: &[Id], is: Option<Id>| {
            wanted.is_empty() || is.is_some_and(|is| wanted.contains(&is))
        };
        message.draft.is_none()
            && first <= day
            && day <= last
            && fits(&channels, Some(message.channel))
            && fits(&inboxes, conversation.map(|one| one.inbox))
            && fits(&teammates, message.author)
            && (tags.is_empty()
                || conversation.is_some_and(|one| one.tags.iter().any(|tag| tags.contains(tag))))
    })
}

pub(super) fn export(state: &mut State, call: &Call) -> Outcome {
    let mut fields = Fields::of(call)?;
    if fields.word("type", &["messages", "events"]).is_none() && !fields.has("type") {
        fields.complain("type", "missing");
    }
    let columns = fields.get("columns").and_then(Value::as_array);
    if columns.is_none_or(Vec::is_empty) {
        fields.complain("columns", "must be array of columns");
    }
    let body = asked(call, &mut fields)?;
    let (at, plan) = (state.tick(), state.analytics.plan);
    let name = state.analytics.next_export().to_string();
    let asked = Asked::new(name, body, at, plan);
    let mut view = export_view(state, &asked);
    // Where the file lies is said to who looks, and not to who asks for it.
    if let Some(fields) = view.as_object_mut() {
        for name in ["url", "filename", "size"] {
            fields.remove(name);
        }
    }
    state.analytics.exports.push(asked);
    created(&view)
}

pub(super) fn look_at_export(state: &mut State, call: &Call) -> Outcome {
    let id = call.parameter(0);
    let exports = &mut state.analytics.exports;
    let asked = exports.iter_mut().find(|one| one.name == id);
    asked
        .ok_or_else(|| Refusal::not_found("export", id))?
        .look();
    let asked = state.analytics.exports.iter().find(|one| one.name == id);
    let asked = asked.ok_or_else(|| Refusal::not_found("export", id))?;
    ok(&export_view(state, asked))
}

fn export_view(state: &State, asked: &Asked) -> Value {
    let mut view = json!({
        "_links": { "self": format!("{API}/analytics/exports/{}", asked.name) },
        "id": asked.name,
        "status": asked.status(),
        "progress": asked.progress(),
        "created_at": asked.at,
        "filters": asked.body.get("filters").cloned().unwrap_or_else(|| json!({})),
    });
    if asked.is_done()
        && let Some(fields) = view.as_object_mut()
    {
        let host = match asked.is_foreign() {
            true => "exports-eu.storage.example",
            false => "api.frontapp.com",
        };
        let kind = asked
            .body
            .get("type")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let path = format!("/analytics/exports/{}/download", asked.name);
        fields.insert("url".into(), json!(format!("https://{host}{path}")));
        let name = format!("export-{kind}-larkspur-cycles.csv");
        fields.insert("filename".into(), json!(name));
        let rows = within(state, asked).count();
        fields.insert("size".into(), json!(120 + 260 * rows));
    }
    view
}
