//! Envelopes in an SQLite file of the state folder, shared by processes.
//!
//! The record is the envelope as JSON; the columns beside it are what is searched by, written
//! from it in one place. Every change is one immediate transaction, and is on the disk when it
//! returns (`synchronous = FULL`).

mod drafts;

use std::{
    fs::OpenOptions,
    io,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use futures_util::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, TransactionBehavior, params};

use super::{Left, Rows, Rule, Select, Store, StoreError};
use crate::{
    aside::blocking,
    audit::{Code, Head, Heads},
    front::id::MessageId,
    gate::{
        envelope::{Envelope, State},
        own_drafts::Remembered,
    },
    state::StateFolder,
};

/// The layout that this program writes. Layout 1 had no drafts, layout 2 no callers.
const LAYOUT: i64 = 3;

/// How long another process may hold the file.
const PATIENCE: Duration = Duration::from_secs(10);

const ENVELOPES: &str = "CREATE TABLE envelopes (
   id TEXT PRIMARY KEY, content TEXT NOT NULL, state TEXT NOT NULL,
   created INTEGER NOT NULL, expires INTEGER NOT NULL, posted INTEGER,
   unrecorded INTEGER NOT NULL, purged INTEGER NOT NULL, record TEXT NOT NULL
 ) STRICT;
 CREATE INDEX by_content ON envelopes (content, created);
 CREATE INDEX by_state ON envelopes (state);
 CREATE INDEX by_posted ON envelopes (posted);
 CREATE TABLE files (
   envelope TEXT NOT NULL, sha256 TEXT NOT NULL, bytes BLOB NOT NULL,
   PRIMARY KEY (envelope, sha256)
 ) STRICT;
 CREATE TABLE silent_clients (name TEXT PRIMARY KEY) STRICT;
 CREATE TABLE audit_head (
   one INTEGER PRIMARY KEY CHECK (one = 1), count INTEGER NOT NULL, hash TEXT NOT NULL
 ) STRICT;";

const DRAFTS: &str = "CREATE TABLE drafts (
   id TEXT NOT NULL, caller TEXT NOT NULL, written INTEGER NOT NULL, record TEXT NOT NULL,
   PRIMARY KEY (id, caller)
 ) STRICT;
 CREATE INDEX by_written ON drafts (written);";

/// `holds_name` is 1 for the one caller of a name that was not revoked and gave it to no other.
const CALLERS: &str = "CREATE TABLE callers (
   id TEXT PRIMARY KEY, name TEXT NOT NULL, digest BLOB NOT NULL UNIQUE,
   holds_name INTEGER NOT NULL, record TEXT NOT NULL
 ) STRICT;
 CREATE UNIQUE INDEX by_name ON callers (name) WHERE holds_name = 1;";

/// A store in a file.
pub struct SqliteStore(Mutex<Connection>);

impl std::fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SqliteStore")
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self(error.to_string())
    }
}

impl SqliteStore {
    /// Opens the file of a state folder, and makes it if it is not there.
    ///
    /// # Errors
    /// When it cannot be opened, is no such file, or was written by a newer version.
    pub fn open(folder: &StateFolder) -> Result<Self, StoreError> {
        connect(folder).map(|connection| Self(Mutex::new(connection)))
    }

    fn with<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        // A disk's sync is no work of the processor, but it stops the thread all the same.
        blocking(|| {
            let mut connection = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let value = work(&transaction)?;
            transaction.commit()?;
            Ok(value)
        })
    }
}

impl Heads for SqliteStore {
    fn head(&self) -> io::Result<Option<Head>> {
        let read = self.with(|transaction| {
            let row = transaction.query_row("SELECT count, hash FROM audit_head", [], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
            });
            Ok(row.optional()?)
        });
        let Some((count, code)) = read.map_err(io::Error::other)? else {
            return Ok(None);
        };
        let (count, code) = (u64::try_from(count).ok(), Code::parse(&code));
        count
            .zip(code)
            .map(|(count, code)| Some(Head { count, code }))
            .ok_or_else(|| io::Error::other("the kept head of the audit log is none"))
    }

    fn keep(&self, head: &Head) -> io::Result<()> {
        let count = i64::try_from(head.count).map_err(io::Error::other)?;
        self.with(|transaction| {
            transaction.execute(
                "INSERT OR REPLACE INTO audit_head (one, count, hash) VALUES (1, ?1, ?2)",
                params![count, head.code.to_string()],
            )?;
            Ok(())
        })
        .map_err(io::Error::other)
    }
}

