//! A query, read: which words, which of Front's things, what to do with them.

use super::{
    lexicon::{Deed, LEXICON, Meaning, Phrase, Thing},
    words::{Word, words},
};

/// More words than anybody's wish has; the rest of a longer query is not read.
const MOST_WORDS: usize = 60;

/// How much a synonym counts beside the word itself.
const AS_SYNONYM: f64 = 0.4;

/// A name with 's is a teammate's as a rule; another name may be.
const OWNER: f64 = 0.6;
const NAME: f64 = 0.5;

/// How much a thing counts that only accompanies another: `with their phone number`.
const COMPANION: f64 = 0.5;

/// How much a noun counts where it is the verb of an order: `shift this over`.
const AS_VERB: f64 = 0.3;

/// Words before a thing that only accompanies another, and before one that is known.
const COMPANIONS: &[&str] = &["with", "includ", "whos"];
const GIVEN: &[&str] = &["this", "that", "the"];

/// Words before a name that is nobody's.
const PLACES: &[&str] = &[
    "call", "nam", "label", "at", "below", "beneath", "under", "insid", "about", "in",
];
const DAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "jun",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Words that follow a verb rather than a noun.
const POINTERS: &[&str] = &[
    "this", "that", "thes", "thos", "the", "a", "an", "my", "our", "their", "me", "him", "her",
    "them",
];

/// A query, read.
#[derive(Debug, Default)]
pub struct Wish {
    /// Stems and their weights.
    pub stems: Vec<(String, f64)>,
    /// The things named, each once, in the order named.
    pub things: Vec<Named>,
    /// What to do, with how surely.
    pub deeds: Vec<(Deed, f64)>,
}

/// A thing that a query names.
#[derive(Debug, Clone, Copy)]
pub struct Named {
    /// Which.
    pub thing: Thing,
    /// How surely.
    pub weight: f64,
    /// Named as many.
    pub is_plural: bool,
    /// At which word.
    pub at: usize,
    /// One that is known: `this tag`.
    pub is_given: bool,
    /// Something else is said to be its: `the workspace's tags`.
    pub owns: bool,
}

impl Wish {
    /// Reads a query.
    pub fn read(query: &str) -> Self {
        let end = query
            .char_indices()
            .nth(MOST_WORDS * 20)
            .map_or(query.len(), |(at, _)| at);
        let mut words = words(query.get(..end).unwrap_or_default());
        words.truncate(MOST_WORDS);
        let mut wish = Self::default();
        for word in words.iter().filter(|word| word.is_telling) {
            wish.want(&word.stem, 1.0);
        }
        let mut begin = 0;
        while let Some(tail) = words.get(begin..).filter(|tail| !tail.is_empty()) {
            begin += wish.phrases_at(begin, words.get(..begin).unwrap_or_default(), tail);
        }
        wish.settle_reading(&words);
        wish
    }

    /// The thing that the wish is about: the first that owns nothing.
    pub fn head(&self) -> Option<Named> {
        let sure = self
            .things
            .iter()
            .filter(|named| named.weight >= 0.5 && !named.owns && !LEXICON.is_manner(named.thing));
        sure.min_by_key(|named| named.at).copied()
    }

    /// Takes in all phrases that begin here; says how many words a longest thing took.
    fn phrases_at(&mut self, at: usize, before: &[Word], tail: &[Word]) -> usize {
        let Some(first) = tail.first() else { return 1 };
        let fits = |phrase: &Phrase| (!phrase.opens || at == 0) && phrase.begins(tail);
        let fitting: Vec<_> = LEXICON
            .beginning(&first.stem)
            .iter()
            .filter(|phrase| fits(phrase))
            .collect();
        let longest = |is_thing: bool| {
            let of_kind = fitting
                .iter()
                .filter(|phrase| matches!(phrase.meaning, Meaning::Thing(_)) == is_thing);
            of_kind.map(|phrase| phrase.length()).max()
        };
        let (thing, other) = (longest(true), longest(false));
        // `Shift this` is no shift: what says more is meant.
        let thing = thing.filter(|length| Some(*length) >= other);
        for phrase in &fitting {
            let is_thing = matches!(phrase.meaning, Meaning::Thing(_));
            if Some(phrase.length()) == if is_thing { thing } else { other } {
                self.take(phrase, at, before, tail);
            }
        }
        if fitting.is_empty() && first.is_capital && first.is_telling {
            self.name(at, before, tail);
        }
        thing.unwrap_or(1)
    }

