//! Calls, which are recorded as they are told.

use serde_json::{Value, json};

use super::{accepted, own_channel};
use crate::sandbox::{
    answer::Outcome,
    call::Call,
    fields::Fields,
    refusal::Refusal,
    state::{self, State},
};

const STATUSES: [&str; 8] = [
    "queued",
    "ringing",
    "connected",
    "hold",
    "hangup",
    "abandoned",
    "missed",
    "transferred",
];

pub(in super::super) fn create(state: &mut State, call: &Call) -> Outcome {
    let channel = own_channel(state, call)?;
    let mut fields = Fields::of(call)?;
    let external = fields.required_text("external_call_id");
    fields.required_text("parent_external_call_id");
    let status = fields.word("initial_status", &["queued", "ringing"]);
    let side = match fields.word("direction", &["inbound", "outbound"]) {
        Some("inbound") => "from",
        Some(_) => "to",
        None => {
            fields.complain("direction", "missing");
            "from"
        }
    };
    let mut party = fields.nested(side);
    party.required_text("handle");
    fields.absorb(side, party);
    fields.number("started_at");
    fields.check()?;
    let Value::Object(told) = call.json()? else {
        return Err(Refusal::bad_request("The body must be an object"));
    };
    state.application.calls.push(state::Call {
        channel,
        external,
        told,
        statuses: status.map(str::to_owned).into_iter().collect(),
        recordings: Vec::new(),
        summaries: Vec::new(),
        transcripts: Vec::new(),
    });
    accepted()
}

fn find<'a>(state: &'a mut State, call: &Call) -> Result<&'a mut state::Call, Refusal> {
    let channel = own_channel(state, call)?;
    let external = call.parameter(1);
    let calls = &mut state.application.calls;
    calls
        .iter_mut()
        .find(|one| one.channel == channel && one.external == external)
        .ok_or_else(|| Refusal::not_found("call", external))
}

pub(in super::super) fn update(state: &mut State, call: &Call) -> Outcome {
    let known = find(state, call)?;
    let mut fields = Fields::of(call)?;
    let status = fields.word("call_status", &STATUSES);
    if !fields.has("call_status") {
        fields.complain("call_status", "missing");
    }
    fields.number("occurred_at");
    fields.text("agent_email_address");
    fields.check()?;
    known.statuses.extend(status.map(str::to_owned));
    accepted()
}

pub(in super::super) fn record(state: &mut State, call: &Call) -> Outcome {
    let known = find(state, call)?;
    let mut fields = Fields::of(call)?;
    let kind = fields.word("recording_type", &["call", "voicemail"]);
    if kind.is_none() {
        fields.complain("recording_type", "missing");
    }
    let [file] = call.files() else {
        fields.complain("attachments", "must be exactly one file");
        fields.check()?;
        return accepted();
    };
    if !file.content_type.starts_with("audio/") {
        fields.complain("attachments", "must be audio");
    }
    fields.check()?;
    known.recordings.push(json!({
        "type": kind,
        "filename": file.filename,
        "content_type": file.content_type,
        "sha256": file.sha256,
    }));
    accepted()
}

pub(in super::super) fn summarise(state: &mut State, call: &Call) -> Outcome {
    let known = find(state, call)?;
    let mut fields = Fields::of(call)?;
    let content = fields.required_text("content");
    fields.check()?;
    known.summaries.push(content);
    accepted()
}

pub(in super::super) fn transcribe(state: &mut State, call: &Call) -> Outcome {
    let known = find(state, call)?;
    let mut fields = Fields::of(call)?;
    let lines = fields.get("lines").and_then(Value::as_array).cloned();
    let lines = lines.unwrap_or_default();
    let is_line = |line: &Value| {
        line.get("speaker_name").is_some_and(Value::is_string)
            && line.get("content").is_some_and(Value::is_string)
            && line.get("start_time_seconds").is_some_and(Value::is_number)
            && line
                .get("speaker_type")
                .is_some_and(|kind| kind == "internal" || kind == "external")
    };
    if lines.is_empty() || !lines.iter().all(is_line) {
        fields.complain("lines", "must be array of lines");
    }
    fields.check()?;
    known.transcripts.push(Value::Array(lines));
    accepted()
}
