//! From a wish in a person's words to operations of Front's API: plain ranking in process.
//!
//! Each operation is a short document (its description, further words, its id and path), whose
//! words are weighed by how rare they are (BM25). Words alone confuse the many operations that
//! differ only in what they do and to what, so both sides are also read for meaning: `wish`
//! finds the things and the deed that a query names, `subject` those of an operation, and what
//! agrees adds to the score. Nothing filters but the caller's filter. The measure stands in
//! tests/search; it was written before this was.

use std::{collections::HashMap, sync::LazyLock};

use crate::front::{Operation, descriptions};

mod filter;
mod found;
mod lexicon;
mod subject;
mod wish;
pub(in crate::tools) mod words;

pub use self::{
    filter::Filter,
    found::{Found, told},
};
use self::{
    lexicon::{LEXICON, Thing},
    subject::Subject,
    wish::Wish,
};

/// How much a word counts by where it stands.
const IN_DESCRIPTION: f64 = 2.0;
const IN_WORDS: f64 = 1.3;
const IN_PATH: f64 = 1.6;

/// BM25's saturation and its weight of a document's length.
const SATURATION: f64 = 1.2;
const LENGTH: f64 = 0.55;

/// What a thing named in the query adds: where it is the operation's subject, where it stands
/// around it; and what the first of them adds more as the subject.
const AS_SUBJECT: f64 = 5.0;
const AS_CONTEXT: f64 = 5.0;
const AS_HEAD: f64 = 3.0;
const AS_MENTIONED: f64 = 2.2;

/// What an operation loses by things that the query does not name.
const OTHER_SUBJECT: f64 = 2.5;
const OTHER_CONTEXT: f64 = 1.7;
const OTHER_NARROWER: f64 = 3.5;

/// What the right deed adds.
const AS_DEED: f64 = 7.5;

/// What a deprecated twin loses: it is right only where nothing else is.
const DEPRECATED: f64 = 2.0;

/// An index over the operation table.
struct Index {
    documents: Vec<Document>,
    /// The documents that hold a stem, and how much each word of theirs counts there.
    postings: HashMap<String, Vec<(usize, f64)>>,
    /// How much each thing tells: much, where few operations have to do with it.
    telling: Vec<f64>,
}

struct Document {
    operation: &'static Operation,
    subject: Subject,
    /// Things that its description speaks of.
    mentioned: Vec<Thing>,
    is_deprecated: bool,
}

static INDEX: LazyLock<Index> = LazyLock::new(Index::new);

/// The operations that fit best, best first.
pub fn search(query: &str, filter: &Filter, most: usize) -> Vec<&'static Operation> {
    let wish = Wish::read(query);
    let texts = INDEX.texts(&wish);
    let mut scored: Vec<_> = INDEX
        .documents
        .iter()
        .zip(texts)
        .filter(|(document, _)| filter.lets_pass(document.operation))
        .filter_map(|(document, text)| {
            Some((INDEX.score(document, &wish, text)?, document.operation))
        })
        .collect();
    scored.sort_by(|one, other| other.0.total_cmp(&one.0));
    scored
        .into_iter()
        .take(most)
        .map(|(_, operation)| operation)
        .collect()
}

impl Index {
    fn new() -> Self {
        let mut held = Vec::new();
        let mut documents = Vec::new();
        for operation in Operation::all() {
            let description = descriptions::of(operation);
            held.push(stems(operation));
            documents.push(Document {
                operation,
                subject: subject::of(operation),
                mentioned: mentioned(operation),
                is_deprecated: description.is_some_and(|text| text.replaced_by.is_some()),
            });
        }
        let lengths: Vec<f64> = held.iter().map(|stems| stems.values().sum()).collect();
        let mean = lengths.iter().sum::<f64>() / lengths.len().max(1) as f64;
        let mut postings: HashMap<String, Vec<(usize, f64)>> = HashMap::new();
        for (at, (stems, length)) in held.into_iter().zip(lengths).enumerate() {
            let norm = SATURATION * (1.0 - LENGTH + LENGTH * length / mean);
            for (stem, weight) in stems {
                let counts = weight * (SATURATION + 1.0) / (weight + norm);
                postings.entry(stem).or_default().push((at, counts));
            }
        }
        let telling = telling(&documents);
        let count = documents.len() as f64;
        for posting in postings.values_mut() {
            let spread = posting.len() as f64;
            let rarity = (1.0 + (count - spread + 0.5) / (spread + 0.5)).ln();
            posting.iter_mut().for_each(|(_, counts)| *counts *= rarity);
        }
        Self {
            documents,
            postings,
            telling,
        }
    }

