//! Envelopes for the life of the process.

use std::{
    collections::{HashMap, HashSet},
    sync::{Mutex, PoisonError},
};

use futures_util::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};

use super::{Left, Rows, Rule, Select, Store, StoreError};
use crate::{
    front::id::MessageId,
    gate::{
        envelope::{Envelope, EnvelopeId, State},
        own_drafts::Remembered,
    },
};

/// A store that forgets with the process.
#[derive(Debug, Default)]
pub struct MemoryStore(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    envelopes: HashMap<EnvelopeId, Envelope>,
    silent: HashSet<String>,
    drafts: HashMap<(MessageId, String), Remembered>,
}

impl MemoryStore {
    fn with<T>(&self, work: impl FnOnce(&mut Kept) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Store for MemoryStore {
    fn change<'a>(
        &'a self,
        select: Select,
        rule: Rule<'a>,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            self.with(|kept| {
                let mut rows = Rows {
                    left: left(kept, &select, false),
                    own_left: left(kept, &select, true),
                    found: found(kept, &select),
                    keep: Vec::new(),
                };
                rule(&mut rows);
                for mut envelope in rows.keep {
                    if envelope.state.is_over() {
                        envelope.letter.forget_files();
                    }
                    kept.envelopes.insert(envelope.id.clone(), envelope);
                }
            });
            Ok(())
        })
    }

    fn note_silent<'a>(
        &'a self,
        client: &'a str,
        is_silent: bool,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            self.with(|kept| match is_silent {
                true => kept.silent.insert(client.to_owned()),
                false => kept.silent.remove(client),
            });
            Ok(())
        })
    }

    fn is_silent<'a>(&'a self, client: &'a str) -> BoxFuture<'a, Result<bool, StoreError>> {
        Box::pin(async move { Ok(self.with(|kept| kept.silent.contains(client))) })
    }

    fn keep_draft<'a>(&'a self, draft: &'a Remembered) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            let key = (draft.id.clone(), draft.caller.clone());
            self.with(|kept| kept.drafts.insert(key, draft.clone()));
            Ok(())
        })
    }

    fn draft<'a>(
        &'a self,
        id: &'a MessageId,
        caller: &'a str,
    ) -> BoxFuture<'a, Result<Option<Remembered>, StoreError>> {
        let key = (id.clone(), caller.to_owned());
        Box::pin(async move { Ok(self.with(|kept| kept.drafts.get(&key).cloned())) })
    }

    fn forget_draft<'a>(
        &'a self,
        id: &'a MessageId,
        caller: &'a str,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        let key = (id.clone(), caller.to_owned());
        Box::pin(async move {
            self.with(|kept| kept.drafts.remove(&key));
            Ok(())
        })
    }

    fn forget_drafts(
        &self,
        before: Timestamp,
        most: usize,
    ) -> BoxFuture<'_, Result<(), StoreError>> {
        Box::pin(async move {
            self.with(|kept| {
                kept.drafts.retain(|_, draft| draft.written >= before);
                let mut written: Vec<_> = kept.drafts.values().map(|one| one.written).collect();
                written.sort_unstable_by(|one, other| other.cmp(one));
                if let Some(newest_forgotten) = written.get(most) {
                    kept.drafts
                        .retain(|_, draft| draft.written > *newest_forgotten);
                }
            });
            Ok(())
        })
    }
}

fn found(kept: &Kept, select: &Select) -> Vec<Envelope> {
    if let Select::One(id) = select {
        return kept.envelopes.get(id).cloned().into_iter().collect();
    }
    let is_wanted = |envelope: &&Envelope| match select {
        Select::One(id) => envelope.id == *id,
        Select::Twins { content, since } => {
            envelope.content_digest == *content && envelope.created >= *since
        }
        Select::Claim { id, .. } => {
            envelope.id == *id
                || envelope.state == State::Sending
                || kept
                    .envelopes
                    .get(id)
                    .is_some_and(|claimed| claimed.content_digest == envelope.content_digest)
        }
        Select::Holders {
            content,
            message_uid,
        } => {
            envelope.content_digest == *content
                || message_uid.is_some() && envelope.message_uid == *message_uid
        }
        Select::In(states) => states.contains(&envelope.state),
        Select::Unrecorded => envelope.is_unrecorded,
        Select::Stale(before) => !envelope.is_purged && envelope.expires < *before,
    };
    kept.envelopes.values().filter(is_wanted).cloned().collect()
}

fn left(kept: &Kept, select: &Select, only_own: bool) -> Left {
    let Select::Claim { now, id } = select else {
        return Left::default();
    };
    let caller = kept.envelopes.get(id).map(|claimed| &claimed.caller.id);
    let counts = |one: &&Envelope| !only_own || Some(&one.caller.id) == caller;
    let since = |age: SignedDuration| {
        let posted = kept
            .envelopes
            .values()
            .filter(|one| one.state.may_have_left())
            .filter(counts);
        let recent = posted.filter(|one| one.posted.is_some_and(|at| now.duration_since(at) < age));
        recent.count() as u64
    };
    Left {
        hour: since(SignedDuration::from_hours(1)),
        day: since(SignedDuration::from_hours(24)),
    }
}
