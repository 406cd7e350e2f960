//! The registrations in the store, and what is remembered of them for half a second.

mod rows;
#[cfg(test)]
mod tests;

use std::{
    collections::HashMap,
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, TryLockError},
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, TransactionBehavior};

use super::{
    name::CallerName,
    registered::{New, Registered, Standing},
    token::{Digest, Token},
};
use crate::{
    aside::blocking,
    digest::hex,
    gate::store::{StoreError, connect, connect_in_memory},
    random,
    state::StateFolder,
};

/// What was read is used at most so long: a revocation must hold everywhere within a second.
const LONGEST: Duration = Duration::from_millis(500);
/// From here on whoever comes first reads again, while the others go on with what is remembered.
const RENEWED_AFTER: Duration = Duration::from_millis(250);
/// How long a request waits for another process that holds the file.
const PATIENCE: Duration = Duration::from_secs(2);
/// Callers that ended so long ago are forgotten with the next that is registered.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(90 * 24);

/// The callers of a state folder.
pub struct Callers {
    reader: Mutex<Reader>,
    seen: RwLock<Option<Seen>>,
}

impl std::fmt::Debug for Callers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Callers")
    }
}

/// The way to the store.
struct Reader {
    connection: Connection,
    /// SQLite's number of what others wrote, when the store was last read.
    version: Option<i64>,
    last: Arc<Known>,
}

/// What was read, and when the reading began.
#[derive(Clone)]
struct Seen {
    at: Instant,
    known: Arc<Known>,
}

/// All registrations as they were read.
#[derive(Default)]
struct Known {
    generation: u64,
    kept: Vec<Kept>,
    /// Places in `kept` by the first bytes of the token's digest.
    places: HashMap<u64, Vec<usize>>,
}

/// One registration.
#[derive(Clone, PartialEq)]
struct Kept {
    digest: Digest,
    registered: Arc<Registered>,
}

/// Whose token was presented. A registration that did not change is the same [`Arc`] each time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A caller's whose token is taken.
    Live(Arc<Registered>),
    /// A caller's whose time is over.
    Expired(Arc<Registered>),
    /// A caller's who was revoked.
    Revoked(Arc<Registered>),
    /// Nobody's, or one that was replaced.
    Unknown,
}

/// Why nothing was registered, changed or found. Nobody is let in then.
#[derive(Debug, thiserror::Error)]
pub enum CallersError {
    /// The store.
    #[error("the registered callers cannot be read or kept: {0}")]
    Store(#[from] StoreError),
    /// No randomness for a token.
    #[error("no token can be drawn: {0}")]
    Random(#[from] io::Error),
    /// A living caller has the name.
    #[error("there is a caller `{0}` already")]
    Taken(CallerName),
    /// No living caller has it.
    #[error("there is no caller `{0}`, or it was revoked")]
    Missing(CallerName),
    /// A new token would be refused at once.
    #[error("the time of the caller `{0}` is over")]
    Over(CallerName),
}

impl From<rusqlite::Error> for CallersError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

impl Callers {
    /// The callers of a state folder.
    ///
    /// # Errors
    /// When its store cannot be used.
    pub fn open(folder: &StateFolder) -> Result<Self, CallersError> {
        Self::over(connect(folder)?)
    }

    /// Callers that end with the process.
    ///
    /// # Errors
    /// When there is no memory for them.
    pub fn in_memory() -> Result<Self, CallersError> {
        Self::over(connect_in_memory()?)
    }

    fn over(connection: Connection) -> Result<Self, CallersError> {
        connection.busy_timeout(PATIENCE)?;
        Ok(Self {
            reader: Mutex::new(Reader {
                connection,
                version: None,
                last: Arc::default(),
            }),
            seen: RwLock::default(),
        })
    }

    /// Registers a caller and draws its token. The name is free once its caller was revoked or
    /// expired.
    ///
    /// # Errors
    /// [`CallersError::Taken`], and when it cannot be kept.
    pub fn create(&self, new: New) -> Result<(Registered, Token), CallersError> {
        let token = Token::draw()?;
        let now = Timestamp::now();
        let registered = Registered {
            id: hex(&random::bytes::<8>()?),
            name: new.name,
            policy: new.policy,
            teammate: new.teammate,
            approvers: new.approvers,
            created: now,
            rotated: None,
            expires: new.expires,
            revoked: None,
        };
        self.change(|rows| {
            for (digest, other) in rows::all(rows)? {
                match other.ended(now) {
                    None if other.name == registered.name => {
                        return Err(CallersError::Taken(other.name));
                    }
                    Some(end) if now.duration_since(end) > KEPT_FOR => {
                        rows::forget(rows, &other.id)?;
                    }
                    // It gives its name back.
                    Some(_) => rows::keep(rows, &digest, &other, false)?,
                    None => {}
                }
            }
            rows::keep(rows, &token.digest(), &registered, true)
        })?;
        Ok((registered, token))
    }

    /// All callers, the living first, each group by name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn list(&self) -> Result<Vec<Registered>, CallersError> {
        let now = Timestamp::now();
        let read = blocking(|| rows::all(&self.reader().connection.transaction()?))?;
        let mut all: Vec<_> = read.into_iter().map(|(_, one)| one).collect();
        all.sort_by_cached_key(|one| {
            let is_over = one.standing(now) != Standing::Live;
            (is_over, one.name.clone(), one.created)
        });
        Ok(all)
    }

    /// Takes a caller's token back.
    ///
    /// # Errors
    /// [`CallersError::Missing`], and when it cannot be kept.
    pub fn revoke(&self, name: &CallerName) -> Result<Registered, CallersError> {
        self.change(|rows| {
            let (digest, mut one) = rows::holder(rows, name)?;
            one.revoked = Some(Timestamp::now());
            rows::keep(rows, &digest, &one, false)?;
            Ok(one)
        })
    }

    /// Replaces a caller's token, and its end where another is given. The old token is nobody's
    /// at once.
    ///
    /// # Errors
    /// [`CallersError::Missing`], [`CallersError::Over`], and when it cannot be kept.
    pub fn rotate(
        &self,
        name: &CallerName,
        expires: Option<Timestamp>,
    ) -> Result<(Registered, Token), CallersError> {
        let token = Token::draw()?;
        let now = Timestamp::now();
        let registered = self.change(|rows| {
            let (_, mut one) = rows::holder(rows, name)?;
            one.expires = expires.or(one.expires);
            one.rotated = Some(now);
            if one.standing(now) != Standing::Live {
                return Err(CallersError::Over(one.name));
            }
            rows::keep(rows, &token.digest(), &one, true)?;
            Ok(one)
        })?;
        Ok((registered, token))
    }

    /// Whose token this is. It answers from memory for at most half a second after the store was
    /// last read.
    ///
    /// # Errors
    /// When the store can no longer be read: whether the token was revoked is then not known.
    pub fn find(&self, presented: &str) -> Result<Found, CallersError> {
        // Also for what is no token: an answer without the store would be no answer.
        let known = self.known()?;
        let Some(kept) = Digest::presented(presented).and_then(|digest| known.of(&digest)) else {
            return Ok(Found::Unknown);
        };
        let registered = Arc::clone(&kept.registered);
        Ok(match registered.standing(Timestamp::now()) {
            Standing::Live => Found::Live(registered),
            Standing::Expired => Found::Expired(registered),
            Standing::Revoked => Found::Revoked(registered),
        })
    }

    /// Whether any token would be taken.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn any_live(&self) -> Result<bool, CallersError> {
        let now = Timestamp::now();
        let known = self.known()?;
        Ok(known
            .kept
            .iter()
            .any(|kept| kept.registered.standing(now) == Standing::Live))
    }

