//! `draft-article`: a new article that nobody has published.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    front::{
        endpoints::knowledge::{CreateArticle, CreateArticleIn},
        id::{ArticleId, CategoryId, KnowledgeBaseId},
        model::Teammate,
    },
    shape::{text::Text, words::Words},
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset,
        arguments::clip,
        article::{self, Status},
        library::Base,
        resolve,
    },
};

pub static TOOL: Entry = Entry::of::<DraftArticleTool>();

struct DraftArticleTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Name or id.
    knowledge_base: String,
    /// Its title.
    #[schemars(length(min = 1, max = 500))]
    title: String,
    /// Markdown.
    body: String,
    /// Teammate who writes it: name, e-mail or id.
    author: String,
    /// Name or id.
    category: Option<String>,
    /// Language; default the knowledge base's own.
    locale: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    article_id: ArticleId,
    title: Words,
    status: Status,
    knowledge_base_id: KnowledgeBaseId,
    #[serde(skip_serializing_if = "Option::is_none")]
    category_id: Option<CategoryId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    locale: Option<Words>,
}

impl Tool for DraftArticleTool {
    const SPEC: Spec = Spec {
        name: "draft-article",
        title: "Draft an article",
        description: "Writes a new knowledge base article as a draft. Publishing it is left to a person in Front.",
        effect: Effect::Create,
        toolset: Toolset::Knowledge,
    };
    const NEEDS: &'static [&'static str] =
        &["create-article-in-a-knowledge-base-in-default-locale"];
    const USES: &'static [&'static str] = &[
        "create-article-in-a-knowledge-base-in-specified-locale",
        "list-teammates",
        "list-knowledge-bases",
        "get-a-knowledge-base-with-content-in-default-locale",
        "list-categories-in-a-knowledge-base",
        "get-knowledge-base-category-content-in-default-locale",
    ];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let content = article::html("body", &input.body)?;
        let locale = match &input.locale {
            Some(given) => Some(article::locale("locale", given)?),
            None => None,
        };
        let base = resolve::id::<Base>(context, "knowledge_base", &input.knowledge_base).await?;
        let author = resolve::id::<Teammate>(context, "author", &input.author).await?;
        let category = match &input.category {
            Some(given) => Some(category(context, &base, given).await?),
            None => None,
        };
        // Said, though it is Front's default: nothing here publishes.
        let mut article = json!({
            "author_id": author,
            "subject": input.title.trim(),
            "content": content,
            "status": "draft",
        });
        if let (Some(category), Some(fields)) = (&category, article.as_object_mut()) {
            fields.insert("category_id".into(), json!(category));
        }
        let knowledge_base = base.clone();
        let made = match locale {
            Some(locale) => {
                let new = CreateArticleIn {
                    base,
                    locale,
                    article,
                };
                context.client.send(&new).await?
            }
            None => {
                context
                    .client
                    .send(&CreateArticle { base, article })
                    .await?
            }
        };
        context.library.outdate();
        Ok(Output {
            title: Words::line(&made.name),
            status: Status::of(&made),
            knowledge_base_id: knowledge_base,
            category_id: made.links.category().or(category),
            locale: Words::some_line(&made.locale),
            article_id: made.id,
        })
    }
}

async fn category(
    context: &Context<'_>,
    base: &KnowledgeBaseId,
    given: &str,
) -> Result<CategoryId, ToolError> {
    let given = resolve::unwrapped(given);
    if let Some(id) = CategoryId::parse(given) {
        return Ok(id);
    }
    let (categories, _) = article::categories(context, base).await?;
    let wanted = given.to_lowercase();
    let mut meant = categories
        .iter()
        .filter(|one| one.name.raw().trim().to_lowercase() == wanted);
    if let (Some(only), None) = (meant.next(), meant.next()) {
        return Ok(only.id.clone());
    }
    let mut message = Text::of("names no single category of this knowledge base: ");
    message.quote_text(&clip(given)).say("; there are ");
    for (index, one) in categories.iter().take(10).enumerate() {
        text_of(index, one, &mut message);
    }
    Err(ToolError::not_found("category", message)
        .next("call again with one of these ids; `list-knowledge-bases` shows all"))
}

fn text_of(index: usize, category: &crate::front::knowledge::Category, text: &mut Text) {
    text.say(if index == 0 { "" } else { ", " })
        .quote(&Words::line(&category.name))
        .say(" (")
        .say(&category.id)
        .say(")");
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::of(match self.status {
            Status::Draft => "Drafted article ",
            Status::Published => "Front says that it PUBLISHED article ",
        });
        text.say(&self.article_id)
            .say(" ")
            .quote(&self.title)
            .say(" in ")
            .say(&self.knowledge_base_id);
        if let Some(category) = &self.category_id {
            text.say(" under ").say(category);
        }
        if let Some(locale) = &self.locale {
            text.say(", in ").quote(locale);
        }
        text.say(match self.status {
            Status::Draft => ". A person publishes it in Front.",
            Status::Published => ". Tell the user at once.",
        });
        text
    }
}
