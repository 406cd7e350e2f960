//! How many tokens a text costs a model, estimated without a vocabulary: a tokenizer's table
//! would cost more memory than the rest of the server.
//!
//! Counted from above, and tight enough that a budget is not half wasted. A test holds it
//! against the exact count over definitions, results and the sandbox's mails; a text of random
//! letters can cost more.

/// An upper estimate of the tokens of `text` in the `o200k` vocabulary, in one pass.
#[must_use]
pub fn estimate(text: &str) -> usize {
    let mut total = 0;
    let mut letters = 0_usize;
    let mut digits = 0_usize;
    let mut before = '\n';
    for c in text.chars() {
        // Where a capital follows a small letter, a new token begins.
        let goes_on = c.is_ascii_lowercase()
            || c.is_ascii_uppercase() && !before.is_ascii_lowercase()
            || !c.is_ascii_alphabetic() && c.is_alphabetic();
        if !goes_on {
            total += letters.div_ceil(4);
            letters = 0;
        }
        if !c.is_ascii_digit() {
            total += digits.div_ceil(3);
            digits = 0;
        }
        if c.is_ascii_alphabetic() {
            // The space before a word is part of its token.
            total -= usize::from(letters == 0 && before == ' ');
            letters += 1;
        } else if c.is_ascii_digit() {
            digits += 1;
        } else {
            total += if c.is_ascii() { 1 } else { c.len_utf8() };
        }
        before = c;
    }
    total + letters.div_ceil(4) + digits.div_ceil(3)
}
