//! `list-contact-lists`: the company's lists of contacts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::id::ContactListId,
    shape::{text::Text, words::Words},
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset, conversation_row::Named,
        roster,
    },
};

pub static TOOL: Entry = Entry::of::<ListContactListsTool>();

struct ListContactListsTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Only names that hold this.
    query: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    lists: Vec<Named<ContactListId>>,
}

impl Tool for ListContactListsTool {
    const SPEC: Spec = Spec {
        name: "list-contact-lists",
        title: "List contact lists",
        description: "Lists the contact lists. `list-contacts` says who is on one.",
        effect: Effect::Read,
        toolset: Toolset::Contacts,
    };
    const NEEDS: &'static [&'static str] = &["list-contact-lists"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let lists = context.directory.contact_lists(&context.client).await?;
        let rows = roster::matching(&lists, input.query.as_deref(), |list| vec![&list.name]);
        Ok(Output {
            lists: rows
                .map(|list| Named {
                    id: list.id.clone(),
                    name: Words::line(&list.name),
                })
                .collect(),
        })
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        roster::report(
            "contact list",
            "contact lists",
            &self.lists,
            |list, text| {
                list.say(text);
            },
        )
    }
}
