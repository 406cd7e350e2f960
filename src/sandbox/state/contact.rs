//! People outside the company.

use serde_json::{Map, Value};

use super::Row;
use crate::sandbox::id::Id;

/// A customer or supplier.
#[derive(Debug)]
pub(crate) struct Contact {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) handles: Vec<Handle>,
    pub(crate) links: Vec<String>,
    pub(crate) lists: Vec<Id>,
    pub(crate) account: Option<Id>,
    pub(crate) custom_fields: Map<String, Value>,
    pub(crate) notes: Vec<Note>,
    pub(crate) is_private: bool,
    pub(crate) created_at: f64,
    pub(crate) updated_at: f64,
}

/// One way to reach a contact.
#[derive(Clone, Debug)]
pub(crate) struct Handle {
    pub(crate) handle: String,
    pub(crate) source: &'static str,
}

/// What a teammate wrote down about a contact.
#[derive(Debug)]
pub(crate) struct Note {
    pub(crate) author: Id,
    pub(crate) body: String,
    pub(crate) created_at: f64,
}

/// The sources Front knows for a handle.
pub(crate) const HANDLE_SOURCES: [&str; 7] = [
    "twitter",
    "email",
    "phone",
    "facebook",
    "intercom",
    "front_chat",
    "custom",
];

impl Row for Contact {
    fn id(&self) -> Id {
        self.id
    }
}
