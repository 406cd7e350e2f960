//! `get-contact`: one contact, by id or by a way to reach it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    shape::text::Text,
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset, contact_named,
        contact_row::ContactRow,
    },
};

pub static TOOL: Entry = Entry::of::<GetContactTool>();

struct GetContactTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Contact id, e-mail address, phone number, or `source:handle` (`twitter:@jo`).
    contact: String,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    contact: ContactRow,
}

impl Tool for GetContactTool {
    const SPEC: Spec = Spec {
        name: "get-contact",
        title: "Get a contact",
        description: "Reads one contact.",
        effect: Effect::Read,
        toolset: Toolset::Core,
    };
    const NEEDS: &'static [&'static str] = &["get-contact"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let contact = contact_named::read(context, "contact", &input.contact).await?;
        Ok(Output {
            contact: ContactRow::of(&contact),
        })
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::of("Contact ");
        self.contact.say(&mut text);
        text
    }
}
