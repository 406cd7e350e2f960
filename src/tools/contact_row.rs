//! A contact as results show it.

use schemars::JsonSchema;
use serde::Serialize;

use super::conversation_row::{Named, Person};
use crate::{
    front::{
        id::{ContactId, ContactListId},
        model::{Contact, Note},
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

/// What a teammate noted about a contact.
#[derive(Debug, Serialize, JsonSchema)]
pub struct NoteRow {
    /// Who.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<Person>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Moment>,
    /// What.
    pub body: Words,
    /// The rest is in Front.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub cut: bool,
}

/// The most characters of one note that are shown.
const LONGEST_NOTE: usize = 6_000;

impl NoteRow {
    /// A row of what Front says.
    pub fn of(note: &Note) -> Self {
        let body = note.body.raw();
        let end = body.char_indices().nth(LONGEST_NOTE).map(|(at, _)| at);
        Self {
            author: note.author.as_ref().map(|author| Person {
                id: author.id.clone(),
                name: Words::line(&author.name()),
            }),
            at: Moment::from_front(note.created_at),
            body: Words::block(end.and_then(|end| body.get(..end)).unwrap_or(body)),
            cut: end.is_some(),
        }
    }

    /// The row in words.
    pub fn say(&self, text: &mut Text) {
        if let Some(at) = &self.at {
            text.say(at).say(" ");
        }
        if let Some(author) = &self.author {
            author.say(text);
            text.say(": ");
        }
        text.quote(&self.body);
        if self.cut {
            text.say(" (cut; the rest is in Front)");
        }
    }
}

/// Ids behind what they are, if there are any.
pub fn say_ids(what: &'static str, ids: &[ContactId], text: &mut Text) {
    for (index, id) in ids.iter().enumerate() {
        text.say(if index == 0 { what } else { ", " }).say(id);
    }
}
