//! From a wish in a person's words to operations of Front's API: plain ranking in process.
//!
//! Each operation is a short document (its description, further words, its id and path). A
//! query's words are stemmed, widened by a few everyday synonyms, and weighed by how rare they
//! are (BM25). The measure stands in tests/search; it was written before this was.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use crate::front::{Effect, Operation, descriptions};

/// How much a word counts by where it stands.
const IN_DESCRIPTION: f64 = 2.0;
const IN_WORDS: f64 = 1.6;
const IN_PATH: f64 = 1.2;

/// How much a synonym counts beside the word itself.
const AS_SYNONYM: f64 = 0.55;

/// BM25's saturation and its weight of a document's length.
const SATURATION: f64 = 1.2;
const LENGTH: f64 = 0.55;

/// Words that say nothing of what is wanted.
const EMPTY_WORDS: &[&str] = &[
    "a", "an", "and", "any", "are", "as", "at", "be", "by", "can", "did", "do", "does", "for",
    "from", "has", "have", "how", "i", "in", "is", "it", "its", "let", "me", "my", "of", "on",
    "one", "or", "our", "please", "s", "so", "some", "that", "the", "their", "them", "there",
    "these", "this", "those", "to", "us", "want", "was", "we", "were", "what", "which", "with",
    "you", "your", "should", "would", "could", "need",
];

/// Everyday words and Front's.
const SYNONYMS: &[(&str, &[&str])] = &[
    ("customer", &["contact"]),
    ("client", &["contact"]),
    ("person", &["contact"]),
    ("people", &["contact", "teammate"]),
    ("sender", &["contact"]),
    ("ticket", &["conversation"]),
    ("thread", &["conversation"]),
    ("email", &["message", "conversation"]),
    ("mail", &["message", "conversation"]),
    ("chat", &["conversation"]),
    ("label", &["tag"]),
    ("canned", &["template"]),
    ("snippet", &["template"]),
    ("macro", &["template"]),
    ("colleague", &["teammate"]),
    ("coworker", &["teammate"]),
    ("agent", &["teammate"]),
    ("user", &["teammate"]),
    ("staff", &["teammate"]),
    ("member", &["teammate"]),
    ("workspace", &["team"]),
    ("company", &["account", "company"]),
    ("organisation", &["account"]),
    ("organization", &["account"]),
    ("vacation", &["time", "off"]),
    ("holiday", &["time", "off"]),
    ("pto", &["time", "off"]),
    ("leave", &["off"]),
    ("absence", &["off"]),
    ("kb", &["knowledge", "base"]),
    ("faq", &["knowledge", "article"]),
    ("help", &["knowledge"]),
    ("docs", &["article"]),
    ("rota", &["shift"]),
    ("roster", &["shift"]),
    ("schedule", &["shift"]),
    ("watcher", &["follower"]),
    ("subscriber", &["follower"]),
    ("note", &["comment", "note"]),
    ("file", &["attachment"]),
    ("attach", &["attachment"]),
    ("find", &["search"]),
    ("look", &["search"]),
    ("show", &["list", "get"]),
    ("see", &["list", "get"]),
    ("who", &["teammate"]),
    ("remove", &["delete"]),
    ("erase", &["delete"]),
    ("drop", &["remove", "delete"]),
    ("rename", &["update", "name"]),
    ("change", &["update"]),
    ("edit", &["update"]),
    ("fix", &["update"]),
    ("new", &["create"]),
    ("make", &["create"]),
    ("set", &["update"]),
    ("put", &["add"]),
    ("give", &["assign", "add"]),
    ("hand", &["assign"]),
    ("stat", &["analytics", "report"]),
    ("metric", &["analytics", "report"]),
    ("number", &["analytics"]),
    ("csv", &["export"]),
    ("footer", &["signature"]),
    ("reply", &["conversation", "message"]),
    ("answer", &["reply", "message"]),
    ("write", &["create", "message"]),
    ("text", &["sms", "message"]),
    ("postpone", &["snooze"]),
    ("remind", &["snooze", "reminder"]),
    ("later", &["snooze"]),
    ("until", &["snooze"]),
];

/// An index over the operation table.
struct Index {
    documents: Vec<Document>,
    /// In how many documents a stem stands.
    spread: HashMap<String, usize>,
    mean_length: f64,
}

struct Document {
    operation: &'static Operation,
    /// Stems and their weights.
    stems: HashMap<String, f64>,
    length: f64,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let documents: Vec<_> = Operation::all().iter().map(document).collect();
    let mut spread: HashMap<String, usize> = HashMap::new();
    for document in &documents {
        for stem in document.stems.keys() {
            *spread.entry(stem.clone()).or_default() += 1;
        }
    }
    let total: f64 = documents.iter().map(|document| document.length).sum();
    Index {
        mean_length: total / documents.len().max(1) as f64,
        documents,
        spread,
    }
});

fn document(operation: &'static Operation) -> Document {
    let mut stems: HashMap<String, f64> = HashMap::new();
    let mut add = |text: &str, weight: f64| {
        for stem in stems_of(text) {
            let known = stems.entry(stem).or_default();
            *known = known.max(weight) + 0.1 * weight;
        }
    };
    if let Some(description) = descriptions::of(operation) {
        add(description.text, IN_DESCRIPTION);
        add(description.words, IN_WORDS);
    }
    add(operation.id, IN_PATH);
    add(operation.template, IN_PATH);
    let length = stems.values().sum();
    Document {
        operation,
        stems,
        length,
    }
}

/// Narrows a search.
#[derive(Debug, Default, Clone)]
pub struct Filter {
    /// What the operation does.
    pub effect: Option<Effect>,
    /// Its resource: the first word of its scope or of its path.
    pub resource: Option<String>,
}

