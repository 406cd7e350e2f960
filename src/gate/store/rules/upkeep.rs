//! What is put right between calls: what ended processes left, what is not on record yet, words
//! whose time is over.

use jiff::{SignedDuration, Timestamp};

use super::expire;
use crate::gate::{
    envelope::{Envelope, EnvelopeId, State},
    store::{Rows, Select, Store, StoreError},
};

/// How long after its expiry an envelope's words are kept.
pub const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// Settles what processes left behind that are no more: what had begun to post is unknown, what
/// had not was never sent.
pub async fn recover(
    store: &dyn Store,
    is_gone: impl Fn(&str) -> bool + Send + Sync,
    now: Timestamp,
) -> Result<Vec<Envelope>, StoreError> {
    let mut settled = Vec::new();
    let rule = |rows: &mut Rows| {
        for envelope in &rows.found {
            if !envelope.owner.as_deref().is_some_and(&is_gone) {
                continue;
            }
            let mut envelope = envelope.clone();
            match envelope.posted {
                Some(_) => envelope.state = State::Unknown,
                None => {
                    match envelope.approval {
                        Some(_) => envelope.state = State::Approved,
                        None => envelope.reopen(),
                    }
                    expire(&mut envelope, now);
                }
            }
            envelope.is_unrecorded = true;
            rows.keep.push(envelope.clone());
            settled.push(envelope);
        }
    };
    store
        .change(Select::In(vec![State::Sending]), Box::new(rule))
        .await?;
    Ok(settled)
}

/// Those whose outcome is not in the audit log yet.
pub async fn unrecorded(store: &dyn Store) -> Result<Vec<Envelope>, StoreError> {
    let mut found = Vec::new();
    let rule = |rows: &mut Rows| found = std::mem::take(&mut rows.found);
    store.change(Select::Unrecorded, Box::new(rule)).await?;
    Ok(found)
}

/// Notes that an outcome is in the audit log.
pub async fn recorded(store: &dyn Store, id: &EnvelopeId) -> Result<(), StoreError> {
    let rule = |rows: &mut Rows| {
        for mut envelope in rows.found.drain(..) {
            envelope.is_unrecorded = false;
            rows.keep.push(envelope);
        }
    };
    store.change(Select::One(id.clone()), Box::new(rule)).await
}

/// Forgets the words of those that expired a day ago.
pub async fn purge(store: &dyn Store, now: Timestamp) -> Result<(), StoreError> {
    let before = now.checked_sub(KEPT).unwrap_or(Timestamp::MIN);
    let rule = |rows: &mut Rows| {
        for mut envelope in rows.found.drain(..) {
            if envelope.state != State::Sending {
                expire(&mut envelope, now);
                envelope.purge();
                rows.keep.push(envelope);
            }
        }
    };
    store.change(Select::Stale(before), Box::new(rule)).await
}
