//! A contact as results show it.

use schemars::JsonSchema;
use serde::Serialize;

use super::conversation_row::Named;
use crate::{
    front::{
        id::{ContactId, ContactListId},
        model::Contact,
    },
    shape::{
        moment::Moment,
        text::Text,
        words::{Foreign, Words},
    },
};

/// One contact.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ContactRow {
    /// Its id.
    pub id: ContactId,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Words>,
    /// Ways to reach it.
    pub handles: Vec<HandleRow>,
    /// What teammates noted in one line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Words>,
    /// The lists it is on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<Named<ContactListId>>,
    /// Web addresses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Words>,
    /// Custom fields by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_fields: Option<Foreign>,
    /// The last change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<Moment>,
    /// Not shared with the team.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub private: bool,
}

/// One way to reach a contact.
#[derive(Debug, Serialize, JsonSchema)]
pub struct HandleRow {
    /// `email`, `phone`, ...
    pub source: Words,
    /// The address, number or account.
    pub handle: Words,
}

impl ContactRow {
    /// A row with everything.
    pub fn of(contact: &Contact) -> Self {
        Self {
            id: contact.id.clone(),
            name: Words::some_line(&contact.name),
            handles: contact
                .handles
                .iter()
                .map(|handle| HandleRow {
                    source: Words::line(&handle.source),
                    handle: Words::line(&handle.handle),
                })
                .collect(),
            description: Words::some_line(&contact.description),
            lists: contact
                .lists
                .iter()
                .map(|list| Named {
                    id: list.id.clone(),
                    name: Words::line(&list.name),
                })
                .collect(),
            links: contact.links.iter().map(Words::line).collect(),
            custom_fields: (!contact.custom_fields.is_empty())
                .then(|| Foreign::clean(contact.custom_fields.clone().into())),
            updated: Moment::from_front(contact.updated_at),
            private: contact.is_private,
        }
    }

    /// The row as a line.
    pub fn say(&self, text: &mut Text) {
        text.say(&self.id);
        if let Some(name) = &self.name {
            text.say(" ").quote(name);
        }
        for handle in &self.handles {
            text.say("; ").quote_text(&format!(
                "{}:{}",
                handle.source.as_str(),
                handle.handle.as_str()
            ));
        }
        if let Some(description) = &self.description {
            text.say("; ").quote(description);
        }
        for (index, list) in self.lists.iter().enumerate() {
            text.say(if index == 0 { "; lists " } else { ", " });
            list.say(text);
        }
        for link in &self.links {
            text.say("; link ").quote(link);
        }
        if let Some(fields) = &self.custom_fields {
            text.say("; custom fields ").quote_json(fields);
        }
        if let Some(updated) = &self.updated {
            text.say("; updated ").say(updated);
        }
        if self.private {
            text.say("; private");
        }
    }
}
