//! What is kept of customers besides their contacts: notes, their companies, custom fields.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Teammate, or_default};
use crate::{front::id::AccountId, untrusted::Untrusted};

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