    /// What each document gets for the query's words alone.
    fn texts(&self, wish: &Wish) -> Vec<f64> {
        let mut texts = vec![0.0; self.documents.len()];
        for (stem, weight) in &wish.stems {
            for (at, counts) in self.postings.get(stem).into_iter().flatten() {
                if let Some(text) = texts.get_mut(*at) {
                    *text += weight * counts;
                }
            }
        }
        texts
    }
}

/// How much each thing tells, about 1 for one that a tenth of the operations have.
fn telling(documents: &[Document]) -> Vec<f64> {
    let count = documents.len().max(1) as f64;
    let of = |index: usize| {
        let has = |document: &&Document| {
            document
                .subject
                .things()
                .any(|thing| thing.index() == index)
        };
        let spread = documents.iter().filter(has).count() as f64;
        0.5 + 0.5 * (count / (spread + 1.0)).ln() / 10f64.ln()
    };
    (0..LEXICON.things()).map(of).collect()
}

/// What an operation's description speaks of, read as a wish is.
fn mentioned(operation: &Operation) -> Vec<Thing> {
    let Some(description) = descriptions::of(operation) else {
        return Vec::new();
    };
    [description.text, description.words]
        .into_iter()
        .flat_map(|text| Wish::read(text).things)
        .filter(|named| named.weight >= 1.0)
        .map(|named| named.thing)
        .collect()
}

/// The stems of all that is said of an operation, and how much each counts.
fn stems(operation: &Operation) -> HashMap<String, f64> {
    let description = descriptions::of(operation);
    let texts = [
        (
            description.map(|description| description.text),
            IN_DESCRIPTION,
        ),
        (description.map(|description| description.words), IN_WORDS),
        (Some(operation.id), IN_PATH),
        (Some(operation.template), IN_PATH),
    ];
    let mut stems: HashMap<String, f64> = HashMap::new();
    for (text, weight) in texts {
        let words = words::words(&text.unwrap_or_default().replace('_', " "));
        for word in words.into_iter().filter(|word| word.is_telling) {
            let known = stems.entry(word.stem).or_default();
            *known = known.max(weight) + 0.1 * weight;
        }
    }
    stems
}

impl Index {
    /// Nothing, where no word and no thing agrees.
    fn score(&self, document: &Document, wish: &Wish, text: f64) -> Option<f64> {
        let things = self.agreement(document, wish);
        if text <= 0.0 && things.is_none() {
            return None;
        }
        let deed = wish
            .deeds
            .iter()
            .map(|(wished, weight)| weight * subject::affinity(*wished, document.subject.deed))
            .fold(f64::NEG_INFINITY, f64::max);
        let deed = if deed.is_finite() {
            deed * AS_DEED
        } else {
            0.0
        };
        let strangers = document.strangers(wish);
        let score = text + things.unwrap_or(0.0) + deed - strangers;
        Some(if document.is_deprecated {
            score - DEPRECATED
        } else {
            score
        })
    }

    fn agreement(&self, document: &Document, wish: &Wish) -> Option<f64> {
        let head = wish.head().map(|head| head.thing);
        let mut agreed = None;
        for named in &wish.things {
            let thing = Some(named.thing);
            let adds = if document.subject.thing == thing {
                AS_SUBJECT + if head == thing { AS_HEAD } else { 0.0 }
            } else if document
                .subject
                .things()
                .any(|context| context == named.thing)
            {
                AS_CONTEXT
            } else if document.mentioned.contains(&named.thing) {
                AS_MENTIONED
            } else {
                continue;
            };
            *agreed.get_or_insert(0.0) += adds
                * named.weight
                * self
                    .telling
                    .get(named.thing.index())
                    .copied()
                    .unwrap_or(1.0);
        }
        agreed
    }
}

impl Document {
    /// What the operation is about though the query does not say so.
    fn strangers(&self, wish: &Wish) -> f64 {
        let unnamed = |thing| {
            1.0 - wish
                .things
                .iter()
                .find(|named| named.thing == thing)
                .map_or(0.0, |named| named.weight)
        };
        let subject = self
            .subject
            .thing
            .map_or(0.0, |thing| OTHER_SUBJECT * unnamed(thing));
        let context = self.subject.context.iter().map(|(thing, narrows)| {
            unnamed(*thing)
                * if *narrows {
                    OTHER_NARROWER
                } else {
                    OTHER_CONTEXT
                }
        });
        subject + context.sum::<f64>()
    }
}
