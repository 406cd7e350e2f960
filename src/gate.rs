//! The send gate: may this happen, and who said so.
//!
//! A message leaves through one sequence and no other: it is *sealed* (everything Front would
//! decide later is pinned and digested), *released* by its id alone (so a swapped payload
//! cannot be expressed), moved to `sending` by one compare-and-set, rechecked against Front,
//! and posted exactly once by the one module that can. What Front then said decides the state;
//! where nobody can know, the state is `unknown` and is never guessed away.
//!
//! `policy` is pure. `letter` and `envelope` are data. `store` keeps envelopes. `commit` is the
//! sequence. `sender` is the only place in the program that can express a send.

pub mod commit;
pub mod envelope;
mod flights;
pub mod kill_switch;
pub mod letter;
pub mod mode;
pub mod policy;
pub mod sender;
pub mod store;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::Notify;
use tokio_util::task::TaskTracker;

use self::{
    envelope::{Envelope, EnvelopeId, State},
    flights::Flights,
    letter::Letter,
    mode::SendMode,
    policy::Policy,
    sender::Sender,
    store::{Sealing, Store},
};
use crate::tools::context::Caller;

/// How long a sealed envelope can be released.
pub const LIFETIME: SignedDuration = SignedDuration::from_mins(10);

/// How long the same message to the same people counts as a repetition.
pub const REPETITION: SignedDuration = SignedDuration::from_hours(24);

/// The gate of one server.
#[derive(Debug)]
pub struct Gate {
    mode: SendMode,
    policy: Policy,
    store: Store,
    sender: Sender,
    /// Posts under way: they outlive the calls that started them.
    posts: TaskTracker,
    /// One release per conversation at a time.
    flights: Flights,
    /// Wakes those who wait for an outcome.
    recorded: Notify,
}

/// Why the gate said no. Nothing left.
#[derive(Debug)]
pub enum Refusal {
    /// The operator's mode does not allow it.
    Mode(SendMode),
    /// No envelope of this caller has the id.
    NoSuchEnvelope,
    /// The same message left, or may have left, within a day.
    Repetition(Box<Envelope>),
    /// The conversation changed since sealing.
    Changed(&'static str),
    /// What must be checked before sending could not be.
    Unchecked(crate::front::FrontError),
    /// The message could not be put in canonical form, or no randomness is to be had.
    Internal,
}

impl Gate {
    /// A gate with its own way to Front for sends.
    pub fn new(mode: SendMode, policy: Policy, sender: Sender) -> Self {
        Self {
            mode,
            policy,
            store: Store::default(),
            sender,
            posts: TaskTracker::new(),
            flights: Flights::default(),
            recorded: Notify::new(),
        }
    }

    /// The operator's mode.
    pub fn mode(&self) -> SendMode {
        self.mode
    }

    /// The operator's policy.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Seals a message for this caller, or finds the envelope that already holds it.
    pub fn seal(&self, caller: &Caller, letter: Letter) -> Result<Envelope, Refusal> {
        if !matches!(self.mode, SendMode::Confirm) {
            return Err(Refusal::Mode(self.mode));
        }
        let now = Timestamp::now();
        let envelope =
            Envelope::seal(caller, letter, now, now + LIFETIME).ok_or(Refusal::Internal)?;
        match self.store.seal(envelope, now, REPETITION) {
            Sealing::Fresh(envelope) | Sealing::Same(envelope) => Ok(envelope),
            Sealing::Repeated(envelope) => Err(Refusal::Repetition(Box::new(envelope))),
        }
    }

    /// What has become of an envelope.
    pub fn check(&self, caller: &Caller, id: &EnvelopeId) -> Result<Envelope, Refusal> {
        self.store
            .get(id, Timestamp::now())
            .filter(|envelope| envelope.belongs_to(caller))
            .ok_or(Refusal::NoSuchEnvelope)
    }

    /// Notes that a message believed unknown was found at Front after all.
    pub fn found(&self, id: &EnvelopeId, message_uid: Option<String>) -> Option<Envelope> {
        self.store.advance(id, &[State::Unknown], |envelope| {
            envelope.state = State::Sent;
            envelope.message_uid = message_uid.or(envelope.message_uid.take());
        })
    }
}
