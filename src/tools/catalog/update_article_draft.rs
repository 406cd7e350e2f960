//! `update-article-draft`: other words in an article that nobody has published. Of a published one
//! the change would be public at once, or take it down: Front has no draft beside it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    aside::aside,
    front::{
        endpoints::knowledge::{UpdateArticle, UpdateArticleIn},
        id::ArticleId,
        model::Teammate,
    },
    shape::{
        mail::{Quotes, from_html},
        text::Text,
        words::Words,
    },
    tools::{
        Context, Effect, Entry, Report, Spec, Tool, ToolError, Toolset,
        article::{self, Status},
        fit, resolve,
        timeline::cut,
    },
};

pub static TOOL: Entry = Entry::of::<UpdateArticleDraftTool>();

/// Characters of the replaced text that are shown.
const SHOWN: usize = 6_000;

struct UpdateArticleDraftTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Id of a draft.
    article_id: String,
    /// Teammate who writes it: name, e-mail or id.
    author: String,
    /// The new title.
    #[schemars(length(min = 1, max = 500))]
    title: Option<String>,
    /// The whole new text, in Markdown.
    body: Option<String>,
    /// Language; default the article's own.
    locale: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    article_id: ArticleId,
    title: Words,
    status: Status,
    /// The title before.
    #[serde(skip_serializing_if = "Option::is_none")]
    title_before: Option<Words>,
    /// The text that was replaced, which Front does not keep for the API.
    #[serde(skip_serializing_if = "Option::is_none")]
    body_before: Option<Words>,
    /// The text before was longer.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    body_before_cut: bool,
}

impl Tool for UpdateArticleDraftTool {
    const SPEC: Spec = Spec {
        name: "update-article-draft",
        title: "Change an article's draft",
        description: "Replaces title or text of an article that is a draft; a published one is refused. The result holds what was replaced.",
        effect: Effect::Remove,
        toolset: Toolset::Knowledge,
    };
    const NEEDS: &'static [&'static str] = &[
        "get-knowledge-base-article-with-content-in-default-locale",
        "update-article-content-in-default-locale",
    ];
    const USES: &'static [&'static str] = &[
        "get-knowledge-base-article-with-content-in-specified-locale",
        "update-article-content-in-specified-locale",
        "list-teammates",
    ];
    type Input = Input;
    type Output = Output;

    async fn run(context: &Context<'_>, input: Input) -> Result<Output, ToolError> {
        let id = article::id("article_id", &input.article_id)?;
        let locale = match &input.locale {
            Some(given) => Some(article::locale("locale", given)?),
            None => None,
        };
        if input.title.is_none() && input.body.is_none() {
            let message = Text::of("neither a title nor a text is given");
            return Err(ToolError::invalid("body", message));
        }
        let body = match &input.body {
            Some(body) => Some(article::html("body", body)?),
            None => None,
        };
        // Not out of the library: whether it is a draft must be so now.
        let before = article::read(context, id.clone(), locale.clone()).await?;
        if Status::of(&before) == Status::Published {
            let message = Text::of(
                "is published: a change of it would be public at once, or take it down, and nothing was changed",
            );
            return Err(ToolError::invalid("article_id", message)
                .coded("published")
                .next("write the new version with `draft-article`, and tell the user to put it in its place in Front"));
        }
        let author = resolve::id::<Teammate>(context, "author", &input.author).await?;
        let title = input.title.as_deref().map(str::trim);
        let article = json!({
            "author_id": author,
            "subject": title.unwrap_or(before.name.raw()),
            "content": body.as_deref().unwrap_or(before.content.raw()),
            "status": "draft",
        });
        let changed = match locale {
            Some(locale) => {
                let change = UpdateArticleIn {
                    id,
                    locale,
                    article,
                };
                context.client.send(&change).await?
            }
            None => context.client.send(&UpdateArticle { id, article }).await?,
        };
        context.library.outdate();
        let html = before.content.raw();
        let text = match &body {
            Some(_) => aside(html.len() * 8, || from_html(html, Quotes::Keep).markdown),
            None => String::new(),
        };
        let (shown, is_cut) = cut(&text, SHOWN, fit::BODY);
        Ok(Output {
            title: Words::line(&changed.name),
            status: Status::of(&changed),
            article_id: changed.id,
            title_before: title
                .is_some()
                .then(|| Words::line(&before.name))
                .filter(|words| !words.is_empty()),
            body_before: Some(Words::block(shown)).filter(|words| !words.is_empty()),
            body_before_cut: is_cut,
        })
    }
}

impl Report for Output {
    fn report(&self) -> Text {
        let mut text = Text::of("Changed article ");
        text.say(&self.article_id)
            .say(" ")
            .quote(&self.title)
            .say(match self.status {
                Status::Draft => ", a draft. A person publishes it in Front.",
                Status::Published => ", which Front says is PUBLISHED. Tell the user at once.",
            });
        if let Some(title) = &self.title_before {
            text.say("\nTitle before ").quote(title);
        }
        if let Some(body) = &self.body_before {
            text.say(match self.body_before_cut {
                true => "\nText before (cut):\n",
                false => "\nText before:\n",
            })
            .quote(body);
        }
        text
    }
}
