//! Links: an envelope's id and end, signed. A link opens a sign-in form and nothing else; the
//! signature keeps whoever merely knows an id from having people tried and locked.

use std::{fmt, io, sync::Arc};

use futures_util::future::BoxFuture;
use jiff::Timestamp;

use crate::{
    approval::secret::Key,
    gate::envelope::{Envelope, EnvelopeId},
    state::StateFolder,
    tools::asking::{Pages, Shown},
};

/// Where a link leads, as a route.
pub const PATH: &str = "/approve/{ticket}";

const PREFIX: &str = "/approve/";

const PURPOSE: &str = "link:";

/// What makes links and knows them again.
pub struct Links {
    key: Arc<Key>,
    /// The server's address, as people reach it.
    base: String,
}

impl fmt::Debug for Links {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Links({})", self.base)
    }
}

/// A link of ours, as somebody brought it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    pub id: EnvelopeId,
    /// Until when somebody may sign in.
    pub until: Timestamp,
}

impl Links {
    /// Links under this address, signed with the state folder's key.
    ///
    /// # Errors
    /// When the key cannot be read or made.
    pub fn open(folder: &StateFolder, base: &str) -> io::Result<Self> {
        Ok(Self {
            key: Arc::new(super::key(folder)?),
            base: base.trim_end_matches('/').to_owned(),
        })
    }

    pub(super) fn key(&self) -> Arc<Key> {
        Arc::clone(&self.key)
    }

    /// The one origin whose forms are ours.
    pub(super) fn origin(&self) -> &str {
        &self.base
    }

    /// Whether cookies may be kept to TLS.
    pub(super) fn is_secure(&self) -> bool {
        self.base.starts_with("https://")
    }

    /// The link to an envelope.
    pub fn of(&self, envelope: &Envelope) -> String {
        let (id, until) = (
            envelope.id.to_string(),
            envelope.expires.as_second().to_string(),
        );
        let signature = self.key.sign(PURPOSE, &[&id, &until]);
        format!("{}{PREFIX}{id}.{until}.{signature}", self.base)
    }

    /// What a path leads to, if it is a link of ours; in one way of writing alone.
    pub(super) fn read(&self, path: &str) -> Option<Ticket> {
        let mut parts = path.strip_prefix(PREFIX)?.split('.');
        let (id, until, signature) = (parts.next()?, parts.next()?, parts.next()?);
        let is_ours = parts.next().is_none() && self.key.signed(signature, PURPOSE, &[id, until]);
        is_ours.then_some(())?;
        Some(Ticket {
            id: EnvelopeId::parse(id)?,
            until: Timestamp::from_second(until.parse().ok()?).ok()?,
        })
    }
}

impl Pages for Links {
    fn show<'a>(&'a self, envelope: &'a Envelope) -> BoxFuture<'a, Result<Shown, String>> {
        Box::pin(async move { Ok(Shown::Link(self.of(envelope))) })
    }
}
