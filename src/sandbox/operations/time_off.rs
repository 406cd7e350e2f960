//! When teammates are off.

use crate::sandbox::{
    answer::{Outcome, created, no_content, ok},
    call::Call,
    fields::Fields,
    id::Id,
    page::Cut,
    refusal::Refusal,
    state::{State, TimeOff},
    view,
};

use super::teammates;

pub(super) fn of_teammate(state: &State, call: &Call) -> Outcome {
    let teammate = teammates::find(state, call)?.id;
    page(state, call, |one| one.teammate == teammate)
}

pub(super) fn of_team(state: &State, call: &Call) -> Outcome {
    let team = teammates::find_team(state, call)?;
    page(state, call, |one| team.members.contains(&one.teammate))
}

/// Those of which some lies between `q[active_from]` and `q[active_until]`.
fn page(state: &State, call: &Call, is_wanted: impl Fn(&TimeOff) -> bool) -> Outcome {
    let bound = |name| -> Result<Option<f64>, Refusal> {
        let given = call.query.q(name).next();
        given
            .map(|text| {
                text.parse()
                    .map_err(|_| Refusal::bad_request(format!("q.{name}: must be a timestamp")))
            })
            .transpose()
    };
    let from = bound("active_from")?.unwrap_or(f64::MIN);
    let until = bound("active_until")?.unwrap_or(f64::MAX);
    let found: Vec<&TimeOff> = state
        .time_off
        .iter()
        .filter(|one| one.start_at < until && one.end_at.is_none_or(|end| end > from))
        .filter(|one| is_wanted(one))
        .collect();
    ok(&Cut::of(call)?.page(call, &found, None, |one| view::time_off(one)))
}

fn find(state: &State, call: &Call) -> Result<Id, Refusal> {
    let id = call.id("vcr", "time off")?;
    match state.time_off.get(id) {
        Some(_) => Ok(id),
        None => Err(Refusal::not_found("time off", call.parameter(0))),
    }
}

pub(super) fn fetch(state: &State, call: &Call) -> Outcome {
    let id = find(state, call)?;
    let one = state.time_off.get(id);
    ok(&one.map(view::time_off))
}

/// The reply that Front would give by itself, if the body switches one on.
fn auto_reply(fields: &mut Fields) -> Option<Option<String>> {
    if !fields.has("auto_responder") {
        return None;
    }
    let mut nested = fields.nested("auto_responder");
    let is_enabled = nested.flag("is_enabled").unwrap_or(false);
    let body = nested.text("body").unwrap_or_default();
    fields.absorb("auto_responder", nested);
    Some(is_enabled.then_some(body))
}

pub(super) fn create(state: &mut State, call: &Call) -> Outcome {
    let teammate = teammates::find(state, call)?.id;
    let mut fields = Fields::of(call)?;
    let name = fields.required_text("name");
    let start_at = fields.number("start_at");
    if !fields.has("start_at") {
        fields.complain("start_at", "missing");
    }
    let end_at = fields.number("end_at");
    let auto_reply = auto_reply(&mut fields).flatten();
    if end_at.is_some_and(|end| Some(end) <= start_at) {
        fields.complain("end_at", "must be after start_at");
    }
    fields.check()?;
    let now = state.tick();
    let one = TimeOff {
        id: state.time_off.next_id("vcr"),
        teammate,
        name,
        start_at: start_at.unwrap_or(now),
        end_at,
        auto_reply,
        created_at: now,
        updated_at: now,
    };
    let answer = created(&view::time_off(&one));
    state.time_off.insert(one);
    answer
}

pub(super) fn update(state: &mut State, call: &Call) -> Outcome {
    let id = find(state, call)?;
    let mut fields = Fields::of(call)?;
    let name = fields.text("name");
    let start_at = fields.number("start_at");
    let (has_end, end_at) = (fields.has("end_at"), fields.number("end_at"));
    let auto_reply = auto_reply(&mut fields);
    fields.check()?;
    let now = state.tick();
    if let Some(one) = state.time_off.get_mut(id) {
        one.name = name.unwrap_or_else(|| one.name.clone());
        one.start_at = start_at.unwrap_or(one.start_at);
        if has_end {
            one.end_at = end_at;
        }
        if let Some(auto_reply) = auto_reply {
            one.auto_reply = auto_reply;
        }
        one.updated_at = now;
    }
    no_content()
}

pub(super) fn remove(state: &mut State, call: &Call) -> Outcome {
    let id = find(state, call)?;
    state.time_off.remove(id);
    no_content()
}
