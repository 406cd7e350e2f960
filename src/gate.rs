//! The send gate: may this happen, and who said so.
//!
//! A message leaves through one sequence and no other: it is *sealed* (everything Front would
//! decide later is pinned and digested), *released* by its id alone (so a swapped payload
//! cannot be expressed), moved to `sending` by one compare-and-set, rechecked against Front,
//! and posted exactly once by the one module that can. What Front then said decides the state;
//! where nobody can know, the state is `unknown` and is never guessed away.
//!
//! `policy` is pure. `letter`, `envelope` and `badge` are data. `store` keeps envelopes, and its
//! `rules` decide every change of state. `approval` is a person's yes or no. `commit` is the
//! sequence. `sender` is the only place in the program that can express a send.

pub mod approval;
pub mod attachment;
pub mod badge;
pub mod commit;
pub mod envelope;
mod flights;
pub mod judge;
pub mod kill_switch;
pub mod letter;
pub mod mode;
pub mod own_drafts;
pub mod policy;
pub mod recheck;
mod record;
mod running;
pub mod sender;
pub mod steps;
pub mod store;
#[cfg(test)]
mod tests;

use std::{
    io,
    sync::{Arc, OnceLock},
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use tokio::sync::Notify;
use tokio_util::task::TaskTracker;

use self::{
    badge::Surroundings,
    envelope::{Envelope, EnvelopeId, State},
    flights::Flights,
    letter::Letter,
    mode::SendMode,
    policy::{Decision, Policy},
    running::Running,
    sender::Sender,
    steps::{Step, Steps},
    store::{
        MemoryStore, SqliteStore, Store, StoreError,
        rules::{self, Caps, Repetition, Sealing},
    },
};
use crate::{
    audit::{Audit, AuditError, Event, Heads},
    callers::CallerName,
    front::Client,
    state::StateFolder,
    tools::context::Caller,
};

/// How long a sealed envelope can be released.
pub const LIFETIME: SignedDuration = SignedDuration::from_mins(10);

/// How often what others left behind is put right.
const TIDYING: Duration = Duration::from_secs(60);

/// How long the same message to the same people counts as a repetition.
pub const REPETITION: SignedDuration = SignedDuration::from_hours(24);

/// The gate of one caller, over what all callers of a process share.
#[derive(Debug)]
pub struct Gate {
    hall: Arc<Hall>,
    mode: SendMode,
    policy: Policy,
    caps: Caps,
    own_caps: Caps,
    approvers: Option<Vec<CallerName>>,
    /// The way to Front for looking, not for sending.
    reader: Client,
    /// What stands in this gate's place, once it has been replaced or closed.
    successor: OnceLock<Option<Arc<Self>>>,
}

/// What the gates of a process stand in: they share envelopes, log, and the way out.
#[derive(Debug)]
pub struct Hall {
    store: Arc<dyn Store>,
    audit: Arc<Audit>,
    /// This process, to whoever shares the store.
    running: Running,
    sender: Sender,
    /// Posts under way: they outlive the calls that started them.
    posts: TaskTracker,
    /// One release per conversation at a time, whoever asks.
    flights: Flights,
    /// Wakes those who wait for a change of state in this process.
    changed: Notify,
    steps: Steps,
}

/// What a gate is put together from, beside its hall.
#[derive(Debug)]
pub struct Parts {
    /// The operator's mode.
    pub mode: SendMode,
    /// What this caller may do.
    pub policy: Policy,
    /// Caps on the sends of all callers.
    pub caps: Caps,
    /// Caps on this caller's sends alone.
    pub own_caps: Caps,
    /// Who alone may decide on what it seals, by name; none is the person at this machine.
    pub approvers: Option<Vec<CallerName>>,
    /// The way to Front for looking.
    pub reader: Client,
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
    /// A person has not agreed to it yet.
    Unapproved(Box<Envelope>),
    /// The conversation changed since sealing.
    Changed(&'static str),
    /// The policy does not let it leave, or does so no more.
    Denied(Box<Decision>),
    /// Another message to the same place is on its way.
    Busy,
    /// Whoever decides is none of those who may.
    NotTheApprover(Box<Envelope>),
    /// A person must agree, and the operator named nobody who may.
    NoApprover,
    /// The operator's caps on sends are reached.
    Capped(store::Left),
    /// The caller was shut out: none of its messages leaves any more.
    ShutOut,
    /// What must be checked before sending could not be.
    Unchecked(crate::front::FrontError),
    /// The store failed.
    Store(StoreError),
    /// What is about to happen could not be put on record.
    Unrecorded(AuditError),
    /// The message could not be put in canonical form, or no randomness is to be had.
    Internal,
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "nothing was sent");
        Self::Store(error)
    }
}

