//! `list-teams`: every team, kept for a minute.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::{id::TeamId, model::Team},
    shape::{text::Text, words::Words},
    tools::{Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset, roster},
};

pub static TOOL: Entry = Entry::of::<ListTeamsTool>();

struct ListTeamsTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Only names that hold this.
    query: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    teams: Vec<Row>,
    /// More that did not fit; `query` narrows the list.
    #[serde(skip_serializing_if = "roster::is_none")]
    left_out: usize,
}

#[derive(Serialize, JsonSchema)]
struct Row {
    id: TeamId,
    name: Words,
}

impl Tool for ListTeamsTool {
    const SPEC: Spec = Spec {
        name: "list-teams",
        title: "List teams",
        description: "Lists all teams (Front also calls them workspaces).",
        effect: Effect::Read,
        toolset: Toolset::Core,
    };
    const NEEDS: &'static [&'static str] = &["list-teams"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let teams = context.directory.teams(&context.client).await?;
        let rows = roster::matching(&teams, input.query.as_deref(), |team| vec![&team.name]);
        let (teams, left_out) = roster::fitting(rows.map(row));
        Ok(Output { teams, left_out })
    }
}

fn row(team: &Team) -> Row {
    Row {
        id: team.id.clone(),
        name: Words::line(&team.name),
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = roster::report("team", "teams", &self.teams, |row, text| {
            text.say(&row.id).say(" ").quote(&row.name);
        });
        roster::say_left_out(self.left_out, &mut text);
        text
    }
}
