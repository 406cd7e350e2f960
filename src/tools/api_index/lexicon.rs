//! Everyday words for Front's: `manifests/synonyms.tsv`, written by hand.
//!
//! A row says what its words mean: a *thing* (the path segments it stands for), a *manner* (a
//! thing that is never what an operation is about), a *deed*, or another *word*. `~` before a word says that it means this only perhaps, `^` that it does so
//! only where a wish begins.

use std::{collections::HashMap, sync::LazyLock};

use super::words::{Word, stem, words};

/// What somebody wants done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// See several.
    List,
    /// See one.
    Get,
    /// Make one.
    Create,
    /// Change one.
    Update,
    /// Put one into or onto another.
    Add,
    /// Take one out of or off another.
    Remove,
    /// Destroy one.
    Delete,
    /// Fetch a file.
    Download,
    /// Have something worked out: a question that a POST answers.
    Compute,
}

impl Deed {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "list" => Self::List,
            "get" => Self::Get,
            "create" => Self::Create,
            "update" => Self::Update,
            "add" => Self::Add,
            "remove" => Self::Remove,
            "delete" => Self::Delete,
            "download" => Self::Download,
            "count" => Self::Compute,
            _ => return None,
        })
    }

    /// Changes nothing.
    pub const fn is_read(self) -> bool {
        matches!(
            self,
            Self::List | Self::Get | Self::Download | Self::Compute
        )
    }
}

/// A thing of Front's, by its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Thing(u16);

impl Thing {
    /// Its place among the things.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a phrase means.
#[derive(Clone, Debug)]
pub enum Meaning {
    /// One of Front's things.
    Thing(Thing),
    /// What to do.
    Deed(Deed),
    /// Another word, as a stem.
    Word(String),
}

/// An everyday phrase.
#[derive(Debug)]
pub struct Phrase {
    /// Its words.
    words: Vec<Word>,
    /// What it means.
    pub meaning: Meaning,
    /// How surely.
    pub weight: f64,
    /// Only where a wish begins.
    pub opens: bool,
}

impl Phrase {
    /// How many words it has.
    pub fn length(&self) -> usize {
        self.words.len()
    }

    /// Whether a text begins with it. `Tagged` is no order to tag and no tag, `labels` no order
    /// to label.
    pub fn begins(&self, tail: &[Word]) -> bool {
        tail.len() >= self.words.len()
            && self.words.iter().zip(tail).all(|(own, word)| {
                own.stem == word.stem
                    && (own.is_past || !word.is_past)
                    && !(self.opens && word.is_plural && !own.is_plural)
            })
    }
}

/// How surely a word behind `~` means what its row says.
const PERHAPS: f64 = 0.5;

/// The phrases and the things.
#[derive(Debug, Default)]
pub struct Lexicon {
    phrases: HashMap<String, Vec<Phrase>>,
    segments: HashMap<&'static str, Thing>,
    things: u16,
    manners: Vec<Thing>,
}

/// The one that the manifest makes.
pub static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon::default();
    for line in include_str!("../../../manifests/synonyms.tsv")
        .lines()
        .skip(1)
    {
        lexicon.read(line);
    }
    lexicon
});

impl Lexicon {
    /// The phrases that begin with a stem.
    pub fn beginning(&self, stem: &str) -> &[Phrase] {
        self.phrases.get(stem).map_or(&[], Vec::as_slice)
    }

    /// The thing that a path segment stands for.
    pub fn of_segment(&self, segment: &str) -> Option<Thing> {
        self.segments.get(segment).copied()
    }

    /// Says how an operation goes about its subject, and is never a subject.
    pub fn is_manner(&self, thing: Thing) -> bool {
        self.manners.contains(&thing)
    }

    /// How many things there are.
    pub const fn things(&self) -> usize {
        self.things as usize
    }

    /// A row that cannot be read is left out; a test counts.
    fn read(&mut self, line: &'static str) -> Option<()> {
        let mut columns = line.split('\t');
        let (kind, name, listed) = (columns.next()?, columns.next()?, columns.next()?);
        let meaning = match kind {
            "thing" | "manner" => {
                let thing = Thing(self.things);
                self.things += 1;
                if kind == "manner" {
                    self.manners.push(thing);
                }
                self.segments
                    .extend(name.split(' ').map(|segment| (segment, thing)));
                Meaning::Thing(thing)
            }
            "deed" => Meaning::Deed(Deed::parse(name)?),
            "word" => Meaning::Word(stem(name)),
            _ => return None,
        };
        for phrase in listed.split(", ") {
            let text = phrase.trim_start_matches(['^', '~']);
            let words = words(text);
            let first = words.first()?.stem.clone();
            self.phrases.entry(first).or_default().push(Phrase {
                words,
                meaning: meaning.clone(),
                weight: if phrase.starts_with('~') {
                    PERHAPS
                } else {
                    1.0
                },
                opens: phrase.starts_with('^'),
            });
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::front::Operation;

    #[test]
    fn every_segment_is_a_thing_and_every_row_is_read() {
        // Roots of one branch, which name nothing that a person would.
        const ROOTS: &[&str] = &["analytics"];
        for operation in Operation::all() {
            for segment in operation.segments() {
                let is_literal = !segment.is_empty() && !segment.starts_with('{');
                assert!(
                    !is_literal
                        || ROOTS.contains(&segment)
                        || LEXICON.of_segment(segment).is_some(),
                    "{segment}: {}",
                    operation.id
                );
            }
        }
        for line in include_str!("../../../manifests/synonyms.tsv")
            .lines()
            .skip(1)
        {
            assert!(Lexicon::default().read(line).is_some(), "{line}");
        }
    }
}