impl Hall {
    /// A hall whose envelopes end with the process.
    ///
    /// # Errors
    /// Without randomness.
    pub fn in_memory(sender: Sender, steps: Steps) -> io::Result<Arc<Self>> {
        let (store, audit) = (Arc::new(MemoryStore::default()), Audit::memory());
        Ok(Self::with(store, audit, Running::alone()?, sender, steps))
    }

    /// A hall whose envelopes survive, and are shared by all processes of this folder.
    ///
    /// # Errors
    /// When the folder or the store in it cannot be used.
    pub fn in_folder(folder: &StateFolder, sender: Sender, steps: Steps) -> io::Result<Arc<Self>> {
        let store = Arc::new(SqliteStore::open(folder).map_err(io::Error::other)?);
        let heads: Arc<dyn Heads> = Arc::<SqliteStore>::clone(&store);
        let audit = Audit::open(folder, heads).map_err(io::Error::other)?;
        let running = Running::among(folder)?;
        Ok(Self::with(store, audit, running, sender, steps))
    }

    fn with(
        store: Arc<dyn Store>,
        audit: Audit,
        running: Running,
        sender: Sender,
        steps: Steps,
    ) -> Arc<Self> {
        Arc::new(Self {
            store,
            audit: Arc::new(audit),
            running,
            sender,
            posts: TaskTracker::new(),
            flights: Flights::default(),
            changed: Notify::new(),
            steps,
        })
    }

    /// Puts right what processes left behind that ended in the middle, and forgets old words. To
    /// be called at start, and now and then.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn tidy_up(&self) -> Result<(), Refusal> {
        let now = Timestamp::now();
        for envelope in
            rules::recover(&*self.store, |owner| self.running.is_gone(owner), now).await?
        {
            tracing::warn!(
                envelope = %envelope.id,
                state = envelope.state.word(),
                "a server ended in the middle of a send"
            );
        }
        for envelope in rules::unrecorded(&*self.store).await? {
            // What waits for a decision again is nobody's; what is somebody's they record.
            let owner = envelope.owner.as_deref();
            if owner.is_none_or(|owner| self.running.is_gone(owner))
                && self.note(record::outcome(envelope.state), &envelope)
            {
                rules::recorded(&*self.store, &envelope.id).await?;
            }
        }
        rules::purge(&*self.store, now).await?;
        let before = now.checked_sub(own_drafts::REMEMBERED);
        let before = before.unwrap_or(Timestamp::MIN);
        self.store
            .forget_drafts(before, own_drafts::MOST_REMEMBERED)
            .await?;
        Ok(())
    }

    /// Does [`Self::tidy_up`] for as long as the process lives.
    pub fn keep_tidy(self: &Arc<Self>) {
        let hall = Arc::downgrade(self);
        tokio::spawn(async move {
            while let Some(hall) = hall.upgrade() {
                if let Err(refusal) = hall.tidy_up().await {
                    tracing::error!(?refusal, "the envelope store could not be put right");
                }
                drop(hall);
                tokio::time::sleep(TIDYING).await;
            }
        });
    }

    /// An envelope, whoever sealed it: for a person who may decide.
    ///
    /// # Errors
    /// When there is none, or the store fails.
    pub async fn look(&self, id: &EnvelopeId) -> Result<Envelope, Refusal> {
        rules::get(&*self.store, id, Timestamp::now())
            .await?
            .ok_or(Refusal::NoSuchEnvelope)
    }

    /// What a person agreed to and no process has begun to release, oldest first: the process that
    /// sealed it may be gone.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn left_approved(&self) -> Result<Vec<Envelope>, Refusal> {
        let mut approved = rules::list(&*self.store, &[State::Approved], Timestamp::now()).await?;
        approved.retain(Envelope::is_approved_elsewhere);
        Ok(approved)
    }

    /// Waits until no release is under way, for a server that is about to end. None begins any more.
    pub async fn drain(&self) {
        self.posts.close();
        self.posts.wait().await;
    }
}

