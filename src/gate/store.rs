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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        front::{Upload, id::ChannelId},
        gate::{
            attachment::Attachment,
            letter::{Kind, Letter},
        },
        tools::context::Caller,
    };

    fn envelope(expires: Timestamp) -> Envelope {
        let caller = Caller {
            id: "local/default".into(),
            client: "test".into(),
        };
        let letter = Letter {
            kind: Kind::New,
            channel: ChannelId::parse("cha_1").unwrap(),
            from: "help@us.example".into(),
            to: vec!["jo@acme.example".into()],
            cc: Vec::new(),
            bcc: Vec::new(),
            subject: None,
            html: "<p>x</p>".into(),
            text: "x".into(),
            author: None,
            archive: false,
            tags: Vec::new(),
            attachments: vec![Attachment::pin(Upload {
                name: "a.txt".into(),
                content_type: "text/plain".into(),
                bytes: bytes::Bytes::from_static(b"as sealed"),
            })],
        };
        Envelope::seal(&caller, letter, Timestamp::now(), expires).unwrap()
    }

    #[test]
    fn files_are_held_for_as_long_as_they_could_be_sent() {
        let store = Store::default();
        let now = Timestamp::now();
        let later = now + SignedDuration::from_mins(10);
        let sealed = envelope(later);
        let id = sealed.id.clone();
        store.seal(sealed, now, SignedDuration::from_hours(24));
        let holds = |kept: &Envelope| kept.letter.files().is_some();
        assert!(holds(&store.get(&id, now).unwrap()));
        // Given back by Front unprocessed, it can be posted again.
        for state in [State::Sending, State::Approved, State::Sending] {
            let kept = store.advance(
                &id,
                &[State::Sealed, State::Approved, State::Sending],
                |one| {
                    one.state = state;
                },
            );
            assert!(holds(&kept.unwrap()), "{state:?}");
        }
        let sent = store.advance(&id, &[State::Sending], |one| one.state = State::Sent);
        assert!(!holds(&sent.unwrap()));
        assert!(!holds(&store.get(&id, now).unwrap()));

        let store = Store::default();
        let sealed = envelope(later);
        let id = sealed.id.clone();
        store.seal(sealed, now, SignedDuration::from_hours(24));
        let expired = store.get(&id, later).unwrap();
        assert_eq!(expired.state, State::Expired);
        assert!(!holds(&expired));
    }
}
