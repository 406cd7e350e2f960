//! What is remembered of drafts, as rows.

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Transaction, params};

use crate::{
    front::id::MessageId,
    gate::{own_drafts::Remembered, store::StoreError},
};

pub fn keep(transaction: &Transaction<'_>, draft: &Remembered) -> Result<(), StoreError> {
    let record = serde_json::to_string(draft).map_err(|error| StoreError(error.to_string()))?;
    transaction.execute(
        "INSERT OR REPLACE INTO drafts (id, caller, written, record) VALUES (?1, ?2, ?3, ?4)",
        params![
            draft.id.as_str(),
            draft.caller,
            draft.written.as_millisecond(),
            record,
        ],
    )?;
    Ok(())
}

pub fn one(
    transaction: &Transaction<'_>,
    id: &MessageId,
    caller: &str,
) -> Result<Option<Remembered>, StoreError> {
    let record: Option<String> = transaction
        .query_row(
            "SELECT record FROM drafts WHERE id = ?1 AND caller = ?2",
            params![id.as_str(), caller],
            |row| row.get(0),
        )
        .optional()?;
    record
        .map(|record| serde_json::from_str(&record))
        .transpose()
        .map_err(|error| StoreError(format!("a record cannot be read: {error}")))
}

pub fn forget(
    transaction: &Transaction<'_>,
    id: &MessageId,
    caller: &str,
) -> Result<(), StoreError> {
    transaction.execute(
        "DELETE FROM drafts WHERE id = ?1 AND caller = ?2",
        params![id.as_str(), caller],
    )?;
    Ok(())
}

pub fn purge(
    transaction: &Transaction<'_>,
    before: Timestamp,
    most: usize,
) -> Result<(), StoreError> {
    transaction.execute(
        "DELETE FROM drafts WHERE written < ?1",
        [before.as_millisecond()],
    )?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    transaction.execute(
        "DELETE FROM drafts WHERE rowid IN
           (SELECT rowid FROM drafts ORDER BY written DESC LIMIT -1 OFFSET ?1)",
        [most],
    )?;
    Ok(())
}
