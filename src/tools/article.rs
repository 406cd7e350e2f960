//! What the tools of knowledge bases share: bases and categories by name, an article in a
//! language, and a text of ours as an article's.

use std::sync::Arc;

use futures_util::future::join_all;
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    Context, ToolError,
    composing::{BodyFormat, body},
    library::Base,
    resolve::{self, Resolvable},
};
use crate::{
    front::{
        FrontError, FrontErrorKind,
        endpoints::knowledge::{GetCategory, ListCategories, edition},
        id::{ArticleId, KnowledgeBaseId},
        knowledge::{Category, Edition},
        page::every,
        path::Segment,
    },
    shape::text::Text,
    untrusted::Untrusted,
};

/// Names of categories that are read: each is a request.
const MOST_CATEGORIES: usize = 100;
/// Pages of categories that are counted.
const MOST_PAGES: usize = 11;
/// Requests at once.
const AT_ONCE: usize = 4;

/// Who can read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nobody but teammates.
    Draft,
    /// Whoever may read the knowledge base.
    Published,
}

impl Status {
    /// As a word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
        }
    }

    /// Of an article; what is not known to be a draft is treated as published.
    pub fn of(edition: &Edition) -> Self {
        match edition.status.as_str() {
            "draft" => Self::Draft,
            _ => Self::Published,
        }
    }
}

impl Resolvable for Base {
    type Id = KnowledgeBaseId;
    const WHAT: &'static str = KnowledgeBaseId::WHAT;
    const LISTED_BY: &'static str = "`list-knowledge-bases`";
    fn parse_id(text: &str) -> Option<KnowledgeBaseId> {
        KnowledgeBaseId::parse(text)
    }
    fn id(&self) -> &KnowledgeBaseId {
        &self.id
    }
    fn shown(&self) -> Untrusted {
        self.name.clone()
    }
    async fn all(context: &Context<'_>) -> Result<Arc<Vec<Self>>, FrontError> {
        let known = context.library.bases();
        if !known.is_empty() {
            return Ok(Arc::new(known));
        }
        Ok(Arc::new(Self::listed(&context.client).await?))
    }
}

/// A base's categories with their names, and how many more there are.
pub async fn categories(
    context: &Context<'_>,
    base: &KnowledgeBaseId,
) -> Result<(Vec<Category>, usize), ToolError> {
    let of = ListCategories { base: base.clone() };
    let read = every(&context.client, &of, Some(100), MOST_PAGES).await?;
    let mut listed = read.rows;
    let more = listed.len().saturating_sub(MOST_CATEGORIES);
    listed.truncate(MOST_CATEGORIES);
    let mut named = Vec::with_capacity(listed.len());
    for some in listed.chunks(AT_ONCE) {
        let read = some.iter().map(|one| {
            let category = one.id.clone();
            async move { context.client.send(&GetCategory { category }).await }
        });
        for category in join_all(read).await {
            named.push(category?);
        }
    }
    Ok((named, more))
}

/// The language as a part of a path.
pub fn locale(field: &str, given: &str) -> Result<Segment, ToolError> {
    let given = given.trim();
    let is_locale = (2..=16).contains(&given.len())
        && given
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    match Segment::plain(given) {
        Ok(segment) if is_locale => Ok(segment),
        _ => Err(ToolError::invalid(
            field,
            Text::of("must be a language such as `en` or `fr`"),
        )),
    }
}

/// An article in one language, or in its default one.
pub async fn read(
    context: &Context<'_>,
    article: ArticleId,
    locale: Option<Segment>,
) -> Result<Edition, ToolError> {
    let read = edition(&context.client, article, locale).await;
    read.map_err(|error| {
        let is_missing = error.kind == FrontErrorKind::Status(404);
        let error = ToolError::from(error);
        match is_missing {
            true => error
                .on("article_id")
                .next("find the article with `search-articles`; leave `locale` out for its default language"),
            false => error,
        }
    })
}

/// The id of an article.
pub fn id(field: &str, given: &str) -> Result<ArticleId, ToolError> {
    let given = resolve::unwrapped(given);
    ArticleId::parse(given).ok_or_else(|| {
        resolve::wrong_id(field, given, "an article id such as `kba_12`")
            .next("find the article with `search-articles`")
    })
}

/// A Markdown text as HTML that says no more than it shows.
pub fn html(field: &str, markdown: &str) -> Result<String, ToolError> {
    let made = body(markdown, BodyFormat::Markdown).map_err(|error| error.on(field))?;
    Ok(made.html)
}