    fn take(&mut self, phrase: &Phrase, at: usize, before: &[Word], tail: &[Word]) {
        let orders = at == 0
            && !tail.first().is_some_and(|word| word.is_plural)
            && tail
                .get(phrase.length())
                .is_some_and(|word| POINTERS.contains(&word.stem.as_str()));
        let last = tail.get(phrase.length().saturating_sub(1));
        match &phrase.meaning {
            Meaning::Thing(thing) => self.thing(Named {
                thing: *thing,
                weight: phrase.weight
                    * if near(before, 3, COMPANIONS) {
                        COMPANION
                    } else {
                        1.0
                    }
                    * if orders && !phrase.opens && phrase.length() == 1 {
                        AS_VERB
                    } else {
                        1.0
                    },
                is_given: near(before, 2, GIVEN),
                is_plural: last.is_some_and(|word| word.is_plural && !word.is_possessive),
                owns: last.is_some_and(|word| word.is_possessive),
                at,
            }),
            Meaning::Deed(deed) => {
                // The verb of an order stands first; later words say less of what to do.
                let weight = phrase.weight * if at == 0 { 1.0 } else { 0.7 };
                match self.deeds.iter_mut().find(|(known, _)| known == deed) {
                    Some((_, known)) => *known = known.max(weight),
                    None => self.deeds.push((*deed, weight)),
                }
            }
            Meaning::Word(stem) => self.want(stem, AS_SYNONYM * phrase.weight),
        }
    }

    fn want(&mut self, stem: &str, weight: f64) {
        if !self.stems.iter().any(|(known, _)| known == stem) {
            self.stems.push((stem.to_owned(), weight));
        }
    }

    fn thing(&mut self, named: Named) {
        match self
            .things
            .iter_mut()
            .find(|known| known.thing == named.thing)
        {
            Some(known) => {
                // Two signs are surer than one.
                known.weight = 1.0 - (1.0 - known.weight) * (1.0 - named.weight);
                known.is_plural |= named.is_plural;
            }
            None => self.things.push(named),
        }
    }

    /// A capital word that is none of Front's: most likely somebody's name, unless it names
    /// what follows (`the Berlin workspace`), a place or a day.
    fn name(&mut self, at: usize, before: &[Word], tail: &[Word]) {
        let Some(word) = tail.first() else { return };
        let names_next = tail.get(1..).is_some_and(begins_thing);
        let is_place = near(before, 1, PLACES) || DAYS.contains(&word.stem.as_str());
        if !word.is_possessive && (names_next || is_place) {
            return;
        }
        if let Some(thing) = LEXICON.of_segment("teammates") {
            self.thing(Named {
                thing,
                weight: if word.is_possessive { OWNER } else { NAME },
                is_plural: false,
                is_given: true,
                at,
                owns: word.is_possessive,
            });
        }
    }

    /// Whether one or many are asked for, and that who names no deed wants to see something.
    fn settle_reading(&mut self, words: &[Word]) {
        const QUESTIONS: &[&str] = &[
            "what", "which", "who", "how", "is", "are", "did", "doe", "hav", "has", "any", "wa",
            "were", "where", "when", "show", "see", "read", "view", "can", "wher", "when",
        ];
        let opening = words
            .first()
            .map(|word| word.stem.as_str())
            .unwrap_or_default();
        let asks = QUESTIONS.contains(&opening);
        if asks {
            self.deeds.retain(|(deed, _)| deed.is_read());
        }
        if asks || self.deeds.iter().all(|(_, weight)| *weight < 0.5) {
            let head = self.head();
            let of_another = head.is_some_and(|head| {
                self.things.iter().any(|other| {
                    other.at != head.at && other.weight >= 0.5 && !LEXICON.is_manner(other.thing)
                })
            });
            let is_many = of_another || head.is_some_and(|head| head.is_plural);
            let is_given = head.is_some_and(|head| head.is_given);
            let (many, one) = match (is_many, is_given) {
                (true, _) => (0.9, 0.3),
                (false, true) => (0.2, 0.9),
                (false, false) => (0.5, 0.8),
            };
            for (deed, weight) in [(Deed::List, many), (Deed::Get, one)] {
                match self.deeds.iter_mut().find(|(known, _)| *known == deed) {
                    Some((_, known)) => *known = known.max(weight),
                    None => self.deeds.push((deed, weight)),
                }
            }
        }
    }
}

/// Whether the next word is a name too, or surely names a thing.
fn begins_thing(tail: &[Word]) -> bool {
    let Some(first) = tail.first() else {
        return false;
    };
    let is_thing = |phrase: &Phrase| matches!(phrase.meaning, Meaning::Thing(_));
    first.is_capital
        || LEXICON.beginning(&first.stem).iter().any(|phrase| {
            phrase.weight >= 1.0 && !phrase.opens && is_thing(phrase) && phrase.begins(tail)
        })
}

/// Whether one of these stems is among the last few words.
fn near(before: &[Word], last: usize, stems: &[&str]) -> bool {
    before
        .iter()
        .rev()
        .take(last)
        .any(|word| stems.contains(&word.stem.as_str()))
}
