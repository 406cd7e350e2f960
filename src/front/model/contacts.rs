//! Customers: contacts and what is kept of them besides: lists, notes, their companies, custom fields.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Teammate, or_default};
use crate::{
    front::id::{AccountId, ContactId, ContactListId},
    untrusted::Untrusted,
};

/// A contact (`ContactResponse`).
#[derive(Debug, Clone, Deserialize)]
pub struct Contact {
    /// Its id.
    pub id: ContactId,
    /// The name.
    #[serde(default)]
    pub name: Untrusted,
    /// What teammates noted in one line.
    #[serde(default)]
    pub description: Untrusted,
    /// Ways to reach it.
    #[serde(default, deserialize_with = "or_default")]
    pub handles: Vec<Handle>,
    /// Web addresses.
    #[serde(default, deserialize_with = "or_default")]
    pub links: Vec<Untrusted>,
    /// The lists it is on.
    #[serde(default, deserialize_with = "or_default")]
    pub lists: Vec<ContactList>,
    /// Custom fields by name.
    #[serde(default, deserialize_with = "or_default")]
    pub custom_fields: Map<String, Value>,
    /// Not shared.
    #[serde(default, deserialize_with = "or_default")]
    pub is_private: bool,
    /// Unix seconds of the last change, where Front says so.
    #[serde(default)]
    pub updated_at: Option<f64>,
}

/// One way to reach a contact (`ContactHandle`).
#[derive(Debug, Clone, Deserialize)]
pub struct Handle {
    /// `email`, `phone`, `twitter`, ...
    #[serde(default)]
    pub source: Untrusted,
    /// The address, number or account.
    #[serde(default)]
    pub handle: Untrusted,
}

/// A list of contacts (`ContactListResponses`).
#[derive(Debug, Clone, Deserialize)]
pub struct ContactList {
    /// Its id.
    pub id: ContactListId,
    /// Its name.
    #[serde(default)]
    pub name: Untrusted,
}

/// An account (`AccountResponse`).
#[derive(Debug, Clone, Deserialize)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Its name.
    #[serde(default)]
    pub name: Untrusted,
    /// Its mail domains.
    #[serde(default, deserialize_with = "or_default")]
    pub domains: Vec<Untrusted>,
}

/// What a custom field is (`CustomFieldResponse`).
#[derive(Debug, Clone, Deserialize)]
pub struct FieldDefinition {
    /// The name that values stand under.
    #[serde(default)]
    pub name: Untrusted,
}

/// What a teammate wrote down about a contact (`ContactNoteResponses`); it has no id.
#[derive(Debug, Clone, Deserialize)]
pub struct Note {
    /// Who wrote it.
    #[serde(default)]
    pub author: Option<Teammate>,
    /// Its text.
    #[serde(default)]
    pub body: Untrusted,
    /// Unix seconds.
    #[serde(default)]
    pub created_at: Option<f64>,
}

/// An account with all that is known of it (`AccountResponse`).
#[derive(Debug, Clone, Deserialize)]
pub struct AccountDetails {
    /// Its id.
    pub id: AccountId,
    /// Its name.
    #[serde(default)]
    pub name: Untrusted,
    /// What teammates noted in one line.
    #[serde(default)]
    pub description: Untrusted,
    /// Its mail domains.
    #[serde(default, deserialize_with = "or_default")]
    pub domains: Vec<Untrusted>,
    /// Its id in a system of the company's own.
    #[serde(default)]
    pub external_id: Untrusted,
    /// Custom fields by name.
    #[serde(default, deserialize_with = "or_default")]
    pub custom_fields: Map<String, Value>,
    /// Unix seconds of the last change.
    #[serde(default)]
    pub updated_at: Option<f64>,
}

/// A custom field that contacts or accounts can have (`CustomFieldResponse`).
#[derive(Debug, Clone, Deserialize)]
pub struct CustomField {
    /// The name it is set by.
    #[serde(default)]
    pub name: Untrusted,
}
