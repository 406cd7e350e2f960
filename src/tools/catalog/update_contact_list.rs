//! `update-contact-list`: who is on a list.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::{
        endpoints::{contact_changes::RemoveContactsFromList, contacts::AddContactsToList},
        id::{ContactId, ContactListId},
        model::ContactList,
    },
    shape::{text::Text, words::Words},
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset, contact_named,
        contact_row::say_ids, conversation_row::Named, resolve,
    },
};

pub static TOOL: Entry = Entry::of::<UpdateContactListTool>();

struct UpdateContactListTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// The list, by name or id.
    list: String,
    /// Contacts to put on it: ids, e-mail addresses, phone numbers, `source:handle`.
    #[serde(default)]
    #[schemars(length(max = 50))]
    add: Vec<String>,
    /// Contacts to take off.
    #[serde(default)]
    #[schemars(length(max = 50))]
    remove: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    list: Named<ContactListId>,
    /// On it now.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    added: Vec<ContactId>,
    /// Not on it now.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    removed: Vec<ContactId>,
}

impl Tool for UpdateContactListTool {
    const SPEC: Spec = Spec {
        name: "update-contact-list",
        title: "Change a contact list",
        description: "Puts contacts on a contact list and takes others off.",
        effect: Effect::Set,
        toolset: Toolset::Contacts,
    };
    const NEEDS: &'static [&'static str] = &[
        "list-contact-lists",
        "add-contacts-to-contact-list",
        "remove-contacts-from-contact-list",
    ];
    const USES: &'static [&'static str] = &["get-contact"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        if input.add.is_empty() && input.remove.is_empty() {
            return Err(ToolError::invalid(
                "add",
                Text::of("names nobody, and neither does `remove`"),
            ));
        }
        let list = resolve::one::<ContactList>(context, "list", &input.list).await?;
        let added = contact_named::ids(context, "add", &input.add).await?;
        let removed = contact_named::ids(context, "remove", &input.remove).await?;
        if !added.is_empty() {
            let endpoint = AddContactsToList {
                list: list.id.clone(),
                contacts: added.clone(),
            };
            context.client.send(&endpoint).await?;
        }
        if !removed.is_empty() {
            let endpoint = RemoveContactsFromList {
                list: list.id.clone(),
                contacts: removed.clone(),
            };
            context.client.send(&endpoint).await.map_err(|error| {
                let error = ToolError::from(error);
                match added.is_empty() {
                    true => error,
                    false => error.and("those to add were added before that"),
                }
            })?;
        }
        Ok(Output {
            list: Named {
                id: list.id,
                name: Words::line(&list.name),
            },
            added,
            removed,
        })
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::of("Contact list ");
        self.list.say(&mut text);
        say_ids("\nAdded: ", &self.added, &mut text);
        say_ids("\nRemoved: ", &self.removed, &mut text);
        text
    }
}