impl Gate {
    /// A gate in this hall.
    pub fn new(hall: Arc<Hall>, parts: Parts) -> Self {
        Self {
            hall,
            mode: parts.mode,
            policy: parts.policy,
            caps: parts.caps,
            own_caps: parts.own_caps,
            approvers: parts.approvers,
            reader: parts.reader,
            successor: OnceLock::new(),
        }
    }

    /// What it shares with the other gates of its process.
    pub fn hall(&self) -> &Arc<Hall> {
        &self.hall
    }

    /// From now on whatever waits at this gate is released by another one, under its policy; by
    /// none, where the caller was shut out.
    pub fn give_way(&self, to: Option<Arc<Self>>) {
        let _ = self.successor.set(to);
    }

    /// The operator's mode.
    pub fn mode(&self) -> SendMode {
        self.mode
    }

    /// Whether other processes can see its envelopes.
    pub fn is_shared(&self) -> bool {
        self.hall.running.is_shared()
    }

    /// The audit log.
    pub fn audit(&self) -> &Arc<Audit> {
        &self.hall.audit
    }

    /// The operator's policy.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Seals a message for this caller, or finds the envelope that already holds it.
    ///
    /// # Errors
    /// When the mode or a repetition forbids it, or the store fails.
    pub async fn seal(
        self: &Arc<Self>,
        caller: &Caller,
        letter: Letter,
        surroundings: &Surroundings,
    ) -> Result<Envelope, Refusal> {
        if !matches!(self.mode, SendMode::Confirm | SendMode::Approve) {
            return Err(Refusal::Mode(self.mode));
        }
        self.can_be_decided()?;
        let now = Timestamp::now();
        let badges = surroundings.judge(
            letter.conversation().is_some(),
            letter.to.iter().chain(&letter.cc),
            letter.bcc.iter(),
        );
        let mut envelope =
            Envelope::seal(caller, letter, badges, now, now + LIFETIME).ok_or(Refusal::Internal)?;
        envelope.needs_person = self.mode == SendMode::Approve;
        envelope.approvers = self.approvers.clone();
        let repetition = Repetition {
            within: REPETITION,
            is_refused: self.mode == SendMode::Confirm,
        };
        match rules::seal(&*self.hall.store, envelope, now, repetition).await? {
            Sealing::Fresh(envelope) => {
                self.hall.steps.done(Step::Sealed);
                self.note(Event::Sealed, &envelope);
                if self.mode == SendMode::Approve && self.is_shared() {
                    self.attend(envelope.id.clone());
                }
                Ok(envelope)
            }
            Sealing::Same(envelope) => Ok(envelope),
            Sealing::Repeated(envelope) => Err(Refusal::Repetition(Box::new(envelope))),
        }
    }

    /// Whether anybody may decide on what this caller seals, where somebody must.
    ///
    /// # Errors
    /// [`Refusal::NoApprover`].
    pub fn can_be_decided(&self) -> Result<(), Refusal> {
        let has_nobody = self.approvers.as_ref().is_some_and(Vec::is_empty);
        match self.mode == SendMode::Approve && has_nobody {
            true => Err(Refusal::NoApprover),
            false => Ok(()),
        }
    }

    /// What has become of an envelope of this caller's.
    ///
    /// # Errors
    /// When it has no such envelope, or the store fails.
    pub async fn check(&self, caller: &Caller, id: &EnvelopeId) -> Result<Envelope, Refusal> {
        let envelope = self.look(id).await?;
        if envelope.belongs_to(caller) {
            return Ok(envelope);
        }
        tracing::warn!(envelope = %id, caller = caller.id, "somebody else's envelope was asked for");
        self.alert(caller, &envelope);
        Err(Refusal::NoSuchEnvelope)
    }

    /// Notes that a message believed unknown was found at Front after all, unless what was found
    /// is, or could be, another envelope's.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn found(
        &self,
        id: &EnvelopeId,
        message_uid: Option<String>,
    ) -> Result<Option<Envelope>, Refusal> {
        let unknown = self.look(id).await?;
        let found = rules::resolve(&*self.hall.store, &unknown, message_uid).await?;
        if let Some(envelope) = &found {
            self.note(Event::Found, envelope);
        }
        Ok(found)
    }

    /// As [`Hall::look`].
    ///
    /// # Errors
    /// When there is none, or the store fails.
    pub async fn look(&self, id: &EnvelopeId) -> Result<Envelope, Refusal> {
        self.hall.look(id).await
    }
}
