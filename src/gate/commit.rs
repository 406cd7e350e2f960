//! From released to sent: claim, recheck, post once, record.

use std::sync::Arc;

use jiff::Timestamp;

use super::{
    Gate, Refusal,
    envelope::{Envelope, EnvelopeId, State},
    letter::{Kind, Letter},
    mode::SendMode,
    sender::{ApprovedEnvelope, Outcome},
};
use crate::{
    front::{
        Client,
        endpoints::conversations::ListMessages,
        id::{ConversationId, MessageId},
        model::Message,
        page::Paged,
    },
    tools::context::Caller,
};

impl Gate {
    /// Releases an envelope by its id alone. A second release of the same envelope, at whatever
    /// moment, answers what became of the first and posts nothing.
    pub async fn release(
        self: &Arc<Self>,
        client: &Client,
        caller: &Caller,
        id: &EnvelopeId,
    ) -> Result<Envelope, Refusal> {
        if self.mode != SendMode::Confirm {
            return Err(Refusal::Mode(self.mode));
        }
        let envelope = self.check(caller, id)?;
        // One in flight per conversation: a look at it holds until the post is through.
        let flight = self.flights.take(envelope.letter.content_place()).await;
        if let Err(refusal) = self.recheck(client, &envelope).await {
            return self.not_released(caller, id, refusal).await;
        }
        let Some(claimed) = self
            .store
            .advance(id, &[State::Sealed, State::Approved], |envelope| {
                envelope.state = State::Sending;
            })
        else {
            drop(flight);
            return self.settled(caller, id).await;
        };
        // From here the outcome is recorded whatever becomes of the call: a host that cancels
        // stops waiting for the answer, it does not stop the post.
        let gate = Arc::clone(self);
        let posted = id.clone();
        let post = self.posts.spawn(async move {
            tracing::info!(envelope = %posted, digest = claimed.digest, "posting");
            let outcome = gate.sender.post(ApprovedEnvelope::new(claimed)).await;
            gate.record(&posted, outcome);
            drop(flight);
        });
        if post.await.is_err() {
            tracing::error!(envelope = %id, "the post did not finish");
            self.record(id, Outcome::Unknown("the post did not finish"));
        }
        self.check(caller, id)
    }

    /// The answer after a recheck that failed.
    async fn not_released(
        &self,
        caller: &Caller,
        id: &EnvelopeId,
        refusal: Refusal,
    ) -> Result<Envelope, Refusal> {
        // Another release of it may have gone through meanwhile: then the newer message is its
        // own, and what became of it is the answer.
        let now = self.settled(caller, id).await?;
        if !matches!(now.state, State::Sealed | State::Approved) {
            return Ok(now);
        }
        if matches!(refusal, Refusal::Changed(_)) {
            // What was pinned is gone for good: the same words can be sealed anew.
            self.store
                .advance(id, &[State::Sealed, State::Approved], |envelope| {
                    envelope.state = State::Expired;
                });
        }
        Err(refusal)
    }

    /// What became of an envelope, once no post of it is under way.
    async fn settled(&self, caller: &Caller, id: &EnvelopeId) -> Result<Envelope, Refusal> {
        loop {
            let recorded = self.recorded.notified();
            let envelope = self.check(caller, id)?;
            if envelope.state != State::Sending {
                return Ok(envelope);
            }
            recorded.await;
        }
    }

    fn record(&self, id: &EnvelopeId, outcome: Outcome) {
        tracing::info!(envelope = %id, ?outcome, "posted");
        let recorded = self
            .store
            .advance(id, &[State::Sending], |envelope| match outcome {
                Outcome::Accepted(uid) => {
                    envelope.state = State::Sent;
                    envelope.message_uid = Some(uid);
                }
                Outcome::NotProcessed(_) if envelope.expires > Timestamp::now() => {
                    envelope.state = State::Approved;
                }
                Outcome::NotProcessed(_) => envelope.state = State::Expired,
                Outcome::Refused(said) => {
                    envelope.state = State::Failed;
                    envelope.refusal = said;
                }
                Outcome::Unknown(_) => envelope.state = State::Unknown,
            });
        if recorded.is_none() {
            tracing::error!(envelope = %id, "the outcome could not be recorded");
        }
        self.recorded.notify_waiters();
    }

    /// Waits until no post is under way, for a server that is about to end.
    pub async fn drain(&self) {
        self.posts.close();
        self.posts.wait().await;
    }

    /// The conversation must still be the one that was sealed: not merged, no newer message.
    async fn recheck(&self, client: &Client, envelope: &Envelope) -> Result<(), Refusal> {
        if !matches!(envelope.state, State::Sealed | State::Approved) {
            return Ok(());
        }
        let Letter {
            kind:
                Kind::Reply {
                    conversation,
                    last_message,
                },
            ..
        } = &envelope.letter
        else {
            return Ok(());
        };
        let newest = newest_message(client, conversation).await?;
        if newest != *last_message {
            return Err(Refusal::Changed(
                "the conversation has a newer message than when this was sealed",
            ));
        }
        Ok(())
    }
}

/// The newest message of a conversation that has not been merged away.
async fn newest_message(
    client: &Client,
    conversation: &ConversationId,
) -> Result<Option<MessageId>, Refusal> {
    let list = ListMessages {
        conversation: conversation.clone(),
    };
    // A look that began before the release could miss what came in between.
    let client = client.clone().fresh();
    let found = client
        .find(&Paged {
            of: &list,
            limit: Some(LOOKED_AT),
            token: None,
        })
        .await
        .map_err(Refusal::Unchecked)?;
    if found.merged_into.is_some() {
        return Err(Refusal::Changed(
            "the conversation was merged into another one since this was sealed",
        ));
    }
    Ok(newest_of(&found.answer.results))
}

/// How many messages are looked at for the newest that is no draft, sealing and releasing alike.
pub const LOOKED_AT: u32 = 25;

/// The newest that is no draft, of messages newest first.
pub fn newest_of(messages: &[Message]) -> Option<MessageId> {
    messages
        .iter()
        .find(|message| message.draft_mode.is_none())
        .map(|message| message.id.clone())
}
