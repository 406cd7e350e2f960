//! The word behind which a mark closes.

use memchr::memchr2_iter;

/// Whether a word of small letters stands in a text, whatever its case.
pub(super) fn contains_ignoring_case(text: &str, word: &str) -> bool {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let Some(first) = word.first() else {
        return true;
    };
    // A search for one letter is fast, and few places hold it.
    memchr2_iter(*first, first.to_ascii_uppercase(), text).any(|at| {
        text.get(at..at + word.len())
            .is_some_and(|window| window.eq_ignore_ascii_case(word))
    })
}

pub(super) const CONSONANTS: &[u8] = b"bdfgklmnprstv";
pub(super) const VOWELS: &[u8] = b"aiou";

/// A word of so many syllables that people can read and type.
pub(crate) fn random_word(syllables: usize) -> String {
    // Without e and z: then none of the 140,608 words costs a model more than three tokens.
    let mut random = getrandom::u64().unwrap_or_else(|_| clock_noise());
    let mut word = String::with_capacity(2 * syllables);
    for position in 0..2 * syllables {
        let letters = if position % 2 == 0 {
            CONSONANTS
        } else {
            VOWELS
        };
        let count = letters.len() as u64;
        let index = usize::try_from(random % count).unwrap_or_default();
        random /= count;
        word.extend(letters.get(index).map(|letter| char::from(*letter)));
    }
    word
}

/// Only for a machine without a source of randomness; the clash check still holds.
fn clock_noise() -> u64 {
    use std::sync::atomic::{AtomicU64, Ordering};
    static COUNT: AtomicU64 = AtomicU64::new(1);
    COUNT.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::Relaxed)
}
