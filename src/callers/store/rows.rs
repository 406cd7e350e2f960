//! The table of callers. The record is the registration as JSON; the columns beside it are what is
//! searched by.

use rusqlite::{OptionalExtension as _, Row, Transaction, params};

use super::CallersError;
use crate::{
    callers::{name::CallerName, registered::Registered, token::Digest},
    gate::store::StoreError,
};

/// Every registration, in the order of their ids.
pub(super) fn all(rows: &Transaction<'_>) -> Result<Vec<(Digest, Registered)>, CallersError> {
    let mut statement = rows.prepare_cached("SELECT digest, record FROM callers ORDER BY id")?;
    let found = statement.query_map([], columns)?;
    found.map(|row| read(row?)).collect()
}

/// The one that holds a name.
pub(super) fn holder(
    rows: &Transaction<'_>,
    name: &CallerName,
) -> Result<(Digest, Registered), CallersError> {
    let found = rows
        .query_row(
            "SELECT digest, record FROM callers WHERE name = ?1 AND holds_name = 1",
            [name.as_str()],
            columns,
        )
        .optional()?;
    found.map_or_else(|| Err(CallersError::Missing(name.clone())), read)
}

/// Keeps a registration in the place of what it was.
pub(super) fn keep(
    rows: &Transaction<'_>,
    digest: &Digest,
    one: &Registered,
    holds_name: bool,
) -> Result<(), CallersError> {
    let record = serde_json::to_string(one).map_err(|error| StoreError(error.to_string()))?;
    rows.execute(
        // Of the same id alone: what would take another's name or token is an error.
        "INSERT INTO callers (id, name, digest, holds_name, record) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (id) DO UPDATE SET
           name = ?2, digest = ?3, holds_name = ?4, record = ?5",
        params![
            one.id,
            one.name.as_str(),
            digest.bytes(),
            holds_name,
            record
        ],
    )?;
    Ok(())
}

/// Forgets one.
pub(super) fn forget(rows: &Transaction<'_>, id: &str) -> Result<(), CallersError> {
    rows.execute("DELETE FROM callers WHERE id = ?1", [id])?;
    Ok(())
}

fn columns(row: &Row<'_>) -> rusqlite::Result<(Vec<u8>, String)> {
    Ok((row.get(0)?, row.get(1)?))
}

/// One that cannot be read is an error for all: what was revoked must not come back as unknown, nor
/// a living one be lost in silence.
fn read((digest, record): (Vec<u8>, String)) -> Result<(Digest, Registered), CallersError> {
    let broken = |why: &str| StoreError(format!("a caller's record cannot be read: {why}"));
    let digest = Digest::kept(&digest).ok_or_else(|| broken("its digest is none"))?;
    let record = serde_json::from_str(&record).map_err(|error| broken(&error.to_string()))?;
    Ok((digest, record))
}
