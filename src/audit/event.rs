//! The closed words of a record.

use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Event {
    /// Something was not done, by policy, mode or validation.
    Refused,
    /// A tool was called and has answered.
    Called,
    /// A message was put into an envelope.
    Sealed,
    /// A person was asked.
    Asked,
    /// A person, or in mode `confirm` the agent, released an envelope.
    Approved,
    /// A person said no.
    Declined,
    /// A yes that came too late to count.
    Late,
    /// The one post is about to be made.
    Sending,
    /// Front accepted the message.
    Sent,
    /// Front refused the message.
    Failed,
    /// Nobody can know whether Front took the message.
    Unknown,
    /// Front gave the message back unprocessed: it may be released again.
    Returned,
    /// The envelope was not released in time.
    Expired,
    /// A message whose fate was unknown was found in Front.
    Found,
    /// The operator registered a caller, replaced its token or took it back; the code says which.
    Token,
    /// Something that an operator should look at.
    Alert,
    /// Written by the log itself: before this record stand bytes of a write that a crash cut off.
    Torn,
    /// Written by the log itself: before this record the log was not what it must have been.
    Damaged,
}

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Decision {
    /// It may happen.
    Allowed,
    /// It may not.
    Denied,
}

/// The way a yes or no came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    /// A question in the host.
    Elicitation,
    /// The approval page in a browser.
    Page,
    /// `front-mcp approve` on a terminal.
    Terminal,
    /// The agent's own word, in mode `confirm`.
    Agent,
}
