//! The call that was meant, where one went wrong and the right one is known.
//!
//! Whoever refuses an argument may say what would be right ([`Fix`]). The path of a call applies
//! it to what was given and reads the outcome against the tool's own schema, so that what is
//! suggested is never malformed itself. Nothing is done: the caller decides, and calls.

mod ids;
pub mod names;
mod place;
pub mod values;

use jiff::{Timestamp, tz::TimeZone};
use serde_json::{Map, Value};

pub use self::ids::{id, link, of_existing};
use super::{
    arguments,
    catalog::CATALOG,
    contract::{Effect, Entry},
    error::ToolError,
    surface::Surface,
};

/// The longest suggestion in bytes of JSON: a caller pays for each of them.
const LONGEST: usize = 2_000;

/// One mistake shows at a time; a call with more than so many is no near miss.
const MOST_MISTAKES: usize = 8;

/// What would be right.
#[derive(Clone, Debug, PartialEq)]
pub enum Fix {
    /// Another value where the error is.
    Here(Value),
    /// These entries of a list instead of the one where the error is.
    Several(Vec<String>),
    /// The time where the error is, in Unix seconds.
    Seconds,
    /// Changes in several places.
    Changes(Vec<Change>),
    /// What stands there belongs to the first of these arguments that the tool has.
    Moved(&'static [&'static str]),
    /// Another tool.
    Instead {
        /// Its name.
        tool: &'static str,
        /// Its arguments.
        arguments: Map<String, Value>,
    },
}

impl Fix {
    /// Another tool, with one argument.
    pub fn instead(tool: &'static str, argument: &str, value: impl Into<Value>) -> Self {
        Self::Instead {
            tool,
            arguments: Map::from_iter([(argument.to_owned(), value.into())]),
        }
    }
}

/// A place, as errors name it (`tags[0]`; all of the arguments without a name), and what belongs there.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Where.
    pub place: String,
    /// Nothing takes it out.
    pub value: Option<Value>,
}

impl Change {
    /// This value at this place.
    pub fn set(place: impl Into<String>, value: impl Into<Value>) -> Self {
        Self {
            place: place.into(),
            value: Some(value.into()),
        }
    }

    /// Nothing at this place.
    pub fn removed(place: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            value: None,
        }
    }
}

/// A call that can be made as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The tool.
    pub tool: &'static str,
    /// Its arguments, which fit its schema.
    pub arguments: Map<String, Value>,
}

/// The call that was meant, if the error knows it, it is well-formed, and it is one that may be
/// made here.
pub fn meant(
    entry: &'static Entry,
    given: &Map<String, Value>,
    error: &ToolError,
    surface: &Surface,
    zone: &TimeZone,
) -> Option<Call> {
    let mut entry = entry;
    let mut arguments = given.clone();
    let mut fix = error.fix()?.clone();
    let mut field = error.field.clone().unwrap_or_default();
    for _ in 0..MOST_MISTAKES {
        (entry, arguments) = apply(entry, arguments, &fix, &field, zone)?;
        // A yes is never put into a caller's mouth.
        if entry.spec.effect == Effect::Send || surface.permit(entry).is_err() {
            return None;
        }
        match arguments::read(&entry.schemas().input, arguments.clone()) {
            Ok(Value::Object(read)) => {
                let length = serde_json::to_string(&read).ok()?.len();
                return (length <= LONGEST && read != *given).then_some(Call {
                    tool: entry.spec.name,
                    arguments: read,
                });
            }
            Ok(_) => return None,
            Err(next) => {
                fix = next.fix()?.clone();
                field = next.field.unwrap_or_default();
            }
        }
    }
    None
}

fn apply(
    entry: &'static Entry,
    given: Map<String, Value>,
    fix: &Fix,
    field: &str,
    zone: &TimeZone,
) -> Option<(&'static Entry, Map<String, Value>)> {
    let mut all = Value::Object(given);
    match fix {
        Fix::Here(value) => place::set(&mut all, field, value.clone())?,
        Fix::Several(values) => place::spread(&mut all, field, values)?,
        Fix::Seconds => {
            let now = Timestamp::now();
            let seconds = values::seconds(place::at(&mut all, field)?, now, zone)?;
            place::set(&mut all, field, seconds.into())?;
        }
        Fix::Changes(changes) => {
            for change in changes {
                match &change.value {
                    Some(value) => place::set(&mut all, &change.place, value.clone())?,
                    None => place::remove(&mut all, &change.place)?,
                }
            }
        }
        Fix::Moved(names) => {
            let known = entry.schemas().input.get("properties")?.as_object()?;
            let free = |name: &&'static str| known.contains_key(*name) && all.get(*name).is_none();
            let name = names.iter().copied().find(free)?;
            let is_read = entry.spec.effect == Effect::Read;
            let value = place::at(&mut all, field).filter(|_| is_read)?.clone();
            place::remove(&mut all, field)?;
            place::set(&mut all, name, value)?;
        }
        Fix::Instead { tool, arguments } => {
            let other = CATALOG.iter().find(|other| other.spec.name == *tool)?;
            return stands_in(entry, other).then(|| (*other, arguments.clone()));
        }
    }
    match all {
        Value::Object(arguments) => Some((entry, arguments)),
        _ => None,
    }
}

/// Another read for what reads one thing; and what prepares a message for the request that would
/// have sent it.
fn stands_in(entry: &Entry, other: &Entry) -> bool {
    match (entry.spec.effect, other.spec.effect) {
        (Effect::Read, Effect::Read) => entry.spec.name.starts_with("get-"),
        (Effect::Any, Effect::Seal) => true,
        _ => false,
    }
}
