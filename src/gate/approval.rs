//! A person's yes or no, whichever way it came. A yes commits at once.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use tokio::time::Instant;

use crate::{audit::Event, shape::text::random_word};

use super::{
    Gate, Refusal,
    envelope::{Approval, Channel, Envelope, EnvelopeId, State, Voice},
    mode::SendMode,
    steps::Step,
    store::rules,
};

/// How often a shared store is asked whether somebody approved elsewhere.
const ATTENTION: Duration = Duration::from_millis(500);

/// Of the word that a person types.
const SYLLABLES: usize = 3;

/// What asking a person came to.
#[derive(Debug)]
pub enum Heard {
    /// They decided, here or elsewhere.
    Decided(Box<Envelope>),
    /// The question is on its way.
    Posed,
    /// No answer.
    Nothing,
}

/// As typed by a person: in any case, with spaces or quotes around it.
fn is_same(typed: &str, word: &str) -> bool {
    let typed = typed.trim_matches(|c: char| c.is_whitespace() || "\"'`.".contains(c));
    typed.eq_ignore_ascii_case(word)
}

impl Gate {
    /// What waits for a person, oldest first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn pending(&self) -> Result<Vec<Envelope>, Refusal> {
        Ok(rules::list(&*self.hall.store, &[State::Sealed], Timestamp::now()).await?)
    }

    /// A person's yes: kept, and released at once. One that comes too late, or to an envelope
    /// that somebody decided on before, answers what became of it.
    ///
    /// # Errors
    /// As a release; the yes stays for as long as the envelope lives. [`Refusal::NotTheApprover`]
    /// where it is not theirs to say.
    pub async fn approve(
        self: &Arc<Self>,
        id: &EnvelopeId,
        voice: impl Into<Voice>,
    ) -> Result<Envelope, Refusal> {
        let voice = voice.into();
        if self.mode != SendMode::Approve || voice.channel == Channel::Agent {
            return Err(Refusal::Mode(self.mode));
        }
        match self.keep_approval(id, voice).await? {
            Some(_) => self.commit(id).await,
            None => self.settled(id).await,
        }
    }

    /// Keeps a yes without releasing: for a process that cannot reach Front itself. A server that
    /// shares the store releases it.
    ///
    /// # Errors
    /// When it is not theirs to say, or the store fails.
    pub async fn keep_approval(
        &self,
        id: &EnvelopeId,
        voice: impl Into<Voice>,
    ) -> Result<Option<Envelope>, Refusal> {
        let voice = voice.into();
        self.is_theirs(id, &voice).await?;
        let Voice { channel, by } = voice;
        let at = Timestamp::now();
        let approved = rules::advance(&*self.hall.store, id, &[State::Sealed], |envelope| {
            envelope.state = State::Approved;
            envelope.word.clear();
            envelope.approval = Some(Approval { channel, by, at });
        })
        .await?;
        if let Some(envelope) = &approved {
            self.hall.steps.done(Step::Approved);
            self.note(Event::Approved, envelope);
        }
        Ok(approved)
    }

    /// Whether somebody may decide. Who may never changes, so that it holds for what follows.
    async fn is_theirs(&self, id: &EnvelopeId, voice: &Voice) -> Result<(), Refusal> {
        let envelope = self.look(id).await?;
        if envelope.is_for(voice.by.as_ref()) {
            return Ok(());
        }
        tracing::warn!(envelope = %id, ?voice, "not theirs to decide");
        self.alert_of(voice, &envelope);
        Err(Refusal::NotTheApprover(Box::new(envelope)))
    }

    /// Waits until some process has released what was approved here, and for its outcome; at the
    /// most for `patience` until the first.
    ///
    /// # Errors
    /// When there is no such envelope, or the store fails.
    pub async fn taken_up(&self, id: &EnvelopeId, patience: Duration) -> Result<Envelope, Refusal> {
        let deadline = Instant::now() + patience;
        loop {
            let envelope = self.look(id).await?;
            if !envelope.is_approved_elsewhere() {
                return self.settled(id).await;
            }
            if Instant::now() >= deadline {
                return Ok(envelope);
            }
            self.wait_for_a_change(deadline).await;
        }
    }

    /// A person's no: the envelope is closed.
    ///
    /// # Errors
    /// When there is none, it is not theirs to say, or the store fails.
    pub async fn decline(
        &self,
        id: &EnvelopeId,
        voice: impl Into<Voice>,
    ) -> Result<Envelope, Refusal> {
        let voice = voice.into();
        self.is_theirs(id, &voice).await?;
        let declined = rules::advance(
            &*self.hall.store,
            id,
            &[State::Sealed, State::Approved],
            |envelope| {
                envelope.state = State::Declined;
                envelope.word.clear();
            },
        )
        .await?;
        if let Some(envelope) = declined {
            tracing::info!(envelope = %id, ?voice, "declined");
            self.note_declined(&envelope, &voice);
            self.hall.changed.notify_waiters();
            return Ok(envelope);
        }
        self.look(id).await
    }

    /// Begins to ask a person through the host about an envelope that still waits: draws the word
    /// that they type, and counts. `None` when it waits no more.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn asking(&self, id: &EnvelopeId) -> Result<Option<Envelope>, Refusal> {
        let word = random_word(SYLLABLES);
        let asked = rules::advance(&*self.hall.store, id, &[State::Sealed], |envelope| {
            envelope.asked = envelope.asked.saturating_add(1);
            envelope.word = word;
        })
        .await?;
        if let Some(envelope) = &asked {
            self.note(Event::Asked, envelope);
        }
        Ok(asked)
    }

    /// Uses up the answer to this asking: each has one, and it is good for the last asking alone.
    /// True when the word was typed.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn heard(
        &self,
        id: &EnvelopeId,
        asking: u32,
        typed: Option<&str>,
    ) -> Result<bool, Refusal> {
        let mut is_right = false;
        rules::advance(&*self.hall.store, id, &[State::Sealed], |envelope| {
            if envelope.asked == asking && !envelope.word.is_empty() {
                let word = std::mem::take(&mut envelope.word);
                is_right = typed.is_some_and(|typed| is_same(typed, &word));
            }
        })
        .await?;
        Ok(is_right)
    }

    /// Records that a yes came after its time. It approves nothing.
    ///
    /// # Errors
    /// When there is no such envelope, or the store fails.
    pub async fn too_late(&self, id: &EnvelopeId) -> Result<(), Refusal> {
        let envelope = self.look(id).await?;
        self.note(Event::Late, &envelope);
        Ok(())
    }

    /// Waits until an envelope is neither waiting for a person nor on its way, or `patience` is
    /// over; answers what it is then.
    ///
    /// # Errors
    /// When there is none, or the store fails.
    pub async fn decided(
        self: &Arc<Self>,
        id: &EnvelopeId,
        patience: Duration,
    ) -> Result<Envelope, Refusal> {
        let deadline = Instant::now() + patience;
        loop {
            let envelope = self.look(id).await?;
            match envelope.state {
                // Another process kept the yes and released nothing: this one can.
                State::Approved if envelope.is_approved_elsewhere() => {
                    return self.commit(id).await;
                }
                State::Sealed | State::Sending => {}
                _ => return Ok(envelope),
            }
            if Instant::now() >= deadline {
                return Ok(envelope);
            }
            self.wait_for_a_change(deadline).await;
        }
    }

    /// Releases what a person approves from another process, which may not be able to.
    pub(super) fn attend(self: &Arc<Self>, id: EnvelopeId) {
        let gate = Arc::clone(self);
        tokio::spawn(async move {
            let mut told = None;
            loop {
                let refusal = match gate.look(&id).await {
                    Ok(envelope) if envelope.is_approved_elsewhere() => {
                        gate.commit(&id).await.err()
                    }
                    Ok(envelope) if envelope.state.is_open() => None,
                    Ok(_) | Err(Refusal::NoSuchEnvelope) => return,
                    Err(refusal) => Some(refusal),
                };
                // What stays as it is is told once, though it is tried for as long as the envelope lives.
                if let Some(refusal) = refusal
                    && told.replace(std::mem::discriminant(&refusal))
                        != Some(std::mem::discriminant(&refusal))
                {
                    tracing::warn!(envelope = %id, ?refusal, "approved, and not sent");
                }
                tokio::time::sleep(ATTENTION).await;
            }
        });
    }

    /// Whether a client was noted to declare elicitation and to show it to nobody.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn is_silent(&self, client: &str) -> Result<bool, Refusal> {
        Ok(self.hall.store.is_silent(client).await?)
    }

    /// Notes whether a client showed an elicitation to anybody.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn note_silent(&self, client: &str, is_silent: bool) -> Result<(), Refusal> {
        Ok(self.hall.store.note_silent(client, is_silent).await?)
    }
}
