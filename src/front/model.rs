//! What Front answers, as far as tools need it.
//!
//! Lenient where Front is loose (nulls, missing fields, empty lists) and strict where it
//! matters: ids are parsed, and what a person typed arrives as [`Untrusted`](crate::untrusted::Untrusted).

pub mod analytics;
mod company;
mod contacts;
mod conversation;
pub mod event;
mod links;
mod message;
mod people;
mod templates;

use serde::{Deserialize, Deserializer};

pub use self::{
    company::{Channel, Company, Inbox, Tag, Team, Teammate, TicketStatus},
    contacts::{
        Account, AccountDetails, Contact, ContactList, CustomField, FieldDefinition, Handle, Note,
    },
    conversation::{Conversation, Recipient, Reminder},
    links::Links,
    message::{Attachment, Comment, Message},
    people::{Hours, Shift, TimeOff, Week},
    templates::{Template, TemplateFolder},
};

/// `null` where a value has a natural zero.
fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}