/// A connection to the file of a state folder, in the layout of this program.
///
/// # Errors
/// As [`SqliteStore::open`].
pub(crate) fn connect(folder: &StateFolder) -> Result<Connection, StoreError> {
    const NAME: &str = "envelopes.db";
    make_private(folder, NAME).map_err(|error| StoreError(error.to_string()))?;
    let mut connection = Connection::open(folder.path(NAME))?;
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "secure_delete", true)?;
    lay_out(&mut connection)?;
    Ok(connection)
}

/// The same in memory, for what need not outlive the process.
///
/// # Errors
/// Those of SQLite.
pub(crate) fn connect_in_memory() -> Result<Connection, StoreError> {
    let mut connection = Connection::open_in_memory()?;
    lay_out(&mut connection)?;
    Ok(connection)
}

/// Makes the file before SQLite would: it gives its side files the mode of the file itself.
///
/// A file that is there is not opened. To close it would release every POSIX lock that this process
/// holds on it, those of its other connections too; the next process to end would then take itself for
/// the last one and delete the log from under them, and nothing of what others write would be seen.
fn make_private(folder: &StateFolder, name: &str) -> io::Result<()> {
    // So that nobody connects between making and closing.
    static MAKING: Mutex<()> = Mutex::new(());
    let _making = MAKING.lock().unwrap_or_else(PoisonError::into_inner);
    match folder.file(name, OpenOptions::new().write(true).create_new(true)) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

fn lay_out(connection: &mut Connection) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let layout: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if !(0..=LAYOUT).contains(&layout) {
        return Err(StoreError(format!(
            "it was written by another version of front-mcp (layout {layout}, known is {LAYOUT})"
        )));
    }
    for (since, tables) in [(1, ENVELOPES), (2, DRAFTS), (3, CALLERS)] {
        if layout < since {
            transaction.execute_batch(tables)?;
        }
    }
    if layout < LAYOUT {
        transaction.pragma_update(None, "user_version", LAYOUT)?;
    }
    transaction.commit()?;
    Ok(())
}

impl Store for SqliteStore {
    fn change<'a>(
        &'a self,
        select: Select,
        rule: Rule<'a>,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            self.with(|transaction| {
                let mut rows = Rows {
                    found: found(transaction, &select)?,
                    keep: Vec::new(),
                    left: left(transaction, &select, "1")?,
                    own_left: left(transaction, &select, OWN)?,
                };
                rule(&mut rows);
                rows.keep
                    .iter()
                    .try_for_each(|envelope| keep(transaction, envelope))
            })
        })
    }

    fn note_silent<'a>(
        &'a self,
        client: &'a str,
        is_silent: bool,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            self.with(|transaction| {
                let statement = match is_silent {
                    true => "INSERT OR IGNORE INTO silent_clients (name) VALUES (?1)",
                    false => "DELETE FROM silent_clients WHERE name = ?1",
                };
                transaction.execute(statement, [client])?;
                Ok(())
            })
        })
    }

    fn is_silent<'a>(&'a self, client: &'a str) -> BoxFuture<'a, Result<bool, StoreError>> {
        Box::pin(async move {
            self.with(|transaction| {
                let found = transaction
                    .query_row(
                        "SELECT 1 FROM silent_clients WHERE name = ?1",
                        [client],
                        |_| Ok(()),
                    )
                    .optional()?;
                Ok(found.is_some())
            })
        })
    }

    fn keep_draft<'a>(&'a self, draft: &'a Remembered) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move { self.with(|transaction| drafts::keep(transaction, draft)) })
    }

    fn draft<'a>(
        &'a self,
        id: &'a MessageId,
        caller: &'a str,
    ) -> BoxFuture<'a, Result<Option<Remembered>, StoreError>> {
        Box::pin(async move { self.with(|transaction| drafts::one(transaction, id, caller)) })
    }

    fn forget_draft<'a>(
        &'a self,
        id: &'a MessageId,
        caller: &'a str,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move { self.with(|transaction| drafts::forget(transaction, id, caller)) })
    }

    fn forget_drafts(
        &self,
        before: Timestamp,
        most: usize,
    ) -> BoxFuture<'_, Result<(), StoreError>> {
        Box::pin(async move { self.with(|transaction| drafts::purge(transaction, before, most)) })
    }
}

fn keep(transaction: &Transaction<'_>, envelope: &Envelope) -> Result<(), StoreError> {
    let record = serde_json::to_string(envelope).map_err(|error| StoreError(error.to_string()))?;
    transaction.execute(
        "INSERT OR REPLACE INTO envelopes
           (id, content, state, created, expires, posted, unrecorded, purged, record)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            envelope.id.to_string(),
            envelope.content_digest,
            envelope.state.word(),
            envelope.created.as_millisecond(),
            envelope.expires.as_millisecond(),
            envelope
                .posted
                .filter(|_| envelope.state.may_have_left())
                .map(Timestamp::as_millisecond),
            envelope.is_unrecorded,
            envelope.is_purged,
            record,
        ],
    )?;
    keep_files(transaction, envelope)
}

