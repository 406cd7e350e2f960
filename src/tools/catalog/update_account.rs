//! `update-account`: what is said of an account, and who belongs to it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    front::{
        endpoints::{
            accounts::{
                AddContactsToAccount, GetAccount, RemoveContactsFromAccount, UpdateAccount,
            },
            contact_changes::ListAccountFields,
        },
        id::{AccountId, ContactId},
        model::Account,
    },
    shape::text::Text,
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset, contact_named,
        contact_row::say_ids,
        edits::{self, Edit, Edits, FieldNames},
        resolve,
    },
};

pub static TOOL: Entry = Entry::of::<UpdateAccountTool>();

struct UpdateAccountTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// The account, by name, domain or id.
    account: String,
    /// Its new name.
    #[schemars(length(max = 200))]
    name: Option<String>,
    /// One line about it.
    #[schemars(length(max = 1000))]
    description: Option<String>,
    /// Mail domains to add.
    #[serde(default)]
    add_domains: Vec<String>,
    /// Those to take off.
    #[serde(default)]
    remove_domains: Vec<String>,
    /// Custom fields to set, by name.
    #[serde(default)]
    custom_fields: Map<String, Value>,
    /// Custom fields to empty.
    #[serde(default)]
    clear_fields: Vec<String>,
    /// Contacts that belong to it: ids, e-mail addresses, phone numbers.
    #[serde(default)]
    #[schemars(length(max = 50))]
    add_contacts: Vec<String>,
    /// Contacts that do not.
    #[serde(default)]
    #[schemars(length(max = 50))]
    remove_contacts: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    account_id: AccountId,
    /// What is other than before.
    changes: Vec<Edit>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contacts_added: Vec<ContactId>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contacts_removed: Vec<ContactId>,
}

impl Tool for UpdateAccountTool {
    const SPEC: Spec = Spec {
        name: "update-account",
        title: "Update an account",
        description: "Changes an account's name, description, domains, custom fields and contacts. What is not named stays.",
        effect: Effect::Set,
        toolset: Toolset::Contacts,
    };
    const NEEDS: &'static [&'static str] = &["fetch-an-account", "update-account"];
    const USES: &'static [&'static str] = &[
        "list-accounts",
        "list-account-custom-fields",
        "get-contact",
        "add-contact-to-account",
        "remove-contact-from-account",
    ];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let account = resolve::id::<Account>(context, "account", &input.account).await?;
        let endpoint = GetAccount {
            account: account.clone(),
        };
        let details = context.client.send(&endpoint).await?;
        // Everything is read before anything is changed.
        let added = contact_named::ids(context, "add_contacts", &input.add_contacts).await?;
        let removed =
            contact_named::ids(context, "remove_contacts", &input.remove_contacts).await?;
        let mut edits = Edits::default();
        edits.text("name", &details.name, input.name.as_ref());
        edits.text(
            "description",
            &details.description,
            input.description.as_ref(),
        );
        edits.list(
            "domains",
            &details.domains,
            &input.add_domains,
            &input.remove_domains,
        )?;
        let fields = &details.custom_fields;
        let (set, clear) = (input.custom_fields, input.clear_fields);
        let names = FieldNames::read(context, &ListAccountFields, fields, set, clear).await?;
        edits.custom_fields(fields, names);
        let (body, changes) = edits.finish();
        write(context, &account, body, &added, &removed).await?;
        context.directory.forget().await;
        Ok(Output {
            account_id: account,
            changes,
            contacts_added: added,
            contacts_removed: removed,
        })
    }
}

async fn write(
    context: &Context<'_>,
    account: &AccountId,
    changes: Option<Value>,
    added: &[ContactId],
    removed: &[ContactId],
) -> Result<(), ToolError> {
    let client = &context.client;
    let account = account.clone();
    let mut is_changed = false;
    let partly = |error: ToolError, is_changed| match is_changed {
        true => error.and("what stands before that in the arguments was changed"),
        false => error,
    };
    if let Some(changes) = changes {
        let account = account.clone();
        client.send(&UpdateAccount { account, changes }).await?;
        is_changed = true;
    }
    if !added.is_empty() {
        let (account, contacts) = (account.clone(), added.to_vec());
        client
            .send(&AddContactsToAccount { account, contacts })
            .await
            .map_err(|error| partly(error.into(), is_changed))?;
        is_changed = true;
    }
    if !removed.is_empty() {
        let contacts = removed.to_vec();
        client
            .send(&RemoveContactsFromAccount { account, contacts })
            .await
            .map_err(|error| partly(error.into(), is_changed))?;
    }
    Ok(())
}

impl Report for Output {
    fn report(&self) -> Text {
        let nothing = self.changes.is_empty()
            && self.contacts_added.is_empty()
            && self.contacts_removed.is_empty();
        let mut text = Text::of("Account ");
        text.say(&self.account_id).say(match nothing {
            true => " is so already; nothing was changed",
            false => " changed:",
        });
        edits::say(&self.changes, &mut text);
        say_ids("\nContacts added: ", &self.contacts_added, &mut text);
        say_ids("\nContacts removed: ", &self.contacts_removed, &mut text);
        text
    }
}
