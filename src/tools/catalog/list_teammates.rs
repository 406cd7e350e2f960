//! `list-teammates`: everybody in the company, kept for a minute.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::{id::TeammateId, model::Teammate},
    shape::{text::Text, words::Words},
    tools::{Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset, roster},
};

pub static TOOL: Entry = Entry::of::<ListTeammatesTool>();

struct ListTeammatesTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Only names or e-mail addresses that hold this.
    query: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    teammates: Vec<Row>,
    /// More that did not fit; `query` narrows the list.
    #[serde(skip_serializing_if = "roster::is_none")]
    left_out: usize,
}

#[derive(Serialize, JsonSchema)]
struct Row {
    id: TeammateId,
    name: Words,
    email: Words,
    username: Words,
    /// Takes assignments now.
    available: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    admin: bool,
    /// Cannot sign in.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    blocked: bool,
}

impl Tool for ListTeammatesTool {
    const SPEC: Spec = Spec {
        name: "list-teammates",
        title: "List teammates",
        description: "Lists all teammates and whether they are available.",
        effect: Effect::Read,
        toolset: Toolset::Core,
    };
    const NEEDS: &'static [&'static str] = &["list-teammates"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let teammates = context.directory.teammates(&context.client).await?;
        let names =
            |teammate: &Teammate| format!("{} {}", teammate.name().raw(), teammate.email.raw());
        let wanted = input.query.unwrap_or_default().trim().to_lowercase();
        let rows = teammates.iter().filter(|teammate| {
            names(teammate).to_lowercase().contains(&wanted)
                || teammate.username.raw().to_lowercase().contains(&wanted)
        });
        let (teammates, left_out) = roster::fitting(rows.map(row));
        Ok(Output {
            teammates,
            left_out,
        })
    }
}

fn row(teammate: &Teammate) -> Row {
    Row {
        id: teammate.id.clone(),
        name: Words::line(&teammate.name()),
        email: Words::line(&teammate.email),
        username: Words::line(&teammate.username),
        available: teammate.is_available,
        admin: teammate.is_admin,
        blocked: teammate.is_blocked,
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = roster::report("teammate", "teammates", &self.teammates, |row, text| {
            text.say(&row.id)
                .say(" ")
                .quote_text(&format!(
                    "{} <{}> @{}",
                    row.name.as_str(),
                    row.email.as_str(),
                    row.username.as_str()
                ))
                .say(if row.available { " available" } else { " away" });
            if row.admin {
                text.say(" admin");
            }
            if row.blocked {
                text.say(" blocked");
            }
        });
        roster::say_left_out(self.left_out, &mut text);
        text
    }
}
