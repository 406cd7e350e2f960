//! Reading knowledge bases: what is there, and what it says in one language.

use crate::sandbox::{
    answer::{Outcome, ok},
    call::Call,
    page::Cut,
    refusal::Refusal,
    state::{Article, Category, Edition, Heading, KnowledgeBase, State},
    view::{self, Listing},
};

pub(super) fn bases(state: &State, call: &Call) -> Outcome {
    ok(&Listing::new(
        &call.path,
        state.knowledge_bases.iter().map(view::knowledge_base),
    ))
}

pub(super) fn find_base<'a>(state: &'a State, call: &Call) -> Result<&'a KnowledgeBase, Refusal> {
    let id = call.id("knb", "knowledge base")?;
    state
        .knowledge_bases
        .get(id)
        .ok_or_else(|| Refusal::not_found("knowledge base", call.parameter(0)))
}

pub(super) fn base(state: &State, call: &Call) -> Outcome {
    ok(&view::knowledge_base(find_base(state, call)?))
}

/// What is said in the language that the path names, or in the default one.
fn heading<'a>(headings: &'a [Heading], call: &Call) -> Result<&'a Heading, Refusal> {
    let locale = call.parameter(1);
    headings
        .iter()
        .find(|one| locale.is_empty() || one.locale == locale)
        .ok_or_else(|| Refusal::not_found("locale", locale))
}

pub(super) fn base_content(state: &State, call: &Call) -> Outcome {
    let base = find_base(state, call)?;
    let heading = heading(&base.headings, call)?;
    ok(&view::knowledge_base_content(base, heading))
}

pub(super) fn categories(state: &State, call: &Call) -> Outcome {
    let base = find_base(state, call)?.id;
    let all = state.categories.iter();
    let of_base: Vec<&Category> = all.filter(|one| one.base == base).collect();
    ok(&Cut::of(call)?.page(call, &of_base, None, |one| view::category(one)))
}

fn find_category<'a>(state: &'a State, call: &Call) -> Result<&'a Category, Refusal> {
    let id = call.id("kbc", "category")?;
    state
        .categories
        .get(id)
        .ok_or_else(|| Refusal::not_found("category", call.parameter(0)))
}

pub(super) fn category(state: &State, call: &Call) -> Outcome {
    ok(&view::category(find_category(state, call)?))
}

pub(super) fn category_content(state: &State, call: &Call) -> Outcome {
    let category = find_category(state, call)?;
    let heading = heading(&category.headings, call)?;
    ok(&view::category_content(category, heading))
}

pub(super) fn articles(state: &State, call: &Call) -> Outcome {
    let base = find_base(state, call)?.id;
    page(state, call, |one| one.base == base)
}

pub(super) fn articles_of_category(state: &State, call: &Call) -> Outcome {
    let category = find_category(state, call)?.id;
    page(state, call, |one| one.category == Some(category))
}

fn page(state: &State, call: &Call, is_in: impl Fn(&Article) -> bool) -> Outcome {
    let found: Vec<&Article> = state.articles.iter().filter(|one| is_in(one)).collect();
    ok(&Cut::of(call)?.page(call, &found, None, |one| view::article(one)))
}

pub(super) fn find<'a>(state: &'a State, call: &Call) -> Result<&'a Article, Refusal> {
    let id = call.id("kba", "article")?;
    state
        .articles
        .get(id)
        .ok_or_else(|| Refusal::not_found("article", call.parameter(0)))
}

pub(super) fn article(state: &State, call: &Call) -> Outcome {
    ok(&view::article(find(state, call)?))
}

pub(super) fn article_content(state: &State, call: &Call) -> Outcome {
    let article = find(state, call)?;
    ok(&view::article_content(article, edition(article, call)?))
}

fn edition<'a>(article: &'a Article, call: &Call) -> Result<&'a Edition, Refusal> {
    let locale = call.parameter(1);
    article
        .editions
        .iter()
        .find(|one| locale.is_empty() || one.locale == locale)
        .ok_or_else(|| Refusal::not_found("locale", locale))
}
