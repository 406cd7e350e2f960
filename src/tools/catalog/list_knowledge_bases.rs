//! `list-knowledge-bases`: what there is to read, with its categories.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::{
        endpoints::knowledge::{GetKnowledgeBase, ListKnowledgeBases},
        id::{CategoryId, KnowledgeBaseId},
    },
    shape::{text::Text, words::Words},
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset, article,
        conversation_row::Named, roster,
    },
    untrusted::Untrusted,
};

pub static TOOL: Entry = Entry::of::<ListKnowledgeBasesTool>();

struct ListKnowledgeBasesTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Without their categories, which saves a request for each.
    #[serde(default)]
    names_only: bool,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    knowledge_bases: Vec<Row>,
}

#[derive(Serialize, JsonSchema)]
struct Row {
    id: KnowledgeBaseId,
    name: Words,
    /// Only teammates can read it.
    internal: bool,
    /// `published` or `unpublished`.
    status: Words,
    locales: Vec<Words>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    categories: Vec<Named<CategoryId>>,
    /// Categories that are not listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    more_categories: Option<usize>,
}

impl Tool for ListKnowledgeBasesTool {
    const SPEC: Spec = Spec {
        name: "list-knowledge-bases",
        title: "List knowledge bases",
        description: "Lists the knowledge bases with their languages and categories.",
        effect: Effect::Read,
        toolset: Toolset::Knowledge,
    };
    const NEEDS: &'static [&'static str] = &[
        "list-knowledge-bases",
        "get-a-knowledge-base-with-content-in-default-locale",
    ];
    const USES: &'static [&'static str] = &[
        "list-categories-in-a-knowledge-base",
        "get-knowledge-base-category-content-in-default-locale",
    ];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let listed = context.client.send(&ListKnowledgeBases).await?.results;
        let mut knowledge_bases = Vec::new();
        for base in listed {
            let content = GetKnowledgeBase {
                base: base.id.clone(),
            };
            let content = context.client.send(&content).await?;
            let (categories, more) = match input.names_only {
                true => (Vec::new(), 0),
                false => article::categories(context, &base.id).await?,
            };
            knowledge_bases.push(Row {
                name: Words::line(&content.name),
                internal: base.kind == "internal",
                status: Words::line(&Untrusted::new(content.status)),
                locales: base.locales.iter().take(40).map(Words::line).collect(),
                categories: categories
                    .into_iter()
                    .map(|category| Named {
                        name: Words::line(&category.name),
                        id: category.id,
                    })
                    .collect(),
                more_categories: (more > 0).then_some(more),
                id: base.id,
            });
        }
        Ok(Output { knowledge_bases })
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        roster::report(
            "knowledge base",
            "knowledge bases",
            &self.knowledge_bases,
            |row, text| {
                text.say(&row.id)
                    .say(" ")
                    .quote(&row.name)
                    .say(if row.internal {
                        ", internal, "
                    } else {
                        ", public, "
                    })
                    .quote(&row.status);
                for (index, locale) in row.locales.iter().enumerate() {
                    text.say(if index == 0 { ", in " } else { ", " })
                        .quote(locale);
                }
                for category in &row.categories {
                    text.say("\n  - ");
                    category.say(text);
                }
                if let Some(more) = row.more_categories {
                    text.say("\n  - and ").say(more).say(" more");
                }
            },
        )
    }
}
