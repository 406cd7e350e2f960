//! What reports and exports have in common: the days they are about, what they are limited to,
//! and waiting for Front, which computes both in its own time.

pub mod columns;
pub mod filters;
pub mod metrics;
pub mod period;
pub mod value;
pub mod waiting;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use self::period::Period;
use super::arguments;
use crate::{
    alike::alike_or_held,
    front::{FrontError, FrontErrorKind},
    shape::text::{Text, Vouched},
    tools::ToolError,
};

/// What an export has a row for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Each message.
    Messages,
    /// Each thing that happened.
    Events,
}

/// What a request for a report or export begins with: its days, and what it is limited to.
pub fn request(period: &Period, filters: Option<Value>) -> Map<String, Value> {
    let (start, end) = period.bounds();
    let mut body = Map::from_iter([
        ("start".to_owned(), json!(start)),
        ("end".to_owned(), json!(end)),
        ("timezone".to_owned(), json!(period.zone())),
    ]);
    body.extend(filters.map(|filters| ("filters".to_owned(), filters)));
    body
}

/// An id of what an earlier call asked for goes without what says what to ask for: `given` names
/// these arguments, and whether each is there.
pub fn goes_alone(
    id: &'static str,
    what: &'static str,
    given: &[(&'static str, bool)],
) -> Result<(), ToolError> {
    let Some((field, _)) = given.iter().find(|(_, is_given)| *is_given) else {
        return Ok(());
    };
    let message = format!("cannot go with `{id}`: that {what} was asked for before");
    let next = format!("leave it out to go on, or leave `{id}` out for another {what}");
    Err(ToolError::invalid(*field, Text::of(Vouched::ours(message))).next(Vouched::ours(next)))
}

/// Front did not say that it begins a report or export. Whether it does may be unknown, and no
/// operation lists those there are.
pub fn not_begun(error: FrontError, what: &'static str) -> ToolError {
    let error = ToolError::from(error);
    if error.retry_safe {
        return error;
    }
    let unknown = format!("whether Front began the {what} is not known, and it lists none");
    let next = format!(
        "call again if the user still wants it: a second {what} may be begun by that, which changes nothing else and counts against Front's limits"
    );
    error.and(Vouched::ours(unknown)).next(Vouched::ours(next))
}

/// Front could not be asked about what it has: `go_on` says how another call can. What this call
/// began would be begun once more by the same one.
pub fn lost(error: FrontError, id: &'static str, is_of_this_call: bool, go_on: Text) -> ToolError {
    let is_unknown = matches!(error.kind, FrontErrorKind::Status(404));
    let mut error = ToolError::from(error);
    if is_unknown && !is_of_this_call {
        let next = format!("check the id, or leave `{id}` out for a new one");
        return error.on(id).next(Vouched::ours(next));
    }
    error.retry_safe &= !is_of_this_call;
    error.next_text(go_on)
}

/// The three names that are most like what was wanted.
pub fn likely<'name>(wanted: &str, known: impl Iterator<Item = &'name str>) -> Vouched {
    let mut scored: Vec<_> = known
        .map(|name| (alike_or_held(name, wanted), name))
        .collect();
    scored.sort_by(|one, other| other.0.total_cmp(&one.0));
    arguments::list(scored.into_iter().take(3).map(|(_, name)| name))
}
