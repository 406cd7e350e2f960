//! The articles in memory, and how they are searched.

use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;
use tokio::time::Instant;

use crate::{
    aside::aside,
    front::{
        id::{ArticleId, CategoryId, KnowledgeBaseId},
        knowledge::{Article, Edition},
    },
    shape::{
        mail::{Quotes, from_html},
        moment::Moment,
    },
    tools::ranking::{Vocabulary, Weighed, snippet},
    untrusted::Untrusted,
};

/// Articles that are kept.
pub(super) const MOST_ARTICLES: usize = 2_000;
/// Bytes of text that are kept.
pub(super) const MOST_BYTES: usize = 20_000_000;
/// Bytes of one article that are searched.
const LONGEST: usize = 400_000;
/// What a word counts in a title, in a keyword, in the text.
const WEIGHTS: [f32; 3] = [4.0, 2.5, 1.0];
/// Bytes of a snippet.
const SNIPPET: usize = 260;

/// A knowledge base.
#[derive(Clone, Debug)]
pub struct Base {
    /// Its id.
    pub id: KnowledgeBaseId,
    /// Its name.
    pub name: Untrusted,
    /// The whole world may read what it publishes.
    pub is_external: bool,
}

/// Everything that was read.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    vocabulary: Vocabulary,
    pub(super) bases: Vec<Base>,
    pub(super) articles: BTreeMap<ArticleId, Kept>,
    /// When the list was last read to its end.
    pub(super) listed: Option<(Instant, Timestamp)>,
    last_listed: Option<Timestamp>,
    bytes: usize,
    /// There are more articles than are kept.
    pub(super) is_cut: bool,
}

/// One article: as it is listed, and what was read of it.
#[derive(Debug)]
pub(super) struct Kept {
    base: KnowledgeBaseId,
    updated_at: Option<f64>,
    locales: Vec<Untrusted>,
    /// Languages to be read; none is the default one.
    pub(super) missing: Vec<Option<Untrusted>>,
    editions: Vec<Held>,
}

/// An article in one language.
#[derive(Debug)]
struct Held {
    locale: Untrusted,
    title: Untrusted,
    is_published: bool,
    category: Option<CategoryId>,
    changed: Option<f64>,
    text: String,
    words: Weighed,
}

/// What is looked for.
#[derive(Debug)]
pub struct Wanted<'call> {
    /// In plain words.
    pub query: &'call str,
    /// Only in this base.
    pub base: Option<&'call KnowledgeBaseId>,
    /// Only in this language: `fr` also finds `fr-CA`.
    pub locale: Option<&'call str>,
    /// Only published ones, or only drafts.
    pub published: Option<bool>,
    /// At most so many.
    pub limit: usize,
}

/// An article that was found, in the language that fits best.
#[derive(Debug)]
pub struct Hit {
    /// The article.
    pub id: ArticleId,
    /// Its knowledge base.
    pub base: Option<Base>,
    /// Its category.
    pub category: Option<CategoryId>,
    /// The language.
    pub locale: Untrusted,
    /// Its title.
    pub title: Untrusted,
    /// Whether it is published.
    pub is_published: bool,
    /// When it last changed.
    pub changed: Option<Moment>,
    /// Where the words stand in it.
    pub snippet: Untrusted,
}

/// How much of what there is was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Texts that can be found: articles in each of their languages.
    pub read: usize,
    /// Texts that are listed.
    pub known: usize,
    /// There are more articles than are kept.
    pub is_cut: bool,
    /// When the list was last read to its end.
    pub listed_at: Option<Moment>,
}

impl Shelf {
    /// Takes an article off the list; what is unchanged need not be read again.
    pub(super) fn list(&mut self, article: Article, base: &KnowledgeBaseId) {
        let is_full = self.articles.len() >= MOST_ARTICLES;
        let known = self.articles.get_mut(&article.id);
        let missing = match article.locales.is_empty() {
            true => vec![None],
            false => article.locales.iter().cloned().map(Some).collect(),
        };
        match known {
            Some(known)
                if known.updated_at.is_some()
                    && known.updated_at == article.updated_at
                    && known.locales == article.locales => {}
            Some(known) => {
                known.updated_at = article.updated_at;
                known.locales = article.locales;
                known.missing = missing;
            }
            None if is_full => self.is_cut = true,
            None => {
                let kept = Kept {
                    base: base.clone(),
                    updated_at: article.updated_at,
                    locales: article.locales,
                    missing,
                    editions: Vec::new(),
                };
                self.articles.insert(article.id, kept);
            }
        }
    }

    /// The list was read to its end, and these are all there are.
    pub(super) fn end_list(&mut self, all: &HashSet<ArticleId>) {
        self.articles.retain(|id, _| all.contains(id));
        self.bytes = self.articles.values().map(Kept::bytes).sum();
        let now = Timestamp::now();
        self.listed = Some((Instant::now(), now));
        self.last_listed = Some(now);
    }

