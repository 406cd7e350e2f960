//! From approved to sent: claim, recheck, announce, post once, record.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use tokio::time::Instant;

use super::{
    Gate, Refusal,
    envelope::{Approval, Channel, Envelope, EnvelopeId, State},
    mode::SendMode,
    record,
    sender::{ApprovedEnvelope, Outcome},
    steps::Step,
    store::{
        StoreError,
        rules::{self, Claim, Claimant},
    },
};
use crate::{audit::Event, tools::context::Caller};

/// How long a release waits for another message to the same place.
const QUEUEING: Duration = Duration::from_secs(40);

/// How often a store that other processes share is looked at.
const GLANCE: Duration = Duration::from_millis(100);

/// How often the store is asked to keep an outcome before it is given up.
const ATTEMPTS: u32 = 5;

impl Gate {
    /// Releases an envelope of this caller's by its id alone: in `confirm` mode a sealed one, in
    /// `approve` mode only what a person agreed to. A second release of the same envelope, at
    /// whatever moment, answers what became of the first and posts nothing.
    ///
    /// # Errors
    /// When it may not be released now; nothing left.
    pub async fn release(
        self: &Arc<Self>,
        caller: &Caller,
        id: &EnvelopeId,
    ) -> Result<Envelope, Refusal> {
        let envelope = self.check(caller, id).await?;
        match (self.mode, envelope.state) {
            (SendMode::Confirm, _) => self.commit(id).await,
            (SendMode::Approve, State::Sealed) => Err(Refusal::Unapproved(Box::new(envelope))),
            (SendMode::Approve, _) => self.commit(id).await,
            (SendMode::Off | SendMode::Draft, _) => Err(Refusal::Mode(self.mode)),
        }
    }

    /// Commits an envelope, whoever asks: the caller has made sure that it may be.
    pub(super) async fn commit(self: &Arc<Self>, id: &EnvelopeId) -> Result<Envelope, Refusal> {
        match self.successor.get() {
            None => {}
            Some(Some(gate)) => return Box::pin(gate.commit(id)).await,
            Some(None) => return Err(Refusal::ShutOut),
        }
        let from: &[State] = match self.mode {
            SendMode::Confirm => &[State::Sealed, State::Approved],
            SendMode::Approve => &[State::Approved],
            SendMode::Off | SendMode::Draft => return Err(Refusal::Mode(self.mode)),
        };
        if self.hall.posts.is_closed() {
            // The server is about to end: what begins now might be cut off in the middle.
            return Err(Refusal::Busy);
        }
        let envelope = self.look(id).await?;
        // One in flight per conversation: a look at it holds until the post is through.
        let flight = self
            .hall
            .flights
            .take(envelope.letter.content_place())
            .await;
        self.hall.steps.done(Step::Released);
        let Some(claimed) = self.claim(id, from).await? else {
            drop(flight);
            return self.settled(id).await;
        };
        self.hall.steps.done(Step::Claimed);
        // From here on the call may go away: what was claimed is brought to its end.
        let gate = Arc::clone(self);
        let rest = self.hall.posts.spawn(async move {
            let done = gate.carry_out(*claimed).await;
            drop(flight);
            done
        });
        match rest.await {
            Ok(done) => done,
            Err(_) => {
                tracing::error!(envelope = %id, "a release did not finish");
                self.settle(id, Outcome::Unknown("the post did not finish"))
                    .await?;
                self.look(id).await
            }
        }
    }

    /// Claims an envelope, once no other message to the same place is on its way.
    async fn claim(
        &self,
        id: &EnvelopeId,
        from: &[State],
    ) -> Result<Option<Box<Envelope>>, Refusal> {
        let deadline = Instant::now() + QUEUEING;
        loop {
            let claimant = Claimant {
                owner: self.hall.running.id(),
                caps: self.caps,
                own_caps: self.own_caps,
                needs_person: self.mode == SendMode::Approve,
            };
            match rules::claim(&*self.hall.store, id, from, claimant).await? {
                Claim::Yes(envelope) => return Ok(Some(envelope)),
                Claim::No => return Ok(None),
                Claim::Capped(left) => return Err(Refusal::Capped(left)),
                Claim::Unapproved(envelope) => return Err(Refusal::Unapproved(envelope)),
                Claim::Repeated(left) => return Err(Refusal::Repetition(left)),
                Claim::Busy(other) if Instant::now() >= deadline => {
                    tracing::warn!(envelope = %id, %other, "another message is on its way");
                    return Err(Refusal::Busy);
                }
                Claim::Busy(_) => self.wait_for_a_change(deadline).await,
            }
        }
    }

