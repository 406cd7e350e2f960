//! What numbers are limited to, by name.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::{
    front::model::{Account, Channel, Inbox, Tag, Team, Teammate},
    tools::{
        Context, ToolError,
        resolve::{self, Resolvable},
    },
};

/// The operations that name what is given by name.
pub const USES: &[&str] = &[
    "list-tags",
    "list-teammates",
    "list-channels",
    "list-inboxes",
    "list-teams",
    "list-accounts",
];

/// Kinds are combined with and, those of a kind with or.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Filters {
    /// Names or ids.
    tags: Vec<String>,
    /// Names, e-mails or ids.
    teammates: Vec<String>,
    /// Addresses or ids.
    channels: Vec<String>,
    /// Names or ids.
    inboxes: Vec<String>,
    /// Names or ids.
    teams: Vec<String>,
    /// Names or ids.
    accounts: Vec<String>,
}

impl Filters {
    /// Whether anything is left out by them.
    pub fn is_empty(&self) -> bool {
        [
            &self.tags,
            &self.teammates,
            &self.channels,
            &self.inboxes,
            &self.teams,
            &self.accounts,
        ]
        .into_iter()
        .all(Vec::is_empty)
    }

    /// As Front takes them; nothing where there are none.
    pub async fn resolve(&self, context: &Context<'_>) -> Result<Option<Value>, ToolError> {
        let mut found = Map::new();
        let mut put = |name: &str, ids: Vec<String>| {
            if !ids.is_empty() {
                found.insert(name.to_owned(), json!(ids));
            }
        };
        put("tag_ids", ids::<Tag>(context, "tags", &self.tags).await?);
        let teammates = ids::<Teammate>(context, "teammates", &self.teammates).await?;
        put("teammate_ids", teammates);
        let channels = ids::<Channel>(context, "channels", &self.channels).await?;
        put("channel_ids", channels);
        let inboxes = ids::<Inbox>(context, "inboxes", &self.inboxes).await?;
        put("inbox_ids", inboxes);
        put(
            "team_ids",
            ids::<Team>(context, "teams", &self.teams).await?,
        );
        let accounts = ids::<Account>(context, "accounts", &self.accounts).await?;
        put("account_ids", accounts);
        Ok((!found.is_empty()).then_some(Value::Object(found)))
    }
}

async fn ids<T: Resolvable>(
    context: &Context<'_>,
    kind: &str,
    given: &[String],
) -> Result<Vec<String>, ToolError>
where
    T::Id: std::fmt::Display,
{
    let mut found = Vec::with_capacity(given.len());
    for (index, name) in given.iter().enumerate() {
        let field = format!("filters.{kind}[{index}]");
        found.push(resolve::id::<T>(context, &field, name).await?.to_string());
    }
    Ok(found)
}
