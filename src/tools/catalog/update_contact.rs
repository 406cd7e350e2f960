//! `update-contact`: what is said of a contact; what is not named stays.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    front::{
        endpoints::contact_changes::{ListContactFields, UpdateContact},
        id::ContactId,
    },
    shape::text::Text,
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset, contact_named,
        edits::{self, Edit, Edits, FieldNames},
    },
};

pub static TOOL: Entry = Entry::of::<UpdateContactTool>();

struct UpdateContactTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Contact id, e-mail address, phone number, or `source:handle`.
    contact: String,
    /// Full name.
    #[schemars(length(max = 200))]
    name: Option<String>,
    /// One line about it.
    #[schemars(length(max = 1000))]
    description: Option<String>,
    /// Web addresses to add.
    #[serde(default)]
    add_links: Vec<String>,
    /// Those to take off.
    #[serde(default)]
    remove_links: Vec<String>,
    /// Custom fields to set, by name.
    #[serde(default)]
    custom_fields: Map<String, Value>,
    /// Custom fields to empty.
    #[serde(default)]
    clear_fields: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    contact_id: ContactId,
    /// What is other than before.
    changes: Vec<Edit>,
}

impl Tool for UpdateContactTool {
    const SPEC: Spec = Spec {
        name: "update-contact",
        title: "Update a contact",
        description: "Changes a contact's name, description, links and custom fields. What is not named stays.",
        effect: Effect::Set,
        toolset: Toolset::Contacts,
    };
    const NEEDS: &'static [&'static str] = &["get-contact", "update-a-contact"];
    const USES: &'static [&'static str] = &["list-contact-custom-fields"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let contact = contact_named::read(context, "contact", &input.contact).await?;
        let mut edits = Edits::default();
        edits.text("name", &contact.name, input.name.as_ref());
        edits.text(
            "description",
            &contact.description,
            input.description.as_ref(),
        );
        edits.list(
            "links",
            &contact.links,
            &input.add_links,
            &input.remove_links,
        )?;
        let names = FieldNames::read(
            context,
            &ListContactFields,
            &contact.custom_fields,
            input.custom_fields,
            input.clear_fields,
        )
        .await?;
        edits.custom_fields(&contact.custom_fields, names);
        let (body, changes) = edits.finish();
        if let Some(changes) = body {
            let contact = contact.id.clone();
            let endpoint = UpdateContact { contact, changes };
            context.client.send(&endpoint).await?;
        }
        Ok(Output {
            contact_id: contact.id,
            changes,
        })
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::of("Contact ");
        text.say(&self.contact_id);
        text.say(match self.changes.is_empty() {
            true => " is so already; nothing was changed",
            false => " changed:",
        });
        edits::say(&self.changes, &mut text);
        text
    }
}
