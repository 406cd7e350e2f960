//! Identical reads in flight are one request.
//!
//! The first caller leads: it makes the request while the others wait at its lock. An answer is
//! handed to all who waited; when the leader fails or is dropped, the lock passes to the next,
//! who leads in its place. Nothing is kept once an answer is there: this is no cache.
//!
//! A read that began before a write of ours ended may not show the write, so whoever reads after
//! a write never joins it: a write begins a new table.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::{
    sync,
    time::{Instant, error::Elapsed, timeout_at},
};

/// Reads in flight that others may join; more are made without sharing.
const MOST_SHARED: usize = 256;

type Cell<T> = Arc<sync::Mutex<Option<T>>>;

/// The reads in flight.
#[derive(Debug)]
pub struct Shared<T> {
    reads: Mutex<HashMap<String, Read<T>>>,
}

#[derive(Debug)]
struct Read<T> {
    cell: Cell<T>,
    members: usize,
}

impl<T> Default for Shared<T> {
    fn default() -> Self {
        Self {
            reads: Mutex::new(HashMap::new()),
        }
    }
}

impl<T: Clone> Shared<T> {
    /// Joins the read under this key, or makes it. `is_for_all` says of a result whether those
    /// who wait shall have it too. Waiting ends at the deadline; making the read is not cut off.
    pub async fn join<E>(
        &self,
        key: String,
        deadline: Instant,
        make: impl Future<Output = Result<T, E>>,
        is_for_all: impl FnOnce(&T) -> bool,
    ) -> Result<Result<T, E>, Elapsed> {
        let Some(cell) = self.cell(&key) else {
            return Ok(make.await);
        };
        let seat = Seat {
            shared: self,
            key,
            cell,
        };
        let mut result = timeout_at(deadline, seat.cell.lock()).await?;
        if let Some(answer) = &*result {
            return Ok(Ok(answer.clone()));
        }
        let made = make.await;
        if let Ok(answer) = &made
            && is_for_all(answer)
        {
            // Off the table first: who comes now asks anew.
            seat.clear();
            *result = Some(answer.clone());
        }
        Ok(made)
    }

    /// Reads from now on join none that are in flight.
    pub fn begin_anew(&self) {
        self.reads().clear();
    }

    fn cell(&self, key: &str) -> Option<Cell<T>> {
        let mut reads = self.reads();
        if let Some(read) = reads.get_mut(key) {
            read.members += 1;
            return Some(Arc::clone(&read.cell));
        }
        if reads.len() >= MOST_SHARED {
            return None;
        }
        let cell = Cell::default();
        let read = Read {
            cell: Arc::clone(&cell),
            members: 1,
        };
        reads.insert(key.to_owned(), read);
        Some(cell)
    }

    fn reads(&self) -> MutexGuard<'_, HashMap<String, Read<T>>> {
        self.reads.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One caller's share in a read; the last to leave takes it off the table.
struct Seat<'shared, T: Clone> {
    shared: &'shared Shared<T>,
    key: String,
    cell: Cell<T>,
}

impl<T: Clone> Seat<'_, T> {
    /// Takes the read off the table, unless another of the same key stands there by now.
    fn clear(&self) {
        self.leave(|_| true);
    }

    fn leave(&self, is_over: impl FnOnce(&mut Read<T>) -> bool) {
        let mut reads = self.shared.reads();
        if reads
            .get_mut(&self.key)
            .is_some_and(|read| Arc::ptr_eq(&read.cell, &self.cell) && is_over(read))
        {
            reads.remove(&self.key);
        }
    }
}

impl<T: Clone> Drop for Seat<'_, T> {
    fn drop(&mut self) {
        self.leave(|read| {
            read.members -= 1;
            read.members == 0
        });
    }
}
