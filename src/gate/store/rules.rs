//! What may become of an envelope: every change of state, decided here once for all stores.

use jiff::{SignedDuration, Timestamp};

use super::{Left, Rows, Select, Store, StoreError};
use crate::gate::envelope::{Envelope, EnvelopeId, State};

/// How long after its expiry an envelope's words are kept.
pub const KEPT: SignedDuration = SignedDuration::from_hours(24);

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

/// What a claim to post came to.
#[derive(Debug)]
pub enum Claim {
    /// It is this process's to post.
    Yes(Box<Envelope>),
    /// It is in no state to be posted.
    No,
    /// Another message to the same place is on its way.
    Busy(EnvelopeId),
    /// The operator's caps are reached.
    Capped(Left),
    /// No person agreed to it, and one must.
    Unapproved(Box<Envelope>),
    /// The same message left, or may have left, since it was sealed: nobody was warned of that.
    Repeated(Box<Envelope>),
}

/// Who claims, and under which rules.
#[derive(Clone, Copy, Debug)]
pub struct Claimant<'a> {
    /// The process.
    pub owner: &'a str,
    /// The operator's caps.
    pub caps: Caps,
    /// Whether a person must have agreed; otherwise the agent's word is enough.
    pub needs_person: bool,
}

/// The operator's caps.
#[derive(Clone, Copy, Debug, Default)]
pub struct Caps {
    /// Messages an hour.
    pub per_hour: Option<u64>,
    /// Messages a day.
    pub per_day: Option<u64>,
}

impl Caps {
    fn is_reached(self, left: Left) -> bool {
        self.per_hour.is_some_and(|most| left.hour >= most)
            || self.per_day.is_some_and(|most| left.day >= most)
    }
}

/// Moves an envelope to `sending` for this owner: the one compare-and-set of a commit.
pub async fn claim(
    store: &dyn Store,
    id: &EnvelopeId,
    from: &[State],
    claimant: Claimant<'_>,
) -> Result<Claim, StoreError> {
    let now = Timestamp::now();
    let mut claim = Claim::No;
    let rule = |rows: &mut Rows| claim = claimed(rows, id, from, claimant, now);
    let select = Select::Claim {
        id: id.clone(),
        now,
    };
    store.change(select, Box::new(rule)).await?;
    Ok(claim)
}

fn claimed(
    rows: &mut Rows,
    id: &EnvelopeId,
    from: &[State],
    claimant: Claimant<'_>,
    now: Timestamp,
) -> Claim {
    let (mine, others): (Vec<_>, Vec<_>) = rows.found.iter().partition(|one| one.id == *id);
    let Some(mut envelope) = mine.first().map(|one| (*one).clone()) else {
        return Claim::No;
    };
    if expire(&mut envelope, now) {
        rows.keep.push(envelope);
        return Claim::No;
    }
    if !from.contains(&envelope.state) {
        return Claim::No;
    }
    if claimant.needs_person && !envelope.has_a_persons_yes() {
        // Another server, or another mode of this one, took the agent's word for it.
        envelope.reopen();
        rows.keep.push(envelope.clone());
        return Claim::Unapproved(Box::new(envelope));
    }
    let place = envelope.letter.content_place();
    let busy = others
        .iter()
        .find(|other| other.state == State::Sending && other.letter.content_place() == place);
    if let Some(busy) = busy {
        return Claim::Busy(busy.id.clone());
    }
    let left_since = others.iter().find(|other| {
        other.content_digest == envelope.content_digest
            && other.caller.id == envelope.caller.id
            && other.state.may_have_left()
            && other.posted.is_some_and(|at| at >= envelope.created)
            && envelope.repeats.as_ref() != Some(&other.id)
    });
    if let Some(left) = left_since {
        let left = Box::new((*left).clone());
        envelope.repeats = Some(left.id.clone());
        envelope.reopen();
        rows.keep.push(envelope);
        return Claim::Repeated(left);
    }
    // Those on their way that did not begin to post count too: they will.
    let waiting = others
        .iter()
        .filter(|other| other.state == State::Sending && other.posted.is_none())
        .count() as u64;
    let left = Left {
        hour: rows.left.hour + waiting,
        day: rows.left.day + waiting,
    };
    if claimant.caps.is_reached(left) {
        return Claim::Capped(left);
    }
    envelope.state = State::Sending;
    envelope.owner = Some(claimant.owner.to_owned());
    envelope.posted = None;
    rows.keep.push(envelope.clone());
    Claim::Yes(Box::new(envelope))
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
