//! `list-accounts`: the companies in Front's contact book, kept for a minute.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::id::AccountId,
    shape::{text::Text, words::Words},
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset, conversation_row::say_next,
        cursor, roster,
    },
};

pub static TOOL: Entry = Entry::of::<ListAccountsTool>();

/// Domains of one account that a row shows.
const DOMAINS: usize = 10;

struct ListAccountsTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Only names or domains that hold this.
    query: Option<String>,
    /// Rows. Default 25.
    #[schemars(range(min = 1, max = 100))]
    limit: Option<usize>,
    /// `next_cursor` of the last result.
    cursor: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    accounts: Vec<Row>,
    /// How many fit in all.
    total: usize,
    /// Pass as `cursor` to go on.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Row {
    id: AccountId,
    name: Words,
    /// At most ten of its mail domains.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    domains: Vec<Words>,
}

impl Tool for ListAccountsTool {
    const SPEC: Spec = Spec {
        name: "list-accounts",
        title: "List accounts",
        description: "Finds accounts, the companies that contacts belong to, by name or mail domain.",
        effect: Effect::Read,
        toolset: Toolset::Contacts,
    };
    const NEEDS: &'static [&'static str] = &["list-accounts"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let skip: usize = match &input.cursor {
            Some(text) => cursor::read(context, text)?,
            None => 0,
        };
        let limit = input.limit.unwrap_or(25);
        let all = context.directory.accounts(&context.client).await?;
        let fitting: Vec<_> = roster::matching(&all, input.query.as_deref(), |account| {
            let mut texts = vec![&account.name];
            texts.extend(&account.domains);
            texts
        })
        .collect();
        let accounts: Vec<_> = fitting
            .iter()
            .skip(skip)
            .take(limit)
            .map(|account| Row {
                id: account.id.clone(),
                name: Words::line(&account.name),
                domains: account
                    .domains
                    .iter()
                    .take(DOMAINS)
                    .map(Words::line)
                    .collect(),
            })
            .collect();
        let seen = skip + accounts.len();
        Ok(Output {
            next_cursor: (seen < fitting.len())
                .then(|| cursor::write(context, seen))
                .flatten(),
            total: fitting.len(),
            accounts,
        })
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = roster::report("account", "accounts", &self.accounts, |row, text| {
            text.say(&row.id).say(" ").quote(&row.name);
            for domain in &row.domains {
                text.say(" ").quote(domain);
            }
        });
        if self.total > self.accounts.len() {
            text.say("\nIn all: ").say(self.total);
        }
        say_next(self.next_cursor.as_ref(), &mut text);
        text
    }
}