    /// What is done with a claimed envelope: recheck, announce, post, keep, record.
    async fn carry_out(&self, mut claimed: Envelope) -> Result<Envelope, Refusal> {
        let id = claimed.id.clone();
        if let Err(refusal) = self.recheck(&claimed).await {
            return self.given_back(&id, refusal).await;
        }
        self.hall.steps.done(Step::Rechecked);
        // In `confirm` mode nobody said yes before: the release is the agent's word.
        let now = Timestamp::now();
        let word = Approval {
            channel: Channel::Agent,
            by: None,
            at: now,
        };
        let approval = claimed.approval.get_or_insert(word).clone();
        if let Err(error) = self.announce(Event::Sending, &claimed) {
            return self.given_back(&id, Refusal::Unrecorded(error)).await;
        }
        self.hall.steps.done(Step::Announced);
        let marked =
            rules::advance_own(&*self.hall.store, &id, self.hall.running.id(), |envelope| {
                envelope.posted = Some(now);
                envelope.approval.get_or_insert(approval);
            })
            .await;
        let marked = match marked {
            // The letter as it was claimed and rechecked, with its files.
            Ok(Some(marked)) => Envelope {
                letter: claimed.letter,
                ..marked
            },
            Ok(None) => return self.look(&id).await,
            Err(error) => return self.given_back(&id, error.into()).await,
        };
        self.hall.steps.done(Step::Marked);
        let outcome = self
            .hall
            .sender
            .post(ApprovedEnvelope::new(marked.clone()))
            .await;
        self.hall.steps.done(Step::Answered);
        match self.settle(&id, outcome.clone()).await {
            Ok(Some(settled)) => Ok(settled),
            Ok(None) => self.look(&id).await,
            // Front has it, or has not: who asked is told what is known, though it is not kept.
            Err(error) => {
                tracing::error!(envelope = %id, %error, ?outcome, "the outcome could not be kept");
                let mut told = marked;
                outcome.apply(&mut told);
                Ok(told)
            }
        }
    }

    /// Undoes a claim whose post never began.
    async fn given_back(&self, id: &EnvelopeId, refusal: Refusal) -> Result<Envelope, Refusal> {
        // What was pinned is gone for good: the same words can be sealed anew.
        let is_over = matches!(refusal, Refusal::Changed(_));
        let back = rules::advance_own(&*self.hall.store, id, self.hall.running.id(), |envelope| {
            match (is_over, &envelope.approval) {
                (true, _) => envelope.state = State::Expired,
                (false, Some(_)) => envelope.state = State::Approved,
                (false, None) => envelope.reopen(),
            }
            envelope.posted = None;
        })
        .await?;
        if let Some(envelope) = &back {
            self.note(record::outcome(envelope.state), envelope);
        }
        self.hall.changed.notify_waiters();
        Err(refusal)
    }

    /// Keeps an outcome and records it.
    pub(super) async fn settle(
        &self,
        id: &EnvelopeId,
        outcome: Outcome,
    ) -> Result<Option<Envelope>, StoreError> {
        let mut attempt = 1;
        let settled = loop {
            let kept =
                rules::advance_own(&*self.hall.store, id, self.hall.running.id(), |envelope| {
                    outcome.clone().apply(envelope);
                })
                .await;
            match kept {
                Err(error) if attempt < ATTEMPTS => {
                    tracing::error!(envelope = %id, %error, attempt, "an outcome is not kept yet");
                    tokio::time::sleep(GLANCE * attempt).await;
                    attempt += 1;
                }
                kept => break kept?,
            }
        };
        self.hall.steps.done(Step::Kept);
        if let Some(envelope) = &settled {
            // What could not be written stays marked as missing, for whoever tidies up after this process.
            let is_written = self.note(record::outcome(envelope.state), envelope);
            self.hall.steps.done(Step::Recorded);
            if is_written {
                rules::recorded(&*self.hall.store, id).await?;
            }
            self.hall.steps.done(Step::Settled);
        }
        self.hall.changed.notify_waiters();
        Ok(settled)
    }

    /// What became of an envelope, once no post of it is under way.
    pub(super) async fn settled(&self, id: &EnvelopeId) -> Result<Envelope, Refusal> {
        loop {
            let envelope = self.look(id).await?;
            if envelope.state != State::Sending {
                return Ok(envelope);
            }
            if envelope.owner.as_deref() != Some(self.hall.running.id()) {
                // The process that has it may be gone.
                self.hall.tidy_up().await?;
            }
            self.wait_for_a_change(Instant::now() + GLANCE).await;
        }
    }

    /// Until something changed in this process, or a shared store is worth another look.
    pub(super) async fn wait_for_a_change(&self, deadline: Instant) {
        let glance = deadline.min(Instant::now() + GLANCE);
        let _ = tokio::time::timeout_at(glance, self.hall.changed.notified()).await;
    }
}

impl Outcome {
    /// What it makes of an envelope that was `sending`.
    fn apply(self, envelope: &mut Envelope) {
        envelope.is_unrecorded = true;
        match self {
            Self::Accepted(status, uid) => {
                envelope.state = State::Sent;
                envelope.status = Some(status);
                envelope.message_uid = Some(uid);
            }
            Self::NotProcessed(_) => {
                envelope.posted = None;
                envelope.state = match envelope.expires > Timestamp::now() {
                    true => State::Approved,
                    false => State::Expired,
                };
            }
            Self::Refused(status, said) => {
                envelope.state = State::Failed;
                envelope.status = Some(status);
                envelope.refusal = said;
            }
            Self::Unknown(_) => envelope.state = State::Unknown,
        }
    }
}
