//! `create-contact`: a new contact with at least one way to reach it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::{
    front::{
        endpoints::contacts::{AddContactsToList, CreateContact, GetContact},
        id::ContactListId,
        model::ContactList,
    },
    shape::{text::Text, words::Words},
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset, arguments,
        contact_row::ContactRow,
        conversation_row::Named,
        handle::{SOURCES, email, phone},
        resolve,
    },
};

pub static TOOL: Entry = Entry::of::<CreateContactTool>();

struct CreateContactTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Ways to reach it.
    #[schemars(length(min = 1, max = 20))]
    handles: Vec<HandleInput>,
    /// Full name.
    #[schemars(length(max = 200))]
    name: Option<String>,
    /// One line about it.
    #[schemars(length(max = 1000))]
    description: Option<String>,
    /// Contact lists to put it on, by name or id.
    #[serde(default)]
    lists: Vec<String>,
    /// Web addresses.
    #[serde(default)]
    links: Vec<String>,
    /// Custom fields by name.
    #[serde(default)]
    custom_fields: Map<String, Value>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct HandleInput {
    /// `email`, `phone`, `twitter`, `facebook`, `intercom`, `front_chat` or `custom`.
    source: String,
    /// The address, number or account.
    handle: String,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    contact: ContactRow,
    /// Lists it could not be put on although it was created.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lists_missed: Vec<Named<ContactListId>>,
}

impl Tool for CreateContactTool {
    const SPEC: Spec = Spec {
        name: "create-contact",
        title: "Create a contact",
        description: "Creates a contact. A handle that a contact already has is reported with that contact.",
        effect: Effect::Create,
        toolset: Toolset::Core,
    };
    const NEEDS: &'static [&'static str] = &["create-contact"];
    const USES: &'static [&'static str] = &[
        "list-contact-lists",
        "add-contacts-to-contact-list",
        "get-contact",
    ];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let handles = handles(&input.handles)?;
        let mut lists = Vec::new();
        for (index, list) in input.lists.iter().enumerate() {
            lists.push(
                resolve::one::<ContactList>(context, &format!("lists[{index}]"), list).await?,
            );
        }
        refuse_known_handles(context, &handles).await?;

        let mut contact = json!({ "handles": handles });
        if let Some(fields) = contact.as_object_mut() {
            for (name, value) in [("name", &input.name), ("description", &input.description)] {
                if let Some(value) = value {
                    fields.insert(name.into(), json!(value));
                }
            }
            if !input.links.is_empty() {
                fields.insert("links".into(), json!(input.links));
            }
            if !input.custom_fields.is_empty() {
                fields.insert("custom_fields".into(), Value::Object(input.custom_fields));
            }
        }
        let contact = context.client.send(&CreateContact { contact }).await?;
        let mut lists_missed = Vec::new();
        for list in lists {
            let contacts = vec![contact.id.clone()];
            let added = AddContactsToList {
                list: list.id.clone(),
                contacts,
            };
            if let Err(error) = context.client.send(&added).await {
                tracing::warn!(%error, "a new contact could not be put on a list");
                lists_missed.push(Named {
                    name: Words::line(&list.name),
                    id: list.id,
                });
            }
        }
        Ok(Output {
            contact: ContactRow::of(&contact),
            lists_missed,
        })
    }
}

fn handles(given: &[HandleInput]) -> Result<Vec<Value>, ToolError> {
    given
        .iter()
        .enumerate()
        .map(|(index, each)| {
            let source = each.source.trim().to_lowercase();
            let field = |name: &str| format!("handles[{index}].{name}");
            if !SOURCES.contains(&source.as_str()) {
                let mut message = Text::of("must be one of ");
                message.say(arguments::list(SOURCES.iter().copied()));
                return Err(ToolError::invalid(field("source"), message));
            }
            let handle = match source.as_str() {
                "email" => email(&each.handle).map(str::to_owned),
                "phone" => phone(each.handle.trim()),
                _ => Some(each.handle.trim().to_owned()).filter(|handle| !handle.is_empty()),
            };
            let handle = handle.ok_or_else(|| {
                let mut message = Text::of("is not a valid handle of its source: ");
                message.quote_text(&arguments::clip(&each.handle));
                ToolError::invalid(field("handle"), message)
            })?;
            Ok(json!({ "source": source, "handle": handle }))
        })
        .collect()
}

/// Front answers a known handle with a bare conflict; who has it is what the caller needs.
async fn refuse_known_handles(context: &Context<'_>, handles: &[Value]) -> Result<(), ToolError> {
    for (index, each) in handles.iter().enumerate() {
        let part = |name: &str| each.get(name).and_then(Value::as_str).unwrap_or_default();
        let Ok(endpoint) = GetContact::by_handle(part("source"), part("handle")) else {
            continue;
        };
        // A look that fails stops nothing: Front checks handles itself.
        if let Ok(contact) = context.client.send(&endpoint).await {
            let mut message = Text::of("already belongs to a contact, and nothing was created: ");
            ContactRow::of(&contact).say(&mut message);
            return Err(
                ToolError::invalid(format!("handles[{index}].handle"), message)
                    .coded("already_exists")
                    .next("use that contact, or leave this handle out"),
            );
        }
    }
    Ok(())
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::of("Created contact ");
        self.contact.say(&mut text);
        for list in &self.lists_missed {
            text.say("\nIt could not be put on list ");
            list.say(&mut text);
        }
        text
    }
}
