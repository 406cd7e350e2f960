//! How much of a result is wanted.

use schemars::JsonSchema;
use serde::Deserialize;

/// Concise unless asked otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Detail {
    /// What most jobs need.
    #[default]
    Concise,
    /// Everything.
    Full,
}
