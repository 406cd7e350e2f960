//! Knowledge bases as Front writes them: what a thing is, and what it says in one language.

use serde_json::{Value, json};

use super::links::Link;
use crate::sandbox::{
    id::Id,
    state::{Article, Category, Edition, Heading, KnowledgeBase},
};

const BASES: &str = "knowledge_bases";
const CATEGORIES: &str = "knowledge_base_categories";
const ARTICLES: &str = "knowledge_base_articles";

fn base_links(id: Id) -> Value {
    let itself = Link::to(BASES, id);
    json!({
        "self": itself,
        "related": {
            "articles": itself.under("/articles"),
            "categories": itself.under("/categories"),
        },
    })
}

fn locales(headings: &[Heading]) -> Vec<&str> {
    headings.iter().map(|one| one.locale.as_str()).collect()
}

pub(crate) fn knowledge_base(base: &KnowledgeBase) -> Value {
    json!({
        "_links": base_links(base.id),
        "id": base.id,
        "type": base.kind,
        "locales": locales(&base.headings),
        "created_at": base.created_at,
        "updated_at": base.updated_at,
    })
}

pub(crate) fn knowledge_base_content(base: &KnowledgeBase, heading: &Heading) -> Value {
    json!({
        "_links": base_links(base.id),
        "id": base.id,
        "name": heading.name,
        "status": base.status,
        "type": base.kind,
        "locale": heading.locale,
        "created_at": base.created_at,
        "updated_at": base.updated_at,
    })
}

fn category_links(category: &Category) -> Value {
    let itself = Link::to(CATEGORIES, category.id);
    json!({
        "self": itself,
        "related": {
            "knowledge_base": Link::to(BASES, category.base),
            "parent_category": null,
            "articles": itself.under("/articles"),
        },
    })
}

pub(crate) fn category(category: &Category) -> Value {
    json!({
        "_links": category_links(category),
        "id": category.id,
        "slug": format!("/categories/{}", category.id.number()),
        "is_hidden": category.is_hidden,
        "locales": locales(&category.headings),
        "created_at": category.created_at,
        "updated_at": category.updated_at,
    })
}

pub(crate) fn category_content(category: &Category, heading: &Heading) -> Value {
    json!({
        "_links": category_links(category),
        "id": category.id,
        "name": heading.name,
        "description": heading.description,
        "is_hidden": category.is_hidden,
        "locale": heading.locale,
        "created_at": category.created_at,
        "updated_at": category.updated_at,
    })
}

fn slug(article: &Article) -> String {
    format!("/articles/{}", article.id.number())
}

pub(crate) fn article(article: &Article) -> Value {
    let itself = Link::to(ARTICLES, article.id);
    let locales: Vec<&str> = article.editions.iter().map(|one| &*one.locale).collect();
    json!({
        "_links": {
            "self": itself,
            "related": {
                "knowledge_base": Link::to(BASES, article.base),
                "category": article.category.map(|id| Link::to(CATEGORIES, id)),
                "content": itself.under("/content"),
            },
        },
        "id": article.id,
        "slug": slug(article),
        "locales": locales,
        "created_at": article.created_at,
        "updated_at": article.updated_at,
    })
}

pub(crate) fn article_content(article: &Article, edition: &Edition) -> Value {
    json!({
        "_links": {
            "self": Link::to(ARTICLES, article.id),
            "related": {
                "knowledge_base": Link::to(BASES, article.base),
                "category": article.category.map(|id| Link::to(CATEGORIES, id)),
                "last_editor": edition.editor.map(|id| Link::to("teammates", id)),
            },
        },
        "id": article.id,
        "slug": slug(article),
        "name": edition.name,
        "status": edition.status,
        "keywords": edition.keywords,
        "content": edition.content,
        "locale": edition.locale,
        "attachments": [],
        "last_edited_at": edition.edited_at,
        "created_at": article.created_at,
        "updated_at": article.updated_at,
    })
}
