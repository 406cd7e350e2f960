//! The company itself, its custom fields, and the lists it keeps empty.

use http::StatusCode;
use serde_json::json;

use crate::sandbox::{
    answer::{Answer, Outcome, ok},
    call::Call,
    page::Cut,
    state::{API, CustomField, State},
    view::{self, Listing},
};

/// The company, not a person: a token is nobody.
pub(super) fn me(state: &State, _: &Call) -> Outcome {
    Ok(Answer::json(
        StatusCode::OK,
        &json!({
            "_links": {"self": format!("{API}/me")},
            "id": state.company.id,
            "name": state.company.name,
        }),
    ))
}

pub(super) fn contact_fields(state: &State, call: &Call) -> Outcome {
    fields(&state.contact_fields, call)
}

pub(super) fn conversation_fields(state: &State, call: &Call) -> Outcome {
    fields(&state.conversation_fields, call)
}

pub(super) fn account_fields(state: &State, call: &Call) -> Outcome {
    fields(&state.account_fields, call)
}

pub(super) fn no_fields(_: &State, call: &Call) -> Outcome {
    fields(&[], call)
}

fn fields(fields: &[CustomField], call: &Call) -> Outcome {
    ok(&Listing::new(
        &call.path,
        fields.iter().map(view::custom_field),
    ))
}

/// A list the company has nothing in.
pub(super) fn nothing(_: &State, call: &Call) -> Outcome {
    ok(&Listing::<()>::new(&call.path, std::iter::empty()))
}

/// The same where Front pages.
pub(super) fn nothing_paged(_: &State, call: &Call) -> Outcome {
    ok(&Cut::of(call)?.page(call, &[] as &[()], None, |()| ()))
}
