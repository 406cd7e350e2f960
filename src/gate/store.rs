//! Where envelopes rest: in memory, for the life of the process. Every change of state is one
//! compare-and-set under one lock.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use jiff::{SignedDuration, Timestamp};

use super::envelope::{Envelope, EnvelopeId, State};

/// The envelopes of one server.
#[derive(Debug, Default)]
pub struct Store(Mutex<HashMap<EnvelopeId, Envelope>>);

/// What sealing came to.
#[derive(Debug)]
pub enum Sealing {
    /// A new envelope.
    Fresh(Envelope),
    /// The envelope that already holds this message: a repeated call.
    Same(Envelope),
    /// The same message left, or may have left, not long ago.
    Repeated(Envelope),
}

impl Store {
    /// Keeps a new envelope unless its caller already has one with this content.
    pub fn seal(&self, envelope: Envelope, now: Timestamp, repetition: SignedDuration) -> Sealing {
        let mut envelopes = self.envelopes();
        for kept in envelopes.values_mut() {
            expire(kept, now);
        }
        let earliest = now.checked_sub(repetition).unwrap_or(Timestamp::MIN);
        let is_twin = |kept: &Envelope| {
            kept.content_digest == envelope.content_digest && kept.created >= earliest
        };
        for kept in envelopes.values_mut().filter(|kept| is_twin(kept)) {
            let is_open = matches!(kept.state, State::Sealed | State::Approved);
            let is_same = kept.digest == envelope.digest && kept.caller == envelope.caller;
            if is_open && is_same || kept.state == State::Sending && kept.caller == envelope.caller
            {
                return Sealing::Same(kept.clone());
            }
            // The same words with other pins or options: what was sealed before is superseded.
            if is_open && kept.caller == envelope.caller {
                kept.state = State::Expired;
                kept.letter.forget_files();
            }
        }
        let gone = envelopes.values().find(|kept| {
            is_twin(kept)
                && kept.caller.id == envelope.caller.id
                && matches!(kept.state, State::Sending | State::Sent | State::Unknown)
        });
        if let Some(gone) = gone {
            return Sealing::Repeated(gone.clone());
        }
        // What can neither be released nor count as a repetition is of no more use.
        envelopes.retain(|_, kept| kept.created >= earliest);
        envelopes.insert(envelope.id.clone(), envelope.clone());
        Sealing::Fresh(envelope)
    }

    /// An envelope as it is now.
    pub fn get(&self, id: &EnvelopeId, now: Timestamp) -> Option<Envelope> {
        let mut envelopes = self.envelopes();
        let kept = envelopes.get_mut(id)?;
        expire(kept, now);
        Some(kept.clone())
    }

    /// Changes an envelope if it is in one of these states; one caller of many succeeds.
    pub fn advance(
        &self,
        id: &EnvelopeId,
        from: &[State],
        change: impl FnOnce(&mut Envelope),
    ) -> Option<Envelope> {
        let mut envelopes = self.envelopes();
        let kept = envelopes.get_mut(id)?;
        expire(kept, Timestamp::now());
        if !from.contains(&kept.state) {
            return None;
        }
        change(kept);
        let is_open = matches!(kept.state, State::Sealed | State::Approved | State::Sending);
        if !is_open {
            kept.letter.forget_files();
        }
        Some(kept.clone())
    }

    fn envelopes(&self) -> MutexGuard<'_, HashMap<EnvelopeId, Envelope>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn expire(envelope: &mut Envelope, now: Timestamp) {
    if matches!(envelope.state, State::Sealed | State::Approved) && now >= envelope.expires {
        envelope.state = State::Expired;
        envelope.letter.forget_files();
    }
}
