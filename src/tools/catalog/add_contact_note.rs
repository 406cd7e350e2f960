//! `add-contact-note`: something that teammates should know about a contact.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::{FrontErrorKind, endpoints::contact_changes::AddNote, model::Teammate},
    shape::text::Text,
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset, contact_named,
        contact_row::NoteRow, resolve,
    },
};

pub static TOOL: Entry = Entry::of::<AddContactNoteTool>();

struct AddContactNoteTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Contact id, e-mail address, phone number, or `source:handle`.
    contact: String,
    /// What to note.
    #[schemars(length(min = 1, max = 10000))]
    body: String,
    /// The teammate who notes it, by name, e-mail address or id.
    author: String,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    note: NoteRow,
}

impl Tool for AddContactNoteTool {
    const SPEC: Spec = Spec {
        name: "add-contact-note",
        title: "Add a note to a contact",
        description: "Notes something about a contact, for teammates alone. Front cannot change or remove it by API.",
        effect: Effect::Create,
        toolset: Toolset::Contacts,
    };
    const NEEDS: &'static [&'static str] = &["add-note"];
    const USES: &'static [&'static str] = &["list-teammates"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let contact = contact_named::Named::parse("contact", &input.contact)?;
        let endpoint = AddNote {
            contact: contact.segment("contact")?,
            author: resolve::id::<Teammate>(context, "author", &input.author).await?,
            body: input.body,
        };
        let note = context.client.send(&endpoint).await.map_err(|error| {
            let missing = error.kind == FrontErrorKind::Status(404);
            contact_named::missing_as("contact", missing, error.into())
        })?;
        Ok(Output {
            note: NoteRow::of(&note),
        })
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::of("Noted: ");
        self.note.say(&mut text);
        text
    }
}
