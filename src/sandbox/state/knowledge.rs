//! Knowledge bases, their categories and articles, each in one or more languages.

use super::Row;
use crate::sandbox::id::Id;

/// A name, and what stands under it, in one language.
#[derive(Debug)]
pub(crate) struct Heading {
    pub(crate) locale: String,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
}

/// A knowledge base; the first heading is of its default language.
#[derive(Debug)]
pub(crate) struct KnowledgeBase {
    pub(crate) id: Id,
    /// `internal` or `external`.
    pub(crate) kind: &'static str,
    /// `published` or `unpublished`.
    pub(crate) status: &'static str,
    pub(crate) headings: Vec<Heading>,
    pub(crate) created_at: f64,
    pub(crate) updated_at: f64,
}

/// A category of one.
#[derive(Debug)]
pub(crate) struct Category {
    pub(crate) id: Id,
    pub(crate) base: Id,
    pub(crate) is_hidden: bool,
    pub(crate) headings: Vec<Heading>,
    pub(crate) created_at: f64,
    pub(crate) updated_at: f64,
}

/// An article; the first edition is of the default language.
#[derive(Debug)]
pub(crate) struct Article {
    pub(crate) id: Id,
    pub(crate) base: Id,
    pub(crate) category: Option<Id>,
    pub(crate) editions: Vec<Edition>,
    pub(crate) created_at: f64,
    pub(crate) updated_at: f64,
}

/// An article in one language.
#[derive(Debug)]
pub(crate) struct Edition {
    pub(crate) locale: String,
    pub(crate) name: String,
    /// `draft` or `published`.
    pub(crate) status: &'static str,
    pub(crate) keywords: Vec<String>,
    /// HTML.
    pub(crate) content: String,
    pub(crate) editor: Option<Id>,
    pub(crate) edited_at: f64,
}

macro_rules! rows {
    ($($row:ty),+) => {
        $(impl Row for $row {
            fn id(&self) -> Id {
                self.id
            }
        })+
    };
}

rows!(KnowledgeBase, Category, Article);
