//! `list-contacts`: contacts of the company, a list or an account, last changed first.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::{
        FrontError,
        endpoints::contacts::{ListContacts, ListContactsOfAccount, ListContactsOfList},
        model::{Account, Contact, ContactList},
        page::{Page, Paged},
    },
    shape::text::Text,
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset, arguments,
        contact_row::ContactRow, conversation_row::say_next, cursor, fit::Room, resolve,
    },
};

pub static TOOL: Entry = Entry::of::<ListContactsTool>();

struct ListContactsTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Only names, handles or descriptions that hold this. Front cannot search contacts: up to 5 pages are read and filtered here.
    query: Option<String>,
    /// A contact list, by name or id.
    list: Option<String>,
    /// An account, by name, domain or id.
    account: Option<String>,
    /// Changed at or after: ISO 8601, date, Unix seconds, `7d`.
    updated_after: Option<String>,
    /// Changed before.
    updated_before: Option<String>,
    /// Rows. Default 25.
    #[schemars(range(min = 1, max = 100))]
    limit: Option<u32>,
    /// `next_cursor` of the last result.
    cursor: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    contacts: Vec<ContactRow>,
    /// How many contacts were looked at for `query`.
    #[serde(skip_serializing_if = "Option::is_none")]
    looked_at: Option<usize>,
    /// Pass as `cursor` to go on.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

/// Where the list goes on.
#[derive(Serialize, Deserialize, Default)]
struct Position {
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    token: Option<String>,
    #[serde(rename = "n")]
    size: u32,
    #[serde(rename = "k", default)]
    skip: usize,
}

/// Pages that one call with a `query` reads at the most.
const MOST_PAGES: usize = 5;

enum From {
    Company(ListContacts),
    List(ListContactsOfList),
    Account(ListContactsOfAccount),
}

impl Tool for ListContactsTool {
    const SPEC: Spec = Spec {
        name: "list-contacts",
        title: "List contacts",
        description: "Lists contacts, last changed first.",
        effect: Effect::Read,
        toolset: Toolset::Core,
    };
    const NEEDS: &'static [&'static str] = &["list-contacts"];
    const USES: &'static [&'static str] = &[
        "list-contact-lists",
        "list-contacts-in-contact-list",
        "list-accounts",
        "list-account-contacts",
    ];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let from = source(context, &input).await?;
        let limit = input.limit.unwrap_or(25);
        let wanted = input
            .query
            .as_deref()
            .map(str::trim)
            .filter(|query| !query.is_empty());
        let mut position = match &input.cursor {
            Some(text) => cursor::read(context, text)?,
            None => Position {
                // Filtering here, full pages cost the fewest requests.
                size: if wanted.is_some() { 100 } else { limit },
                ..Position::default()
            },
        };
        let most = usize::try_from(limit).unwrap_or(usize::MAX);
        let mut contacts = Vec::new();
        let mut looked_at = 0;
        let mut more = false;
        let mut room = Room::default();
        let mut is_full = false;
        for _ in 0..if wanted.is_some() { MOST_PAGES } else { 1 } {
            let page = fetch(context, &from, &position).await?;
            for contact in page.results.iter().skip(position.skip) {
                if contacts.len() == most {
                    break;
                }
                if wanted.is_none_or(|wanted| holds(contact, wanted)) {
                    let row = ContactRow::of(contact);
                    is_full = !room.takes(&row);
                    if is_full {
                        break;
                    }
                    contacts.push(row);
                }
                position.skip += 1;
                looked_at += 1;
            }
            more = position.skip < page.results.len() || page.next.is_some();
            if position.skip >= page.results.len() {
                position.skip = 0;
                position.token = page.next;
            }
            if contacts.len() == most || is_full || !more {
                break;
            }
        }
        Ok(Output {
            contacts,
            looked_at: wanted.map(|_| looked_at),
            next_cursor: more.then(|| cursor::write(context, position)).flatten(),
        })
    }
}

async fn source(context: &Context<'_>, input: &Input) -> Result<From, ToolError> {
    let updated_after = arguments::time(context, "updated_after", input.updated_after.as_deref())?;
    let updated_before =
        arguments::time(context, "updated_before", input.updated_before.as_deref())?;
    let by_time = updated_after.is_some() || updated_before.is_some();
    let one_only = |field: &'static str| {
        ToolError::invalid(
            field,
            Text::of("cannot be combined: Front lists contacts by list, by account or by time, one at a time"),
        )
        .next("keep one of `list`, `account` and `updated_after`/`updated_before`")
    };
    match (&input.list, &input.account) {
        (Some(_), Some(_)) => Err(one_only("account")),
        (Some(_), None) if by_time => Err(one_only("list")),
        (None, Some(_)) if by_time => Err(one_only("account")),
        (Some(list), None) => Ok(From::List(ListContactsOfList {
            list: resolve::id::<ContactList>(context, "list", list).await?,
        })),
        (None, Some(account)) => Ok(From::Account(ListContactsOfAccount {
            account: resolve::id::<Account>(context, "account", account).await?,
        })),
        (None, None) => Ok(From::Company(ListContacts {
            updated_after,
            updated_before,
        })),
    }
}

async fn fetch(
    context: &Context<'_>,
    from: &From,
    position: &Position,
) -> Result<Page<Contact>, FrontError> {
    let (limit, token) = (Some(position.size), position.token.as_deref());
    let client = &context.client;
    match from {
        From::Company(of) => client.send(&Paged { of, limit, token }).await,
        From::List(of) => client.send(&Paged { of, limit, token }).await,
        From::Account(of) => client.send(&Paged { of, limit, token }).await,
    }
}

fn holds(contact: &Contact, wanted: &str) -> bool {
    let wanted = wanted.to_lowercase();
    let handles = contact.handles.iter().map(|handle| &handle.handle);
    [&contact.name, &contact.description]
        .into_iter()
        .chain(handles)
        .any(|text| text.raw().to_lowercase().contains(&wanted))
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::new();
        text.say(self.contacts.len()).say(" contacts");
        if let Some(looked_at) = self.looked_at {
            text.say(" of ").say(looked_at).say(" looked at");
        }
        text.say(if self.contacts.is_empty() { "." } else { ":" });
        for contact in &self.contacts {
            text.say("\n- ");
            contact.say(&mut text);
        }
        say_next(self.next_cursor.as_ref(), &mut text);
        text
    }
}
