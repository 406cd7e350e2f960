//! `get-contact`: one contact, by id or by a way to reach it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::{FrontErrorKind, endpoints::contacts::GetContact, id::ContactId},
    shape::text::Text,
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset, contact_row::ContactRow,
        handle::Handle, resolve,
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
        let given = resolve::unwrapped(&input.contact);
        let endpoint = match ContactId::parse(given) {
            Some(id) => GetContact::by_id(&id),
            None => {
                let handle = Handle::read(given).ok_or_else(|| {
                    resolve::wrong_id(
                        "contact",
                        given,
                        "a contact id such as `crd_55c8c149`, an e-mail address, a phone number or `source:handle`",
                    )
                    .next("find the contact by name with `list-contacts`")
                })?;
                GetContact::by_handle(&handle.source, &handle.handle)
                    .map_err(|_| ToolError::invalid("contact", Text::of("names no contact")))?
            }
        };
        let contact = context.client.send(&endpoint).await.map_err(|error| {
            let missing = error.kind == FrontErrorKind::Status(404);
            let error = ToolError::from(error);
            if missing {
                error.on("contact").next("find the contact by name with `list-contacts`, or create it with `create-contact`")
            } else {
                error
            }
        })?;
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
