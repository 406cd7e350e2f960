//! `list-contact-notes`: what teammates wrote down about a contact.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::{FrontErrorKind, endpoints::contact_changes::ListNotes},
    shape::{text::Text, tokens::estimate},
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset, contact_named,
        contact_row::NoteRow, conversation_row::say_next, cursor,
    },
};

pub static TOOL: Entry = Entry::of::<ListContactNotesTool>();

/// Tokens of notes that one answer holds, estimated from above.
const BUDGET: usize = 8_000;

struct ListContactNotesTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Contact id, e-mail address, phone number, or `source:handle`.
    contact: String,
    /// `next_cursor` of the last result.
    cursor: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    /// Newest first.
    notes: Vec<NoteRow>,
    /// Pass as `cursor` to go on.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

impl Tool for ListContactNotesTool {
    const SPEC: Spec = Spec {
        name: "list-contact-notes",
        title: "List a contact's notes",
        description: "Lists what teammates noted about a contact.",
        effect: Effect::Read,
        toolset: Toolset::Contacts,
    };
    const NEEDS: &'static [&'static str] = &["list-notes"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let contact = contact_named::Named::parse("contact", &input.contact)?;
        let skip: usize = match &input.cursor {
            Some(text) => cursor::read(context, text)?,
            None => 0,
        };
        let endpoint = ListNotes {
            contact: contact.segment("contact")?,
        };
        let page = context.client.send(&endpoint).await.map_err(|error| {
            let missing = error.kind == FrontErrorKind::Status(404);
            contact_named::missing_as("contact", missing, error.into())
        })?;
        let mut all = page.results;
        all.sort_by(|one, other| {
            let at = |seconds: Option<f64>| seconds.unwrap_or_default();
            at(other.created_at).total_cmp(&at(one.created_at))
        });
        let (mut notes, mut cost) = (Vec::new(), 0);
        for note in all.iter().skip(skip) {
            let row = NoteRow::of(note);
            cost += 40 + estimate(row.body.as_str());
            if cost > BUDGET && !notes.is_empty() {
                break;
            }
            notes.push(row);
        }
        let seen = skip + notes.len();
        Ok(Output {
            next_cursor: (seen < all.len())
                .then(|| cursor::write(context, seen))
                .flatten(),
            notes,
        })
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::new();
        text.say(self.notes.len()).say(match self.notes.len() {
            1 => " note",
            _ => " notes",
        });
        for note in &self.notes {
            text.say("\n- ");
            note.say(&mut text);
        }
        say_next(self.next_cursor.as_ref(), &mut text);
        text
    }
}
