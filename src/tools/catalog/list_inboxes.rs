//! `list-inboxes`: every inbox, kept for a minute.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::{id::InboxId, model::Inbox},
    shape::{text::Text, words::Words},
    tools::{Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset, roster},
};

pub static TOOL: Entry = Entry::of::<ListInboxesTool>();

struct ListInboxesTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Only names that hold this.
    query: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    inboxes: Vec<Row>,
    /// More that did not fit; `query` narrows the list.
    #[serde(skip_serializing_if = "roster::is_none")]
    left_out: usize,
}

#[derive(Serialize, JsonSchema)]
struct Row {
    id: InboxId,
    name: Words,
    /// One teammate's own.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    private: bool,
}

impl Tool for ListInboxesTool {
    const SPEC: Spec = Spec {
        name: "list-inboxes",
        title: "List inboxes",
        description: "Lists all inboxes.",
        effect: Effect::Read,
        toolset: Toolset::Core,
    };
    const NEEDS: &'static [&'static str] = &["list-inboxes"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let inboxes = context.directory.inboxes(&context.client).await?;
        let rows = roster::matching(&inboxes, input.query.as_deref(), |inbox| vec![&inbox.name]);
        let (inboxes, left_out) = roster::fitting(rows.map(row));
        Ok(Output { inboxes, left_out })
    }
}

fn row(inbox: &Inbox) -> Row {
    Row {
        id: inbox.id.clone(),
        name: Words::line(&inbox.name),
        private: inbox.is_private,
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = roster::report("inbox", "inboxes", &self.inboxes, |row, text| {
            text.say(&row.id).say(" ").quote(&row.name);
            if row.private {
                text.say(" private");
            }
        });
        roster::say_left_out(self.left_out, &mut text);
        text
    }
}
