//! What a caller looked at before it is done: kept in memory, for that caller and tool alone.
//!
//! A change that cannot be taken back is made in two calls. The first says what would happen and
//! answers with an id; the second names the id and nothing else, so that what is done is what was
//! shown. An id serves once, and for ten minutes.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

use jiff::{SignedDuration, Timestamp};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::{
    arguments::clip,
    context::{Caller, Context},
    error::ToolError,
    resolve::unwrapped,
};
use crate::{
    drawn::DrawnId,
    shape::{moment::Moment, text::Text},
};

/// How long one is good for.
const LIFETIME: SignedDuration = SignedDuration::from_mins(10);

/// How many are kept in one process; the oldest makes room.
const MOST: usize = 256;

/// Those that nobody has acted on.
#[derive(Debug, Default)]
pub struct Previews(Mutex<VecDeque<Kept>>);

#[derive(Debug)]
struct Kept {
    id: DrawnId,
    tool: &'static str,
    caller: Caller,
    until: Timestamp,
    plan: Value,
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
        let id = DrawnId::draw("prv_").map_err(|error| {
            tracing::error!(%error, "no randomness for a preview");
            ToolError::unshapable()
        })?;
        let until = context.now() + LIFETIME;
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST {
            kept.pop_front();
        }
        kept.push_back(Kept {
            id: id.clone(),
            tool: context.tool,
            caller: context.caller.clone(),
            until,
            plan,
        });
        Ok(Ticket {
            id,
            expires_at: Moment::at(until),
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
        let now = context.now();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|each| each.until > now);
        let position = kept.iter().position(|each| {
            each.id.as_str() == given && each.tool == context.tool && each.caller == context.caller
        });
        let plan = position.and_then(|position| kept.remove(position));
        drop(kept);
        plan.and_then(|kept| serde_json::from_value(kept.plan).ok())
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
