//! The conversations that [`landmarks`] names, written by hand.

mod drafted;
mod injection;
mod newsletter;
mod others;
mod urgent;

use crate::sandbox::{id::Id, state::State};

use super::{
    bundle::{Entry, Opening, Thread},
    company::landmark,
};

pub(super) fn conversations(state: &mut State) {
    others::conversations(state);
    newsletter::conversation(state);
    injection::conversation(state);
    drafted::conversation(state);
    urgent::conversation(state);
}

/// Opens a landmark conversation with the contact at `position`.
fn open(state: &mut State, id: &str, subject: &str, channel: &str, position: usize) -> Thread {
    let customer = state
        .contacts
        .at(position)
        .map_or(Id::new("crd", 1), |contact| contact.id);
    Thread::open(
        state,
        &Opening {
            id: landmark(id),
            subject,
            channel: landmark(channel),
            customer,
        },
    )
}

/// What a customer writes.
fn theirs(at: f64, paragraphs: &[&str], closing: &[&str]) -> Entry {
    Entry {
        at,
        paragraphs: paragraphs.iter().map(|&line| line.to_owned()).collect(),
        closing: closing.iter().map(|&line| line.to_owned()).collect(),
        ..Entry::default()
    }
}

/// What a teammate writes.
fn ours(at: f64, author: Id, paragraphs: &[&str]) -> Entry {
    Entry {
        author: Some(author),
        ..theirs(at, paragraphs, &["Kind regards,", "Larkspur Cycles"])
    }
}
