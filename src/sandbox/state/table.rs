//! Rows in the order they were made, found by id.

use std::collections::HashMap;

use crate::sandbox::id::Id;

/// Something with an id.
pub(crate) trait Row {
    fn id(&self) -> Id;
}

/// Rows of one resource.
#[derive(Debug)]
pub(crate) struct Table<T> {
    rows: Vec<T>,
    positions: HashMap<Id, usize>,
    highest: u64,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            positions: HashMap::new(),
            highest: 0,
        }
    }
}

impl<T: Row> Table<T> {
    /// Adds a row, or replaces the one with its id.
    pub(crate) fn insert(&mut self, row: T) {
        let id = row.id();
        self.highest = self.highest.max(id.number());
        if let Some(known) = self.get_mut(id) {
            *known = row;
        } else {
            self.positions.insert(id, self.rows.len());
            self.rows.push(row);
        }
    }

    pub(crate) fn get(&self, id: Id) -> Option<&T> {
        self.rows.get(*self.positions.get(&id)?)
    }

    pub(crate) fn get_mut(&mut self, id: Id) -> Option<&mut T> {
        self.rows.get_mut(*self.positions.get(&id)?)
    }

    pub(crate) fn remove(&mut self, id: Id) -> Option<T> {
        let position = self.positions.remove(&id)?;
        let row = self.rows.remove(position);
        for later in self.positions.values_mut() {
            if *later > position {
                *later -= 1;
            }
        }
        Some(row)
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, T> {
        self.rows.iter()
    }

    /// The rows, to be changed in anything but their ids.
    pub(crate) fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.rows.iter_mut()
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn at(&self, position: usize) -> Option<&T> {
        self.rows.get(position)
    }

    /// An id nobody has yet.
    pub(crate) fn next_id(&self, prefix: &'static str) -> Id {
        Id::new(prefix, self.highest + 37)
    }
}
