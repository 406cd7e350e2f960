//! Which of some texts are about what somebody looks for: plain ranking in process (BM25).
//!
//! Words are compared without case, diacritics and common endings, in any language that parts its
//! words; a word also finds those that begin with it, and where nobody writes it, those spelt
//! nearly like it. A text is kept as the numbers of its words, so that thousands are cheap to hold.

mod snippet;
mod terms;

use std::collections::HashMap;

use self::terms::terms;
pub use self::{
    snippet::snippet,
    terms::{fold, wanted},
};

/// How soon more of the same word counts less.
const SATURATION: f32 = 1.2;
/// How much a long text counts less.
const LENGTH_MATTERS: f32 = 0.6;
/// A word that begins with the one that is looked for.
const LONGER_WORD: f32 = 0.4;
/// A word that is spelt nearly like it.
const NEAR_WORD: f32 = 0.5;
/// The shortest word that finds longer ones.
const SHORTEST_BEGINNING: usize = 4;
/// The shortest word that may be misspelt.
const SHORTEST_NEAR: usize = 5;
/// Words of one text that are looked at.
const MOST_TERMS: usize = 50_000;

/// Every word of the texts by number.
#[derive(Debug, Default)]
pub struct Vocabulary(HashMap<Box<str>, u32>);

/// A text as words and how often they are in it.
#[derive(Debug, Default)]
pub struct Weighed {
    /// By number, ascending.
    counts: Vec<(u32, f32)>,
    length: f32,
}

/// What is looked for: for each word those that count as it, and how much.
#[derive(Debug)]
pub struct Query(Vec<Vec<(u32, f32)>>);

impl Vocabulary {
    /// Takes in a text, given in parts with what a word in each counts.
    pub fn weigh(&mut self, parts: &[(&str, f32)]) -> Weighed {
        let mut counts: HashMap<u32, f32> = HashMap::new();
        let mut length = 0.0;
        for (text, weight) in parts {
            for term in terms(text).take(MOST_TERMS) {
                let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
                let number = *self.0.entry(term.stem.into_boxed_str()).or_insert(next);
                *counts.entry(number).or_default() += weight;
                length += 1.0;
            }
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_unstable_by_key(|(number, _)| *number);
        Weighed { counts, length }
    }

    /// What these words look for; nothing when none of them says anything.
    pub fn query(&self, text: &str) -> Query {
        let groups = wanted(text).into_iter().map(|stem| self.group(&stem));
        Query(groups.collect())
    }

    fn group(&self, stem: &str) -> Vec<(u32, f32)> {
        let long = stem.chars().count();
        let mut group: Vec<(u32, f32)> = self
            .0
            .iter()
            .filter_map(|(word, number)| match &**word == stem {
                true => Some((*number, 1.0)),
                false => (long >= SHORTEST_BEGINNING && word.starts_with(stem))
                    .then_some((*number, LONGER_WORD)),
            })
            .collect();
        if group.is_empty() && long >= SHORTEST_NEAR {
            let near = self.0.iter().filter(|(word, _)| {
                word.len().abs_diff(stem.len()) <= 1 && strsim::osa_distance(word, stem) <= 1
            });
            group = near.map(|(_, number)| (*number, NEAR_WORD)).collect();
        }
        group
    }
}

impl Weighed {
    fn count(&self, group: &[(u32, f32)]) -> f32 {
        let held = group.iter().filter_map(|(number, weight)| {
            let at = self
                .counts
                .binary_search_by_key(number, |(known, _)| *known)
                .ok()?;
            self.counts.get(at).map(|(_, count)| count * weight)
        });
        held.sum()
    }
}

impl Query {
    /// Whether it looks for nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The positions of the texts that hold any of it, best first, with their scores.
    pub fn rank(&self, texts: &[&Weighed]) -> Vec<(usize, f32)> {
        let count = texts.len().max(1) as f32;
        let average = texts.iter().map(|text| text.length).sum::<f32>() / count;
        let mut scores = vec![(0.0_f32, 0_usize); texts.len()];
        for group in &self.0 {
            let held: Vec<f32> = texts.iter().map(|text| text.count(group)).collect();
            let with = held.iter().filter(|count| **count > 0.0).count() as f32;
            let rarity = ((count - with + 0.5) / (with + 0.5)).ln_1p();
            for ((score, text), held) in scores.iter_mut().zip(texts).zip(held) {
                if held > 0.0 {
                    let length =
                        1.0 - LENGTH_MATTERS + LENGTH_MATTERS * text.length / average.max(1.0);
                    score.0 += rarity * held * (SATURATION + 1.0) / (held + SATURATION * length);
                    score.1 += 1;
                }
            }
        }
        let all = self.0.len().max(1) as f32;
        let mut ranked: Vec<(usize, f32)> = scores
            .into_iter()
            .enumerate()
            .filter(|(_, (_, matched))| *matched > 0)
            // A text that holds one rare word of five is rarely what was meant.
            .map(|(at, (score, matched))| (at, score * (0.4 + 0.6 * matched as f32 / all)))
            .collect();
        ranked.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        ranked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(texts: &[&str], query: &str) -> Option<usize> {
        let mut vocabulary = Vocabulary::default();
        let weighed: Vec<Weighed> = texts
            .iter()
            .map(|text| vocabulary.weigh(&[(text, 1.0)]))
            .collect();
        let ranked = vocabulary
            .query(query)
            .rank(&weighed.iter().collect::<Vec<_>>());
        ranked.first().map(|(at, _)| *at)
    }

    #[test]
    fn case_accents_endings_and_a_slip_of_the_hand_do_not_matter() {
        let texts = [
            "Délais de livraison",
            "Lieferzeiten für Fahrräder",
            "Refunds are paid within five days",
            "Brakes squeal",
        ];
        for (query, at) in [
            ("delai LIVRAISONS", 0),
            ("Lieferzeit", 1),
            ("refunded", 2),
            ("refnud", 2),
            ("squealing brake", 3),
        ] {
            assert_eq!(best(&texts, query), Some(at), "{query}");
        }
        assert_eq!(best(&texts, "kayak"), None);
        assert_eq!(best(&texts, "?!"), None);
    }
}
