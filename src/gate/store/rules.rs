//! What may become of an envelope: every change of state, decided here once for all stores.

mod claim;
mod upkeep;

use jiff::{SignedDuration, Timestamp};

pub use self::{
    claim::{Caps, Claim, Claimant, claim},
    upkeep::{purge, recorded, recover, unrecorded},
};
use super::{Rows, Select, Store, StoreError};
use crate::gate::envelope::{Envelope, EnvelopeId, State};

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

/// How the same message is treated that left within a day.
#[derive(Clone, Copy, Debug)]
pub struct Repetition {
    /// How long it counts.
    pub within: SignedDuration,
    /// Whether it is refused; otherwise it is sealed with a note.
    pub is_refused: bool,
}

/// Keeps a new envelope unless its caller already has one with this content.
pub async fn seal(
    store: &dyn Store,
    envelope: Envelope,
    now: Timestamp,
    repetition: Repetition,
) -> Result<Sealing, StoreError> {
    let since = now.checked_sub(repetition.within).unwrap_or(Timestamp::MIN);
    let select = Select::Twins {
        content: envelope.content_digest.clone(),
        since,
    };
    let mut sealing = None;
    let rule = |rows: &mut Rows| sealing = Some(sealed(rows, envelope, now, repetition));
    store.change(select, Box::new(rule)).await?;
    sealing.ok_or_else(|| StoreError("it did nothing".to_owned()))
}

fn sealed(rows: &mut Rows, mut new: Envelope, now: Timestamp, repetition: Repetition) -> Sealing {
    for twin in &mut rows.found {
        if expire(twin, now) {
            rows.keep.push(twin.clone());
        }
    }
    for twin in rows.found.iter().filter(|twin| twin.caller == new.caller) {
        let is_same = twin.digest == new.digest;
        if twin.state.is_open() && is_same || twin.state == State::Sending {
            return Sealing::Same(twin.clone());
        }
    }
    let gone = rows
        .found
        .iter()
        .find(|twin| twin.caller.id == new.caller.id && twin.state.may_have_left());
    match gone {
        Some(gone) if repetition.is_refused => return Sealing::Repeated(gone.clone()),
        Some(gone) => new.repeats = Some(gone.id.clone()),
        None => {}
    }
    // The same words with other pins or options: what was sealed before is superseded.
    let superseded = rows
        .found
        .iter()
        .filter(|twin| twin.caller == new.caller && twin.state.is_open())
        .map(|twin| Envelope {
            state: State::Expired,
            ..twin.clone()
        });
    rows.keep.extend(superseded);
    rows.keep.push(new.clone());
    Sealing::Fresh(new)
}

/// An envelope as it is now.
pub async fn get(
    store: &dyn Store,
    id: &EnvelopeId,
    now: Timestamp,
) -> Result<Option<Envelope>, StoreError> {
    let mut found = None;
    let rule = |rows: &mut Rows| found = current(rows, now);
    store
        .change(Select::One(id.clone()), Box::new(rule))
        .await?;
    Ok(found)
}

/// Changes an envelope if it is in one of these states; one caller of many succeeds.
pub async fn advance(
    store: &dyn Store,
    id: &EnvelopeId,
    from: &[State],
    change: impl FnOnce(&mut Envelope) + Send,
) -> Result<Option<Envelope>, StoreError> {
    advance_if(store, id, |envelope| from.contains(&envelope.state), change).await
}

/// Changes an envelope that this owner has claimed, and nobody else since: what another process
/// took over, believing this one gone, is no more this one's to post or to judge.
pub async fn advance_own(
    store: &dyn Store,
    id: &EnvelopeId,
    owner: &str,
    change: impl FnOnce(&mut Envelope) + Send,
) -> Result<Option<Envelope>, StoreError> {
    let is_own = |envelope: &Envelope| {
        envelope.state == State::Sending && envelope.owner.as_deref() == Some(owner)
    };
    advance_if(store, id, is_own, change).await
}

async fn advance_if(
    store: &dyn Store,
    id: &EnvelopeId,
    may: impl Fn(&Envelope) -> bool + Send + Sync,
    change: impl FnOnce(&mut Envelope) + Send,
) -> Result<Option<Envelope>, StoreError> {
    let now = Timestamp::now();
    let mut changed = None;
    let rule = |rows: &mut Rows| {
        changed = current(rows, now)
            .filter(|envelope| may(envelope))
            .map(|mut envelope| {
                change(&mut envelope);
                envelope
            });
        rows.keep.extend(changed.clone());
    };
    store
        .change(Select::One(id.clone()), Box::new(rule))
        .await?;
    Ok(changed)
}

/// Resolves an unknown one by a message that was found at Front, unless that is another's, or
/// could be: one that says the same to the same people and whose outcome nobody knows either.
pub async fn resolve(
    store: &dyn Store,
    unknown: &Envelope,
    message_uid: Option<String>,
) -> Result<Option<Envelope>, StoreError> {
    let select = Select::Holders {
        content: unknown.content_digest.clone(),
        message_uid: message_uid.clone(),
    };
    let mut resolved = None;
    let rule = |rows: &mut Rows| {
        let (mine, others): (Vec<_>, Vec<_>) =
            rows.found.iter().partition(|one| one.id == unknown.id);
        let is_others = others.iter().any(|other| match other.state {
            State::Unknown | State::Sending => true,
            _ => message_uid.is_some() && other.message_uid == message_uid,
        });
        if is_others {
            return;
        }
        resolved = mine
            .first()
            .filter(|envelope| envelope.state == State::Unknown)
            .map(|envelope| Envelope {
                state: State::Sent,
                message_uid: message_uid.or(envelope.message_uid.clone()),
                ..(*envelope).clone()
            });
        rows.keep.extend(resolved.clone());
    };
    store.change(select, Box::new(rule)).await?;
    Ok(resolved)
}

/// Those in these states, oldest first.
pub async fn list(
    store: &dyn Store,
    states: &[State],
    now: Timestamp,
) -> Result<Vec<Envelope>, StoreError> {
    let mut listed = Vec::new();
    let rule = |rows: &mut Rows| {
        for envelope in &mut rows.found {
            if expire(envelope, now) {
                rows.keep.push(envelope.clone());
            }
        }
        rows.found
            .retain(|envelope| states.contains(&envelope.state));
        listed = std::mem::take(&mut rows.found);
    };
    store
        .change(Select::In(states.to_vec()), Box::new(rule))
        .await?;
    listed.sort_by_key(|envelope| envelope.created);
    Ok(listed)
}

/// The one that was selected, expired if its time has come.
fn current(rows: &mut Rows, now: Timestamp) -> Option<Envelope> {
    let envelope = rows.found.first_mut()?;
    if expire(envelope, now) {
        rows.keep.push(envelope.clone());
    }
    Some(envelope.clone())
}

/// Whether its time has come just now.
fn expire(envelope: &mut Envelope, now: Timestamp) -> bool {
    let is_over = envelope.state.is_open() && now >= envelope.expires;
    if is_over {
        envelope.state = State::Expired;
    }
    is_over
}
