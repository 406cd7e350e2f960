//! Knowledge bases: what there is, what it says, and changes that the policy must name. Where Front
//! has a form for the default language and one for a named one, they are two.

use serde_json::Value;

use crate::front::{
    FrontError,
    client::{Client, Endpoint},
    id::{ArticleId, CategoryId, KnowledgeBaseId},
    knowledge::{Article, Category, Edition, KnowledgeBase},
    page::Page,
    path::Segment,
};

/// `GET /knowledge_bases`, not paged.
#[derive(Debug)]
pub struct ListKnowledgeBases;

impl Endpoint for ListKnowledgeBases {
    const OPERATION: &'static str = "list-knowledge-bases";
    type Answer = Page<KnowledgeBase>;
}

/// `GET /knowledge_bases/{knowledge_base_id}/content`: with its name.
#[derive(Debug)]
pub struct GetKnowledgeBase {
    /// The knowledge base.
    pub base: KnowledgeBaseId,
}

impl Endpoint for GetKnowledgeBase {
    const OPERATION: &'static str = "get-a-knowledge-base-with-content-in-default-locale";
    type Answer = KnowledgeBase;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.base.segment()]
    }
}

/// `GET /knowledge_bases/{knowledge_base_id}/categories`.
#[derive(Debug)]
pub struct ListCategories {
    /// The knowledge base.
    pub base: KnowledgeBaseId,
}

impl Endpoint for ListCategories {
    const OPERATION: &'static str = "list-categories-in-a-knowledge-base";
    type Answer = Page<Category>;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.base.segment()]
    }
}

/// `GET /knowledge_base_categories/{category_id}/content`: with its name.
#[derive(Debug)]
pub struct GetCategory {
    /// The category.
    pub category: CategoryId,
}

impl Endpoint for GetCategory {
    const OPERATION: &'static str = "get-knowledge-base-category-content-in-default-locale";
    type Answer = Category;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.category.segment()]
    }
}

/// `GET /knowledge_bases/{knowledge_base_id}/articles`.
#[derive(Debug)]
pub struct ListArticles {
    /// The knowledge base.
    pub base: KnowledgeBaseId,
}

impl Endpoint for ListArticles {
    const OPERATION: &'static str = "list-articles-in-a-knowledge-base";
    type Answer = Page<Article>;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.base.segment()]
    }
}

/// `GET /knowledge_base_articles/{article_id}/content`.
#[derive(Debug)]
pub struct GetArticle {
    /// The article.
    pub article: ArticleId,
}

impl Endpoint for GetArticle {
    const OPERATION: &'static str = "get-knowledge-base-article-with-content-in-default-locale";
    type Answer = Edition;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.article.segment()]
    }
}

/// `GET /knowledge_base_articles/{article_id}/locales/{locale}/content`.
#[derive(Debug)]
pub struct GetArticleIn {
    /// The article.
    pub article: ArticleId,
    /// The language.
    pub locale: Segment,
}

impl Endpoint for GetArticleIn {
    const OPERATION: &'static str = "get-knowledge-base-article-with-content-in-specified-locale";
    type Answer = Edition;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.article.segment(), self.locale.clone()]
    }
}

/// An article in one language, or in its default one.
pub async fn edition(
    client: &Client,
    article: ArticleId,
    locale: Option<Segment>,
) -> Result<Edition, FrontError> {
    match locale {
        Some(locale) => client.send(&GetArticleIn { article, locale }).await,
        None => client.send(&GetArticle { article }).await,
    }
}

/// `POST /knowledge_bases/{knowledge_base_id}/articles`.
#[derive(Debug)]
pub struct CreateArticle {
    /// The knowledge base.
    pub base: KnowledgeBaseId,
    /// Author, subject, content, status, category.
    pub article: Value,
}

impl Endpoint for CreateArticle {
    const OPERATION: &'static str = "create-article-in-a-knowledge-base-in-default-locale";
    type Answer = Edition;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.base.segment()]
    }
    fn body(&self) -> Option<Value> {
        Some(self.article.clone())
    }
}

/// `POST /knowledge_bases/{knowledge_base_id}/locales/{locale}/articles`.
#[derive(Debug)]
pub struct CreateArticleIn {
    /// The knowledge base.
    pub base: KnowledgeBaseId,
    /// The language.
    pub locale: Segment,
    /// Author, subject, content, status, category.
    pub article: Value,
}

impl Endpoint for CreateArticleIn {
    const OPERATION: &'static str = "create-article-in-a-knowledge-base-in-specified-locale";
    type Answer = Edition;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.base.segment(), self.locale.clone()]
    }
    fn body(&self) -> Option<Value> {
        Some(self.article.clone())
    }
}

/// `PATCH /knowledge_base_articles/{article_id}/content`.
#[derive(Debug)]
pub struct UpdateArticle {
    /// The article.
    pub id: ArticleId,
    /// Author, subject, content, status.
    pub article: Value,
}

impl Endpoint for UpdateArticle {
    const OPERATION: &'static str = "update-article-content-in-default-locale";
    type Answer = Edition;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.id.segment()]
    }
    fn body(&self) -> Option<Value> {
        Some(self.article.clone())
    }
}

/// `PATCH /knowledge_base_articles/{article_id}/locales/{locale}/content`.
#[derive(Debug)]
pub struct UpdateArticleIn {
    /// The article.
    pub id: ArticleId,
    /// The language.
    pub locale: Segment,
    /// Author, subject, content, status.
    pub article: Value,
}

impl Endpoint for UpdateArticleIn {
    const OPERATION: &'static str = "update-article-content-in-specified-locale";
    type Answer = Edition;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.id.segment(), self.locale.clone()]
    }
    fn body(&self) -> Option<Value> {
        Some(self.article.clone())
    }
}
