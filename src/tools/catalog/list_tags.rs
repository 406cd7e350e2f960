//! `list-tags`: every tag with the one above it, kept for a minute.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::{id::TagId, model::Tag},
    shape::{text::Text, words::Words},
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset,
        conversation_row::{Label, label},
        roster,
    },
};

pub static TOOL: Entry = Entry::of::<ListTagsTool>();

struct ListTagsTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Only names or descriptions that hold this.
    query: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    tags: Vec<Row>,
    /// More that did not fit; `query` narrows the list.
    #[serde(skip_serializing_if = "roster::is_none")]
    left_out: usize,
}

#[derive(Serialize, JsonSchema)]
struct Row {
    id: TagId,
    name: Words,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Words>,
    /// The tag above it.
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<Label>,
    /// One teammate's own.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    private: bool,
}

impl Tool for ListTagsTool {
    const SPEC: Spec = Spec {
        name: "list-tags",
        title: "List tags",
        description: "Lists all tags and their parents.",
        effect: Effect::Read,
        toolset: Toolset::Core,
    };
    const NEEDS: &'static [&'static str] = &["list-tags"];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let tags = context.directory.tags(&context.client).await?;
        let by_id: HashMap<_, _> = tags.iter().map(|tag| (&tag.id, tag)).collect();
        let rows = roster::matching(&tags, input.query.as_deref(), |tag| {
            vec![&tag.name, &tag.description]
        });
        let (tags, left_out) = roster::fitting(rows.map(|tag| row(tag, &by_id)));
        Ok(Output { tags, left_out })
    }
}

fn row(tag: &Tag, by_id: &HashMap<&TagId, &Tag>) -> Row {
    Row {
        id: tag.id.clone(),
        name: Words::line(&tag.name),
        description: Words::some_line(&tag.description),
        parent: tag
            .links
            .parent_tag()
            .and_then(|id| by_id.get(&id).map(|parent| label(parent))),
        private: tag.is_private,
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = roster::report("tag", "tags", &self.tags, |row, text| {
            text.say(&row.id).say(" ").quote(&row.name);
            if let Some(description) = &row.description {
                text.say(": ").quote(description);
            }
            if let Some(parent) = &row.parent {
                text.say(" under ");
                parent.say(text);
            }
            if row.private {
                text.say(" private");
            }
        });
        roster::say_left_out(self.left_out, &mut text);
        text
    }
}
