//! Templates that live outside of Front.

use serde_json::{Map, Value, json};

use super::own_channel;
use crate::sandbox::{
    answer::{Outcome, ok},
    call::Call,
    fields::Fields,
    refusal::Refusal,
    state::{ProviderTemplate, State},
};

/// What the fields are, checked as far as they are there.
fn told(call: &Call, fields: &mut Fields) -> Result<Map<String, Value>, Refusal> {
    for name in ["name", "blurb", "template_preview"] {
        fields.text(name);
    }
    fields.word("status_name", &["PENDING", "APPROVED", "REJECTED"]);
    fields.flag("is_disabled");
    if fields
        .get("variable_mappings")
        .is_some_and(|all| !all.is_array())
    {
        fields.complain("variable_mappings", "must be array");
    }
    fields.check()?;
    match call.json()? {
        Value::Object(told) => Ok(told),
        _ => Err(Refusal::bad_request("The body must be an object")),
    }
}

/// PUT: the whole of it, new or not.
pub(in super::super) fn put(state: &mut State, call: &Call) -> Outcome {
    let channel = own_channel(state, call)?;
    let mut fields = Fields::of(call)?;
    let external = fields.required_text("external_id");
    for name in [
        "name",
        "blurb",
        "is_disabled",
        "status_name",
        "variable_mappings",
        "template_preview",
    ] {
        if !fields.has(name) {
            fields.complain(name, "missing");
        }
    }
    let told = told(call, &mut fields)?;
    let templates = &mut state.application.templates;
    let known = templates
        .iter_mut()
        .find(|one| one.channel == channel && one.external == external);
    if let Some(known) = known {
        known.told = told;
        return ok(&json!({ "template_id": known.number }));
    }
    let number = 777 + templates.len() as u64;
    templates.push(ProviderTemplate {
        channel,
        external,
        number,
        told,
    });
    ok(&json!({ "template_id": number }))
}

/// PATCH: parts of one that is there.
pub(in super::super) fn change(state: &mut State, call: &Call) -> Outcome {
    let channel = own_channel(state, call)?;
    let mut fields = Fields::of(call)?;
    let told = told(call, &mut fields)?;
    let external = call.parameter(1);
    let known = state
        .application
        .templates
        .iter_mut()
        .find(|one| one.channel == channel && one.external == external)
        .ok_or_else(|| Refusal::not_found("template", external))?;
    known.told.extend(told);
    ok(&json!({ "template_id": known.number }))
}
