//! Who may post an envelope, and whether it may be posted now.

use jiff::Timestamp;

use super::expire;
use crate::gate::{
    envelope::{Envelope, EnvelopeId, State},
    store::{Left, Rows, Select, Store, StoreError},
};

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
    /// Caps on what all callers send.
    pub caps: Caps,
    /// Caps on what the envelope's caller sends.
    pub own_caps: Caps,
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
    // What was sealed for a person to decide on stays theirs, whatever the mode became since.
    if (claimant.needs_person || envelope.needs_person) && !envelope.has_a_persons_yes() {
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
    let waiting = |is_own: bool| {
        let waits = |other: &&&Envelope| {
            other.state == State::Sending
                && other.posted.is_none()
                && (!is_own || other.caller.id == envelope.caller.id)
        };
        others.iter().filter(waits).count() as u64
    };
    for (caps, left, is_own) in [
        (claimant.caps, rows.left, false),
        (claimant.own_caps, rows.own_left, true),
    ] {
        let left = left.and(waiting(is_own));
        if caps.is_reached(left) {
            return Claim::Capped(left);
        }
    }
    envelope.state = State::Sending;
    envelope.owner = Some(claimant.owner.to_owned());
    envelope.posted = None;
    rows.keep.push(envelope.clone());
    Claim::Yes(Box::new(envelope))
}
