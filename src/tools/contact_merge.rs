//! Contacts side by side, and what Front makes of them when they are merged.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::{contact_named, contact_row::ContactRow, context::Context, error::ToolError};
use crate::{
    digest::canonical,
    front::{
        FrontErrorKind,
        endpoints::contact_changes::{GetWholeContact, ListConversationsOfContact},
        id::ContactId,
        model::Contact,
        page::Paged,
    },
    shape::{
        text::Text,
        words::{Foreign, Words},
    },
    untrusted::Untrusted,
};

/// Conversations that are counted at the most.
const COUNTED: u32 = 25;

/// A contact as it was read.
#[derive(Debug)]
pub struct Seen {
    /// What is understood of it.
    pub contact: Contact,
    /// The digest of all that Front says of it.
    pub print: String,
}

impl Seen {
    /// The digest of everything but links to its parts.
    pub fn print(whole: &Value) -> String {
        let mut whole = whole.clone();
        if let Some(fields) = whole.as_object_mut() {
            fields.remove("_links");
        }
        canonical(&whole).unwrap_or_default()
    }
}

/// Reads a contact for a look.
pub async fn look(context: &Context<'_>, field: &str, id: &ContactId) -> Result<Seen, ToolError> {
    let endpoint = GetWholeContact {
        contact: id.clone(),
    };
    let whole = context.client.send(&endpoint).await.map_err(|error| {
        let missing = error.kind == FrontErrorKind::Status(404);
        contact_named::missing_as(field, missing, error.into())
    })?;
    let print = Seen::print(&whole);
    let contact = serde_json::from_value(whole).map_err(|error| {
        tracing::warn!(category = ?error.classify(), "a contact could not be read");
        ToolError::new(
            "unreadable_answer",
            Text::of("Front's answer could not be read as a contact"),
        )
        .on(field)
    })?;
    Ok(Seen { contact, print })
}

/// One of those that would be merged.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Card {
    contact: ContactRow,
    /// How many conversations it has, up to 25.
    #[serde(skip_serializing_if = "Option::is_none")]
    conversations: Option<usize>,
    /// It has more than that.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    more_conversations: bool,
}

impl Card {
    /// With its conversations counted, where they may be.
    pub async fn of(context: &Context<'_>, seen: &Seen) -> Self {
        let contact = seen.contact.id.clone();
        let endpoint = ListConversationsOfContact { contact };
        let page = Paged {
            of: &endpoint,
            limit: Some(COUNTED),
            token: None,
        };
        let page = context.client.send(&page).await.ok();
        Self {
            contact: ContactRow::of(&seen.contact),
            more_conversations: page.as_ref().is_some_and(|page| page.next.is_some()),
            conversations: page.map(|page| page.results.len()),
        }
    }

    /// The card on a line.
    pub fn say(&self, text: &mut Text) {
        self.contact.say(text);
        if let Some(count) = self.conversations {
            text.say("; conversations ").say(count);
            if self.more_conversations {
                text.say(" or more");
            }
        }
    }
}

/// A thing of which they have several values.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Conflict {
    /// `name`, or the name of a custom field.
    field: Words,
    /// Custom fields as the contacts' rows show them, names too.
    values: Vec<Foreign>,
}

impl Conflict {
    /// The conflict on a line, and who wins.
    pub fn say(&self, text: &mut Text) {
        text.say("\nThey differ in ").quote(&self.field).say(":");
        for value in &self.values {
            text.say(" ").quote_json(value);
        }
        text.say(match self.field.as_str() {
            "name" => "; Front prefers a name that somebody typed",
            _ => "; Front takes that of the contact changed last",
        });
    }
}

/// Names and custom fields of which there are several values.
pub fn conflicts(seen: &[Seen]) -> Vec<Conflict> {
    let mut fields: Vec<(&str, Vec<Value>)> = vec![("name", Vec::new())];
    for one in seen {
        let name = &one.contact.name;
        let name = (!name.is_blank()).then(|| ("name", Value::from(Words::line(name).as_str())));
        let custom = one.contact.custom_fields.iter();
        let custom = custom.map(|(field, value)| (field.as_str(), value.clone()));
        for (field, value) in name.into_iter().chain(custom) {
            match fields.iter_mut().find(|(known, _)| *known == field) {
                Some((_, values)) if values.contains(&value) => {}
                Some((_, values)) => values.push(value),
                None => fields.push((field, vec![value])),
            }
        }
    }
    let several = fields.into_iter().filter(|(_, values)| values.len() > 1);
    several
        .map(|(field, values)| Conflict {
            field: Words::line(&Untrusted::new(field)),
            values: values.into_iter().map(Foreign::clean).collect(),
        })
        .collect()
}

/// The first of them after the merge, by the rules that Front states: handles, lists and links of
/// all, descriptions one after the other, and of custom fields the value changed last.
pub fn foreseen(seen: &[Seen]) -> Option<Contact> {
    let mut result = seen.first()?.contact.clone();
    let mut by_age: Vec<&Contact> = seen.iter().map(|one| &one.contact).collect();
    by_age.sort_by(|one, other| {
        let at = |contact: &Contact| contact.updated_at.unwrap_or_default();
        at(one).total_cmp(&at(other))
    });
    for other in seen.iter().skip(1).map(|one| &one.contact) {
        for handle in &other.handles {
            if !result.handles.iter().any(|known| {
                known.source == handle.source
                    && known.handle.raw().eq_ignore_ascii_case(handle.handle.raw())
            }) {
                result.handles.push(handle.clone());
            }
        }
        for list in &other.lists {
            if result.lists.iter().all(|known| known.id != list.id) {
                result.lists.push(list.clone());
            }
        }
        for link in &other.links {
            if !result.links.contains(link) {
                result.links.push(link.clone());
            }
        }
        if result.name.is_blank() {
            result.name = other.name.clone();
        }
    }
    let descriptions: Vec<_> = seen
        .iter()
        .map(|one| one.contact.description.raw().trim())
        .filter(|description| !description.is_empty())
        .collect();
    result.description = Untrusted::new(descriptions.join("\n"));
    for contact in by_age {
        for (field, value) in &contact.custom_fields {
            result.custom_fields.insert(field.clone(), value.clone());
        }
    }
    result.updated_at = None;
    Some(result)
}