    /// A number that grows whenever some registration is found changed.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn generation(&self) -> Result<u64, CallersError> {
        Ok(self.known()?.generation)
    }

    fn known(&self) -> Result<Arc<Known>, CallersError> {
        if let Some(known) = self.remembered(RENEWED_AFTER) {
            return Ok(known);
        }
        let mut reader = match self.reader.try_lock() {
            Ok(reader) => reader,
            Err(TryLockError::Poisoned(reader)) => reader.into_inner(),
            // Somebody reads already.
            Err(TryLockError::WouldBlock) => match self.remembered(LONGEST) {
                Some(known) => return Ok(known),
                None => blocking(|| self.reader()),
            },
        };
        // It may have been read while this one waited.
        if let Some(known) = self.remembered(RENEWED_AFTER) {
            return Ok(known);
        }
        match blocking(|| reader.read()) {
            Ok(seen) => {
                let known = Arc::clone(&seen.known);
                self.remember(Some(seen));
                Ok(known)
            }
            Err(error) => self.remembered(LONGEST).ok_or(error),
        }
    }

    /// What was read no longer ago than this.
    fn remembered(&self, longest: Duration) -> Option<Arc<Known>> {
        let seen = self.seen.read().unwrap_or_else(PoisonError::into_inner);
        let seen = seen.as_ref().filter(|seen| seen.at.elapsed() < longest)?;
        Some(Arc::clone(&seen.known))
    }

    fn remember(&self, seen: Option<Seen>) {
        *self.seen.write().unwrap_or_else(PoisonError::into_inner) = seen;
    }

    fn reader(&self) -> MutexGuard<'_, Reader> {
        self.reader.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One transaction, after which nothing is remembered.
    fn change<T>(
        &self,
        work: impl FnOnce(&rusqlite::Transaction<'_>) -> Result<T, CallersError>,
    ) -> Result<T, CallersError> {
        blocking(|| {
            let mut reader = self.reader();
            let transaction = reader
                .connection
                .transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = work(&transaction)?;
            transaction.commit()?;
            // SQLite's number does not count what this connection writes itself.
            reader.version = None;
            self.remember(None);
            Ok(done)
        })
    }
}

impl Reader {
    fn read(&mut self) -> Result<Seen, CallersError> {
        let at = Instant::now();
        let transaction = self.connection.transaction()?;
        let version: i64 =
            transaction.pragma_query_value(None, "data_version", |row| row.get(0))?;
        if self.version != Some(version) {
            let read = rows::all(&transaction)?;
            if let Some(known) = self.last.followed_by(read) {
                self.last = Arc::new(known);
            }
        }
        transaction.commit()?;
        self.version = Some(version);
        Ok(Seen {
            at,
            known: Arc::clone(&self.last),
        })
    }
}

impl Known {
    /// What was read after it, if that is anything else.
    fn followed_by(&self, read: Vec<(Digest, Registered)>) -> Option<Self> {
        let kept: Vec<_> = read
            .into_iter()
            .map(|(digest, registered)| {
                let before = self.of(&digest);
                match before.filter(|before| *before.registered == registered) {
                    Some(before) => before.clone(),
                    None => Kept {
                        digest,
                        registered: Arc::new(registered),
                    },
                }
            })
            .collect();
        if kept == self.kept {
            return None;
        }
        let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
        for (place, one) in kept.iter().enumerate() {
            places.entry(one.digest.prefix()).or_default().push(place);
        }
        Some(Self {
            generation: self.generation.saturating_add(1),
            kept,
            places,
        })
    }

    fn of(&self, digest: &Digest) -> Option<&Kept> {
        let places = self.places.get(&digest.prefix())?;
        places
            .iter()
            .filter_map(|place| self.kept.get(*place))
            .find(|kept| kept.digest == *digest)
    }
}
