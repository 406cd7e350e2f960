//! What a tool is given: the door to Front, the company's lists, the clock, the gate.

use std::sync::Arc;

use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    attachments::Attachable,
    front::{Client, directory::Directory},
    gate::Gate,
    host::Host,
    tools::{
        asking::Ways, bulk::plans::Plans, library::Library, preview::Previews, surface::Surface,
    },
};

/// Everything one call may use.
#[derive(Debug)]
pub struct Context<'call> {
    /// The door to Front, closed at the call's deadline.
    pub client: Client,
    /// The company's short lists.
    pub directory: &'call Directory,
    /// Changes to many conversations that wait to be made.
    pub plans: &'call Plans,
    /// What was read of the knowledge bases.
    pub library: &'call Library,
    /// The operator's policy and the way to a send.
    pub gate: &'call Arc<Gate>,
    /// The person behind the host.
    pub host: &'call Host,
    /// The operator's ways of asking them.
    pub ways: &'call Ways,
    /// What is listed here.
    pub surface: &'call Surface,
    /// What callers looked at before it is done.
    pub previews: &'call Previews,
    /// Who is asking, for envelopes.
    pub caller: Caller,
    /// What may be attached to a message.
    pub attachable: &'call Attachable,
    /// The time zone of dates without an offset.
    pub zone: TimeZone,
    /// The arguments as read, without `cursor`, that a cursor is bound to.
    pub arguments: Value,
    /// The tool's name.
    pub tool: &'static str,
}

/// Who is asking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caller {
    /// `local/default` over stdio; `token/NAME/ID` or `anonymous` over HTTP.
    pub id: String,
    /// The client's declared name: a tripwire, not a boundary.
    pub client: String,
}

impl Caller {
    /// What the operator calls it; nothing over stdio, where there is but one.
    pub fn name(&self) -> Option<&str> {
        match self.id.split('/').collect::<Vec<_>>().as_slice() {
            ["local", ..] => None,
            ["token", name, ..] => Some(name),
            _ => Some(&self.id),
        }
    }
}

impl Context<'_> {
    /// Now.
    pub fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}