    /// What is to be read, that of the wanted base and language first.
    pub(super) fn missing(
        &self,
        base: Option<&KnowledgeBaseId>,
        locale: Option<&str>,
    ) -> Vec<(ArticleId, Option<Untrusted>)> {
        let mut missing: Vec<_> = self
            .articles
            .iter()
            .flat_map(|(id, kept)| {
                kept.missing.iter().map(move |of| {
                    let is_of_base = base.is_none_or(|base| *base == kept.base);
                    let is_of_locale = match (locale, of) {
                        (Some(wanted), Some(of)) => is_locale(of, wanted),
                        // The default language comes first.
                        (None, of) => of.as_ref() == kept.locales.first(),
                        _ => false,
                    };
                    (!is_of_base, !is_of_locale, id.clone(), of.clone())
                })
            })
            .collect();
        missing.sort_by_key(|one| (one.0, one.1));
        missing
            .into_iter()
            .map(|(_, _, id, locale)| (id, locale))
            .collect()
    }

    /// Takes in what was read; nothing when it is gone.
    pub(super) fn take(
        &mut self,
        id: &ArticleId,
        locale: Option<&Untrusted>,
        edition: Option<Edition>,
    ) {
        let Some(kept) = self.articles.get_mut(id) else {
            return;
        };
        kept.missing.retain(|one| one.as_ref() != locale);
        let given = edition.as_ref().map(|edition| &edition.locale);
        let of = locale.or(given).cloned().unwrap_or_default();
        let before = kept.bytes();
        let locales = &kept.locales;
        kept.editions.retain(|held| {
            held.locale != of && (locales.is_empty() || locales.contains(&held.locale))
        });
        let after = kept.bytes();
        self.bytes = (self.bytes + after).saturating_sub(before);
        let Some(edition) = edition else { return };
        let html = edition.content.raw();
        let mut text = aside(html.len() * 8, || from_html(html, Quotes::Keep).markdown);
        text.truncate(text.floor_char_boundary(LONGEST));
        if self.bytes + text.len() > MOST_BYTES {
            self.is_cut = true;
            text.clear();
        }
        let keywords: Vec<&str> = edition.keywords.iter().map(Untrusted::raw).collect();
        let parts = [edition.name.raw(), &keywords.join(" "), &text];
        let parts: Vec<_> = parts.into_iter().zip(WEIGHTS).collect();
        let words = aside(text.len() * 8, || self.vocabulary.weigh(&parts));
        self.bytes += text.len();
        kept.editions.push(Held {
            locale: of,
            title: edition.name,
            is_published: edition.status == "published",
            category: edition.links.category(),
            changed: edition.last_edited_at.or(edition.updated_at),
            text,
            words,
        });
    }

    pub(super) fn search(&self, wanted: &Wanted<'_>) -> Vec<Hit> {
        let texts: Vec<(&ArticleId, &Kept, &Held)> = self
            .articles
            .iter()
            .filter(|(_, kept)| wanted.base.is_none_or(|base| *base == kept.base))
            .flat_map(|(id, kept)| kept.editions.iter().map(move |held| (id, kept, held)))
            .filter(|(_, _, held)| {
                wanted
                    .locale
                    .is_none_or(|locale| is_locale(&held.locale, locale))
                    && wanted.published.is_none_or(|yes| held.is_published == yes)
            })
            .collect();
        let words: Vec<&Weighed> = texts.iter().map(|(_, _, held)| &held.words).collect();
        let mut seen = HashSet::new();
        self.vocabulary
            .query(wanted.query)
            .rank(&words)
            .into_iter()
            .filter_map(|(at, _)| texts.get(at))
            // An article once, in the language that fits best.
            .filter(|(id, ..)| seen.insert((*id).clone()))
            .take(wanted.limit)
            .map(|(id, kept, held)| Hit {
                id: (*id).clone(),
                base: self.bases.iter().find(|base| base.id == kept.base).cloned(),
                category: held.category.clone(),
                locale: held.locale.clone(),
                title: held.title.clone(),
                is_published: held.is_published,
                changed: Moment::from_front(held.changed),
                snippet: Untrusted::new(snippet(&held.text, wanted.query, SNIPPET)),
            })
            .collect()
    }

    pub(super) fn coverage(&self) -> Coverage {
        let texts = |count: fn(&Kept) -> usize| self.articles.values().map(count).sum::<usize>();
        let missing = texts(|kept| kept.missing.len());
        let known = texts(|kept| kept.locales.len().max(1));
        Coverage {
            read: known.saturating_sub(missing),
            known,
            is_cut: self.is_cut,
            listed_at: self.last_listed.map(Moment::at),
        }
    }
}

impl Kept {
    fn bytes(&self) -> usize {
        self.editions.iter().map(|held| held.text.len()).sum()
    }
}

/// `fr` and `fr-CA` are both French.
fn is_locale(of: &Untrusted, wanted: &str) -> bool {
    let (of, wanted) = (of.raw().to_lowercase(), wanted.to_lowercase());
    of == wanted
        || of
            .strip_prefix(&wanted)
            .is_some_and(|rest| rest.starts_with(['-', '_']))
}
