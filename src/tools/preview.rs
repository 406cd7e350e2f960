//! What a caller looked at before it is done: kept in memory, for that caller and tool alone.
//!
//! A change that cannot be taken back is made in two calls. The first says what would happen and
//! answers with an id; the second names the id and nothing else, so that what is done is what was
//! shown. An id serves once, and for ten minutes.

use std::time::Duration;

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::{
    arguments::clip,
    context::{Caller, Context},
    error::ToolError,
    resolve::unwrapped,
    shelf::{Bounds, Shelf},
};
use crate::{
    drawn::DrawnId,
    shape::{moment::Moment, text::Text},
};

/// How long one is good for.
const LIFETIME: Duration = Duration::from_secs(10 * 60);

/// How many are kept in one process; the oldest makes room.
const MOST: usize = 256;

const BOUNDS: Bounds = Bounds {
    prefix: "prv_",
    life: LIFETIME,
    most_of_one: MOST,
    most: MOST,
};

/// Those that nobody has acted on: whose, and shown by which tool.
#[derive(Debug)]
pub struct Previews(Shelf<(Caller, &'static str), Value>);

impl Default for Previews {
    fn default() -> Self {
        Self(Shelf::new(BOUNDS))
    }
}

/// What the second call names.
#[derive(Debug)]
pub struct Ticket {
    /// What it is named by.
    pub id: DrawnId,
    /// Until when.
    pub expires_at: Moment,
}

impl Previews {
    /// Keeps what was shown.
    pub fn keep<T: Serialize>(&self, context: &Context<'_>, plan: &T) -> Result<Ticket, ToolError> {
        let plan = serde_json::to_value(plan).map_err(|_| ToolError::unshapable())?;
        let id = self.0.keep(owner(context), plan).map_err(|error| {
            tracing::error!(%error, "no randomness for a preview");
            ToolError::unshapable()
        })?;
        Ok(Ticket {
            id,
            expires_at: Moment::at(context.now() + LIFETIME),
        })
    }

    /// Takes what this caller was shown by this tool. It is gone then, whatever comes of it.
    pub fn take<T: DeserializeOwned>(
        &self,
        context: &Context<'_>,
        field: &'static str,
        given: &str,
    ) -> Result<T, ToolError> {
        let given = unwrapped(given);
        let plan = self.0.take(&owner(context), given);
        plan.and_then(|plan| serde_json::from_value(plan).ok())
            .ok_or_else(|| {
                let mut message = Text::of("no preview of yours that still holds has the id ");
                message
                    .quote_text(&clip(given))
                    .say("; each serves once and for ten minutes, and nothing was done");
                ToolError::not_found(field, message)
                    .next("call again without it for a new preview, and read what it shows")
            })
    }
}

fn owner(context: &Context<'_>) -> (Caller, &'static str) {
    (context.caller.clone(), context.tool)
}
