//! `search-articles`: articles of the knowledge bases by words, out of what was read of them here.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    front::id::{ArticleId, KnowledgeBaseId},
    shape::{moment::Moment, text::Text, words::Words},
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset, article::Status,
        conversation_row::Named, library, library::Base, ranking, resolve,
    },
};

pub static TOOL: Entry = Entry::of::<SearchArticlesTool>();

struct SearchArticlesTool;

const USUAL: u32 = 5;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// What it is about: `refund after 30 days`.
    #[schemars(length(max = 500))]
    query: String,
    /// Only this one, by name or id.
    knowledge_base: Option<String>,
    /// Only this language: `en`.
    locale: Option<String>,
    /// Only these.
    status: Option<StatusInput>,
    /// Default 5.
    #[schemars(range(min = 1, max = 20))]
    limit: Option<u32>,
}

#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum StatusInput {
    Published,
    Draft,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    /// Best first.
    articles: Vec<Row>,
    /// What was searched.
    searched: Searched,
}

#[derive(Serialize, JsonSchema)]
struct Row {
    article_id: ArticleId,
    title: Words,
    #[serde(skip_serializing_if = "Option::is_none")]
    knowledge_base: Option<Named<KnowledgeBaseId>>,
    /// Written for teammates alone: not to be told to customers.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    internal: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    locale: Option<Words>,
    status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    changed_at: Option<Moment>,
    /// Where the words stand.
    snippet: Words,
}

#[derive(Serialize, JsonSchema)]
struct Searched {
    /// Texts that were searched: articles in each of their languages.
    texts: usize,
    /// Texts that there are.
    of: usize,
    /// Everything was searched, as the list had it.
    complete: bool,
    /// When the list was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    listed_at: Option<Moment>,
    /// Why not all of it, or not as it is now.
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<&'static str>,
}

impl Tool for SearchArticlesTool {
    const SPEC: Spec = Spec {
        name: "search-articles",
        title: "Search articles",
        description: "Finds knowledge base articles by words. The first search reads the articles, which may take several calls; the result says how complete and how fresh it is.",
        effect: Effect::Read,
        toolset: Toolset::Knowledge,
    };
    const NEEDS: &'static [&'static str] = &["list-knowledge-bases"];
    const USES: &'static [&'static str] = &[
        "get-a-knowledge-base-with-content-in-default-locale",
        "list-articles-in-a-knowledge-base",
        "get-knowledge-base-article-with-content-in-default-locale",
        "get-knowledge-base-article-with-content-in-specified-locale",
    ];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        if ranking::wanted(&input.query).is_empty() {
            let message = Text::of("holds no word that could be looked for");
            return Err(ToolError::invalid("query", message));
        }
        let library = context.library;
        let base = match &input.knowledge_base {
            Some(given) => Some(resolve::id::<Base>(context, "knowledge_base", given).await?),
            None => None,
        };
        let locale = input.locale.as_deref().map(str::trim);
        let behind = library
            .refresh(
                &context.client,
                context.host.progress(),
                base.as_ref(),
                locale,
            )
            .await?;
        let hits = library.search(&library::Wanted {
            query: &input.query,
            base: base.as_ref(),
            locale,
            published: input
                .status
                .map(|status| matches!(status, StatusInput::Published)),
            limit: input.limit.unwrap_or(USUAL) as usize,
        });
        let coverage = library.coverage();
        Ok(Output {
            articles: hits.into_iter().map(Row::of).collect(),
            searched: Searched {
                texts: coverage.read,
                of: coverage.known,
                complete: coverage.read == coverage.known && behind.is_none() && !coverage.is_cut,
                listed_at: coverage.listed_at,
                because: behind.map(library::Behind::words).or(coverage
                    .is_cut
                    .then_some("there are more articles than are kept here")),
            },
        })
    }
}

impl Row {
    fn of(hit: library::Hit) -> Self {
        Self {
            article_id: hit.id,
            title: Words::line(&hit.title),
            internal: hit.base.as_ref().is_some_and(|base| !base.is_external),
            knowledge_base: hit.base.map(|base| Named {
                name: Words::line(&base.name),
                id: base.id,
            }),
            locale: Words::some_line(&hit.locale),
            status: match hit.is_published {
                true => Status::Published,
                false => Status::Draft,
            },
            changed_at: hit.changed,
            snippet: Words::cut(&hit.snippet, 320),
        }
    }

    fn say(&self, text: &mut Text) {
        text.say("\n- ")
            .say(&self.article_id)
            .say(" ")
            .quote(&self.title)
            .say(", ")
            .say(self.status.word());
        if self.internal {
            text.say(", internal");
        }
        if let Some(locale) = &self.locale {
            text.say(", in ").quote(locale);
        }
        if let Some(base) = &self.knowledge_base {
            text.say(", of ");
            base.say(text);
        }
        if let Some(changed) = &self.changed_at {
            text.say(", changed ").say(changed);
        }
        if !self.snippet.is_empty() {
            text.say("\n  ").quote(&self.snippet);
        }
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::new();
        text.say(match self.articles.len() {
            0 => "No article found",
            _ => "Articles, best first:",
        });
        for row in &self.articles {
            row.say(&mut text);
        }
        let searched = &self.searched;
        text.say(match searched.complete {
            true => "\nSearched everything: ",
            false => "\nNOT everything was searched: ",
        });
        text.say(searched.texts)
            .say(" of ")
            .say(searched.of)
            .say(" texts");
        if let Some(at) = &searched.listed_at {
            text.say(", as listed ").say(at);
        }
        if let Some(because) = searched.because {
            text.say("; ").say(because);
        }
        if !searched.complete {
            text.say("; the same call again goes on reading");
        }
        text.say(match self.articles.is_empty() {
            true => ".",
            false => ". `get-article` shows a whole one.",
        });
        text
    }
}
