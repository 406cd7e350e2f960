//! Ids that this server draws: what a second call names.

use std::{borrow::Cow, fmt, io};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;

use crate::{digest::hex, random};

/// A prefix and 32 hex digits, of 128 random bits. Nothing that anybody wrote becomes one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DrawnId(String);

impl DrawnId {
    /// Draws one.
    ///
    /// # Errors
    /// Where the system has no random bytes.
    pub fn draw(prefix: &'static str) -> io::Result<Self> {
        Ok(Self(format!("{prefix}{}", hex(&random::bytes::<16>()?))))
    }

    /// The id as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DrawnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl JsonSchema for DrawnId {
    fn schema_name() -> Cow<'static, str> {
        "DrawnId".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        // The keyword tells it from a plain string, and is taken out before a schema is published.
        json_schema!({ "type": "string", "x-typed": true })
    }
}
