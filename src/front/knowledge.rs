//! What Front answers about knowledge bases, as far as tools need it: what a thing is, and what it
//! says in one language.

use serde::{Deserialize, Deserializer};

use super::{
    id::{ArticleId, CategoryId, KnowledgeBaseId, Link, TeammateId},
    model::Attachment,
};
use crate::untrusted::Untrusted;

fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// A knowledge base (`KnowledgeBaseSlimResponse`, and with its name `KnowledgeBaseResponse`).
#[derive(Debug, Clone, Deserialize)]
pub struct KnowledgeBase {
    /// Its id.
    pub id: KnowledgeBaseId,
    /// `internal` or `external`.
    #[serde(rename = "type", default, deserialize_with = "or_default")]
    pub kind: String,
    /// Its name, in an answer with content.
    #[serde(default)]
    pub name: Untrusted,
    /// `published` or `unpublished`, in an answer with content.
    #[serde(default, deserialize_with = "or_default")]
    pub status: String,
    /// Its languages, in an answer without content.
    #[serde(default, deserialize_with = "or_default")]
    pub locales: Vec<Untrusted>,
}

/// A category (`KnowledgeBaseCategorySlimResponse`, `KnowledgeBaseCategoryResponse`).
#[derive(Debug, Clone, Deserialize)]
pub struct Category {
    /// Its id.
    pub id: CategoryId,
    /// Its name, in an answer with content.
    #[serde(default)]
    pub name: Untrusted,
    /// Not shown in the navigation.
    #[serde(default, deserialize_with = "or_default")]
    pub is_hidden: bool,
}

/// An article without its content (`KnowledgeBaseArticleSlimResponse`).
#[derive(Debug, Clone, Deserialize)]
pub struct Article {
    /// Its id.
    pub id: ArticleId,
    /// Its languages.
    #[serde(default, deserialize_with = "or_default")]
    pub locales: Vec<Untrusted>,
    /// Unix seconds of the last change.
    #[serde(default)]
    pub updated_at: Option<f64>,
    /// Where it is.
    #[serde(rename = "_links", default, deserialize_with = "or_default")]
    pub links: ArticleLinks,
}

/// An article in one language (`KnowledgeBaseArticleResponse`).
#[derive(Debug, Clone, Deserialize)]
pub struct Edition {
    /// The article.
    pub id: ArticleId,
    /// Its title.
    #[serde(default)]
    pub name: Untrusted,
    /// `draft` or `published`.
    #[serde(default, deserialize_with = "or_default")]
    pub status: String,
    /// What it is found by besides.
    #[serde(default, deserialize_with = "or_default")]
    pub keywords: Vec<Untrusted>,
    /// HTML.
    #[serde(default)]
    pub content: Untrusted,
    /// The language.
    #[serde(default)]
    pub locale: Untrusted,
    /// Files.
    #[serde(default, deserialize_with = "or_default")]
    pub attachments: Vec<Attachment>,
    /// Unix seconds of the last edit of this language.
    #[serde(default)]
    pub last_edited_at: Option<f64>,
    /// Unix seconds of the last change.
    #[serde(default)]
    pub updated_at: Option<f64>,
    /// Where it is.
    #[serde(rename = "_links", default, deserialize_with = "or_default")]
    pub links: ArticleLinks,
}

/// What an article's links name.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct ArticleLinks {
    #[serde(default, deserialize_with = "or_default")]
    related: Related,
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Related {
    #[serde(default)]
    knowledge_base: Link<KnowledgeBaseId>,
    #[serde(default)]
    category: Link<CategoryId>,
    #[serde(default)]
    last_editor: Link<TeammateId>,
}

impl ArticleLinks {
    /// The knowledge base.
    pub fn base(&self) -> Option<KnowledgeBaseId> {
        self.related.knowledge_base.id()
    }
    /// The category.
    pub fn category(&self) -> Option<CategoryId> {
        self.related.category.id()
    }
    /// Who wrote last.
    pub fn editor(&self) -> Option<TeammateId> {
        self.related.last_editor.id()
    }
}
