//! Writing articles, as drafts or published.

use crate::sandbox::{
    answer::{Outcome, created, ok},
    call::Call,
    fields::Fields,
    id::Id,
    refusal::Refusal,
    state::{Article, Edition, State},
    view,
};

use super::knowledge;

const STATUSES: [&str; 2] = ["draft", "published"];

fn author(state: &State, fields: &mut Fields) -> Option<Id> {
    let text = fields.required_text("author_id");
    let known = state.teammate(&text).map(|teammate| teammate.id);
    if known.is_none() && !text.is_empty() {
        fields.complain("author_id", &format!("unknown id {text}"));
    }
    known
}

pub(super) fn create(state: &mut State, call: &Call) -> Outcome {
    let base = knowledge::find_base(state, call)?;
    let (base, default) = (base.id, base.headings.first().map(|one| one.locale.clone()));
    let mut fields = Fields::of(call)?;
    let editor = author(state, &mut fields);
    let category = fields.text("category_id").and_then(|text| {
        let known = Id::parse(&text).filter(|id| {
            let category = state.categories.get(*id);
            category.is_some_and(|category| category.base == base)
        });
        if known.is_none() {
            fields.complain("category_id", &format!("unknown id {text}"));
        }
        known
    });
    let name = fields.required_text("subject");
    let content = fields.required_text("content");
    let status = fields.word("status", &STATUSES).unwrap_or("draft");
    fields.check()?;
    let now = state.tick();
    let locale = match call.parameter(1) {
        "" => default.unwrap_or_else(|| "en".to_owned()),
        locale => locale.to_owned(),
    };
    let article = Article {
        id: state.articles.next_id("kba"),
        base,
        category,
        editions: vec![Edition {
            locale,
            name,
            status,
            keywords: Vec::new(),
            content,
            editor,
            edited_at: now,
        }],
        created_at: now,
        updated_at: now,
    };
    let answer = match article.editions.first() {
        Some(edition) => created(&view::article_content(&article, edition)),
        None => Err(Refusal::bad_request("No edition")),
    };
    state.articles.insert(article);
    answer
}

/// Without `status` the edition becomes a draft, which is the default that Front documents. A
/// language that is not there yet is added.
pub(super) fn update(state: &mut State, call: &Call) -> Outcome {
    let id = knowledge::find(state, call)?.id;
    let mut fields = Fields::of(call)?;
    let editor = author(state, &mut fields);
    let content = fields.required_text("content");
    let name = fields.text("subject");
    let status = fields.word("status", &STATUSES).unwrap_or("draft");
    fields.check()?;
    let now = state.tick();
    let missing = || Refusal::not_found("article", call.parameter(0));
    let article = state.articles.get_mut(id).ok_or_else(missing)?;
    article.updated_at = now;
    let locale = call.parameter(1);
    let found = article
        .editions
        .iter()
        .position(|one| locale.is_empty() || one.locale == locale);
    let position = found.unwrap_or(article.editions.len());
    let before = article.editions.get(position);
    let edition = Edition {
        locale: before.map_or(locale, |one| &one.locale).to_owned(),
        name: name
            .or_else(|| before.map(|one| one.name.clone()))
            .unwrap_or_default(),
        status,
        keywords: before.map(|one| one.keywords.clone()).unwrap_or_default(),
        content,
        editor,
        edited_at: now,
    };
    match article.editions.get_mut(position) {
        Some(known) => *known = edition,
        None => article.editions.push(edition),
    }
    let article = state.articles.get(id).ok_or_else(missing)?;
    let edition = article.editions.get(position).ok_or_else(missing)?;
    ok(&view::article_content(article, edition))
}

pub(super) fn remove(state: &mut State, call: &Call) -> Outcome {
    let article = knowledge::find(state, call)?;
    let (id, answer) = (article.id, ok(&view::article(article)));
    state.articles.remove(id);
    answer
}
