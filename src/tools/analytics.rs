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

use super::arguments;
use crate::alike::alike_or_held;
use crate::{front::FrontError, shape::text::Vouched, tools::ToolError};

/// What an export has a row for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Each message.
    Messages,
    /// Each thing that happened.
    Events,
}

/// A report or export that was asked for in vain is nobody's loss, so asking again is safe.
pub fn not_made(error: FrontError) -> ToolError {
    let mut error = ToolError::from(error);
    error.retry_safe = true;
    error
}

/// The three names that are most like what was wanted.
pub fn likely<'name>(wanted: &str, known: impl Iterator<Item = &'name str>) -> Vouched {
    let mut scored: Vec<_> = known
        .map(|name| (alike_or_held(name, wanted), name))
        .collect();
    scored.sort_by(|one, other| other.0.total_cmp(&one.0));
    arguments::list(scored.into_iter().take(3).map(|(_, name)| name))
}
