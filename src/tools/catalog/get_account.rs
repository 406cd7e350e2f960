//! `get-account`: one account and who belongs to it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::{
        endpoints::{accounts::GetAccount, contacts::ListContactsOfAccount},
        id::{AccountId, ContactId},
        model::{Account, AccountDetails, Contact},
        page::Paged,
    },
    shape::{
        moment::Moment,
        text::Text,
        words::{Foreign, Words},
    },
    tools::{Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset, resolve},
};

pub static TOOL: Entry = Entry::of::<GetAccountTool>();

/// Contacts that are shown; `list-contacts` pages through all.
const SHOWN: u32 = 25;

struct GetAccountTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// The account, by name, domain or id.
    account: String,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    id: AccountId,
    name: Words,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Words>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    domains: Vec<Words>,
    /// Its id in a system of the company's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    external_id: Option<Words>,
    #[serde(skip_serializing_if = "Option::is_none")]
    custom_fields: Option<Foreign>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<Moment>,
    /// The first of those who belong to it; none where contacts may not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    contacts: Option<Vec<Member>>,
    /// `list-contacts` with this account shows all.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    more_contacts: bool,
}

#[derive(Serialize, JsonSchema)]
struct Member {
    id: ContactId,
    name: Words,
    /// Its first one.
    #[serde(skip_serializing_if = "Option::is_none")]
    handle: Option<Words>,
}

impl Tool for GetAccountTool {
    const SPEC: Spec = Spec {
        name: "get-account",
        title: "Get an account",
        description: "Reads an account and the contacts that belong to it.",
        effect: Effect::Read,
        toolset: Toolset::Contacts,
    };
    const NEEDS: &'static [&'static str] = &["fetch-an-account"];
    const USES: &'static [&'static str] = &["list-accounts", "list-account-contacts"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let account = resolve::id::<Account>(context, "account", &input.account).await?;
        let endpoint = GetAccount {
            account: account.clone(),
        };
        let details = context.client.send(&endpoint).await?;
        let members = Paged {
            of: &ListContactsOfAccount { account },
            limit: Some(SHOWN),
            token: None,
        };
        let mut output = of(&details);
        match context.client.send(&members).await {
            Ok(page) => {
                output.more_contacts = page.next.is_some();
                output.contacts = Some(page.results.iter().map(member).collect());
            }
            Err(error) if error.kind.is_a_no() => {}
            Err(error) => return Err(error.into()),
        }
        Ok(output)
    }
}

fn of(details: &AccountDetails) -> Output {
    Output {
        id: details.id.clone(),
        name: Words::line(&details.name),
        description: Words::some_line(&details.description),
        domains: details.domains.iter().map(Words::line).collect(),
        external_id: Words::some_line(&details.external_id),
        custom_fields: (!details.custom_fields.is_empty())
            .then(|| Foreign::clean(details.custom_fields.clone().into())),
        updated: Moment::from_front(details.updated_at),
        contacts: None,
        more_contacts: false,
    }
}

fn member(contact: &Contact) -> Member {
    Member {
        id: contact.id.clone(),
        name: Words::line(&contact.name),
        handle: contact
            .handles
            .first()
            .map(|handle| Words::line(&handle.handle)),
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::of("Account ");
        text.say(&self.id).say(" ").quote(&self.name);
        for (what, words) in [
            ("; ", &self.description),
            ("; external id ", &self.external_id),
        ] {
            if let Some(words) = words {
                text.say(what).quote(words);
            }
        }
        for domain in &self.domains {
            text.say("; ").quote(domain);
        }
        if let Some(fields) = &self.custom_fields {
            text.say("; custom fields ").quote_json(fields);
        }
        if let Some(updated) = &self.updated {
            text.say("; updated ").say(updated);
        }
        match &self.contacts {
            None => text.say("\nIts contacts may not be read."),
            Some(members) => text.say("\nContacts: ").say(members.len()),
        };
        for member in self.contacts.iter().flatten() {
            text.say("\n- ")
                .say(&member.id)
                .say(" ")
                .quote(&member.name);
            if let Some(handle) = &member.handle {
                text.say(" ").quote(handle);
            }
        }
        if self.more_contacts {
            text.say("\nMore: `list-contacts` with this account");
        }
        text
    }
}