/// The bytes of attachments, for as long as they may be sent.
fn keep_files(transaction: &Transaction<'_>, envelope: &Envelope) -> Result<(), StoreError> {
    let id = envelope.id.to_string();
    if envelope.state.is_over() {
        transaction.execute("DELETE FROM files WHERE envelope = ?1", [&id])?;
        return Ok(());
    }
    for file in &envelope.letter.attachments {
        // An envelope that was looked at without its files comes back without them.
        if file.bytes().len() as u64 == file.size {
            transaction.execute(
                "INSERT OR IGNORE INTO files (envelope, sha256, bytes) VALUES (?1, ?2, ?3)",
                params![id, file.sha256, &file.bytes()[..]],
            )?;
        }
    }
    Ok(())
}

/// Puts the bytes of attachments back.
fn with_files(
    transaction: &Transaction<'_>,
    mut envelope: Envelope,
) -> Result<Envelope, StoreError> {
    let id = envelope.id.to_string();
    for file in &mut envelope.letter.attachments {
        let bytes: Option<Vec<u8>> = transaction
            .query_row(
                "SELECT bytes FROM files WHERE envelope = ?1 AND sha256 = ?2",
                [&id, &file.sha256],
                |row| row.get(0),
            )
            .optional()?;
        *file = file.clone().with_bytes(bytes.unwrap_or_default().into());
    }
    Ok(envelope)
}

fn found(transaction: &Transaction<'_>, select: &Select) -> Result<Vec<Envelope>, StoreError> {
    let list = |condition: &str, parameters: &[&dyn rusqlite::ToSql]| {
        let text = format!("SELECT record FROM envelopes WHERE {condition}");
        let mut statement = transaction.prepare_cached(&text)?;
        let records = statement.query_map(parameters, |row: &Row<'_>| row.get::<_, String>(0))?;
        records
            .map(|record| {
                serde_json::from_str(&record?)
                    .map_err(|error| StoreError(format!("a record cannot be read: {error}")))
            })
            .collect()
    };
    match select {
        Select::One(id) => list("id = ?1", &[&id.to_string()]),
        Select::Twins { content, since } => list(
            "content = ?1 AND created >= ?2",
            &[content, &since.as_millisecond()],
        ),
        Select::Claim { id, .. } => list(
            "id = ?1 OR state = ?2
             OR content = (SELECT content FROM envelopes WHERE id = ?1)",
            &[&id.to_string(), &State::Sending.word()],
        )?
        .into_iter()
        // Only what is claimed is going to be sent.
        .map(|envelope| match envelope.id == *id {
            true => with_files(transaction, envelope),
            false => Ok(envelope),
        })
        .collect(),
        Select::Holders {
            content,
            message_uid,
        } => list(
            "content = ?1 OR (state = ?2 AND json_extract(record, '$.message_uid') = ?3)",
            &[content, &State::Sent.word(), message_uid],
        ),
        Select::In(states) => {
            let mut all = Vec::new();
            for state in states {
                all.extend(list("state = ?1", &[&state.word()])?);
            }
            Ok(all)
        }
        Select::Unrecorded => list("unrecorded = 1", &[]),
        Select::Stale(before) => list("purged = 0 AND expires < ?1", &[&before.as_millisecond()]),
    }
}

/// Those of the caller whose envelope is claimed.
const OWN: &str = "json_extract(record, '$.caller.id') =
   (SELECT json_extract(record, '$.caller.id') FROM envelopes WHERE id = ?2)";

fn left(transaction: &Transaction<'_>, select: &Select, which: &str) -> Result<Left, StoreError> {
    let Select::Claim { now, id } = select else {
        return Ok(Left::default());
    };
    let since = |age: SignedDuration| -> Result<u64, StoreError> {
        let earliest = now
            .as_millisecond()
            .saturating_sub_unsigned(age.unsigned_abs().as_millis() as u64);
        let mut count = transaction.prepare_cached(&format!(
            "SELECT count(*) FROM envelopes WHERE posted > ?1 AND ?2 = ?2 AND {which}"
        ))?;
        let count: i64 = count.query_row(params![earliest, id.to_string()], |row| row.get(0))?;
        Ok(u64::try_from(count).unwrap_or_default())
    };
    Ok(Left {
        hour: since(SignedDuration::from_hours(1))?,
        day: since(SignedDuration::from_hours(24))?,
    })
}