impl Filter {
    fn lets_pass(&self, operation: &Operation) -> bool {
        let resource_fits = self.resource.as_deref().is_none_or(|wanted| {
            let wanted = stem(&wanted.trim().to_lowercase().replace([' ', '-'], "_"));
            let scope = operation.scope.and_then(|scope| scope.split(':').next());
            let path = operation.segments().next();
            [scope, path]
                .into_iter()
                .flatten()
                .any(|name| stem(name) == wanted)
        });
        resource_fits && self.effect.is_none_or(|effect| effect == operation.effect)
    }
}

/// The operations that fit best, best first.
pub fn search(query: &str, filter: &Filter, most: usize) -> Vec<&'static Operation> {
    let wanted = widened(query);
    let mut scored: Vec<_> = INDEX
        .documents
        .iter()
        .filter(|document| filter.lets_pass(document.operation))
        .map(|document| (INDEX.score(document, &wanted), document.operation))
        .filter(|(score, _)| *score > 0.0)
        .collect();
    scored.sort_by(|one, other| other.0.total_cmp(&one.0));
    scored
        .into_iter()
        .take(most)
        .map(|(_, operation)| operation)
        .collect()
}

impl Index {
    fn score(&self, document: &Document, wanted: &[(String, f64)]) -> f64 {
        let count = self.documents.len() as f64;
        let norm = SATURATION * (1.0 - LENGTH + LENGTH * document.length / self.mean_length);
        let score: f64 = wanted
            .iter()
            .filter_map(|(stem, weight)| {
                let held = document.stems.get(stem)?;
                let spread = *self.spread.get(stem)? as f64;
                let rarity = (1.0 + (count - spread + 0.5) / (spread + 0.5)).ln();
                Some(weight * rarity * held * (SATURATION + 1.0) / (held + norm))
            })
            .sum();
        // A deprecated twin is right only where nothing else is.
        let is_old = descriptions::of(document.operation)
            .is_some_and(|description| description.replaced_by.is_some());
        if is_old { score * 0.7 } else { score }
    }
}

/// The query's stems with their weights: each word once, then its synonyms.
fn widened(query: &str) -> Vec<(String, f64)> {
    let mut seen = HashSet::new();
    let mut wanted = Vec::new();
    let words = stems_of(query);
    for word in &words {
        if seen.insert(word.clone()) {
            wanted.push((word.clone(), 1.0));
        }
    }
    for word in words {
        let synonyms = SYNONYMS.iter().find(|(name, _)| stem(name) == word);
        for synonym in synonyms.into_iter().flat_map(|(_, synonyms)| *synonyms) {
            if seen.insert(stem(synonym)) {
                wanted.push((stem(synonym), AS_SYNONYM));
            }
        }
    }
    wanted
}

fn stems_of(text: &str) -> Vec<String> {
    text.to_lowercase()
        .replace(['\'', '’'], "")
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !EMPTY_WORDS.contains(word) && *word != "id")
        .map(stem)
        .collect()
}

/// Common endings off: enough to bring `tags`, `tagged` and `tagging` together.
fn stem(word: &str) -> String {
    let endings = [
        ("ies", "y"), ("sses", "ss"), ("ings", ""), ("ing", ""), ("edly", ""), ("ed", ""),
        ("ers", "er"), ("es", "e"), ("s", ""),
    ];
    let mut stem = word.to_owned();
    for (ending, instead) in endings {
        if let Some(rest) = word.strip_suffix(ending)
            && rest.len() >= 3
            && !(ending == "s" && rest.ends_with(['s', 'u', 'i']))
        {
            stem = format!("{rest}{instead}");
            break;
        }
    }
    // `tagg` of `tagging`, and the silent e of `merge` that `merging` lost.
    let doubled = stem.chars().rev().take(2).collect::<Vec<_>>();
    if let [one, other] = doubled.as_slice()
        && one == other
        && !"aeiouls".contains(*one)
    {
        stem.pop();
    }
    if stem.len() > 3 && stem.ends_with('e') {
        stem.pop();
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_do_not_matter() {
        for words in [
            &["tag", "tags", "tagged", "tagging"][..],
            &["merge", "merges", "merging", "merged"],
            &["reply", "replies"],
            &["snooze", "snoozing"],
        ] {
            for word in words {
                assert_eq!(stem(word), stem(words[0]), "{word}");
            }
        }
    }

    /// Right first, right among the first three, and the queries that missed.
    fn measure(rows: &str, right: impl Fn(&str, &Operation) -> bool) -> (usize, usize, Vec<String>) {
        let (mut first, mut three, mut missed) = (0, 0, Vec::new());
        for line in rows.lines().skip(1) {
            let (query, answers) = line.split_once('\t').unwrap();
            let found = search(query, &Filter::default(), 5);
            let at = found.iter().position(|operation| right(answers, operation));
            first += usize::from(at == Some(0));
            three += usize::from(at.is_some_and(|at| at < 3));
            if at != Some(0) {
                let ids: Vec<_> = found.iter().take(3).map(|operation| operation.id).collect();
                missed.push(format!("{at:?} {query} | want {answers} | got {ids:?}"));
            }
        }
        (first, three, missed)
    }

    #[test]
    fn people_find_what_they_mean() {
        let rows = include_str!("../../tests/search/paraphrases.tsv");
        let (first, three, missed) = measure(rows, |answers, operation| {
            answers.split(' ').any(|id| id == operation.id)
        });
        println!("{}", missed.join("\n"));
        println!("first {first}, three {three} of 200");
        assert!(first >= 170, "first: {first} of 200");
        assert!(three >= 194, "in the first three: {three} of 200");
    }
}
