//! How many tokens a text costs a model, estimated without a vocabulary.

/// An upper estimate of the tokens of `text` in the `o200k` vocabulary, in one
/// pass.
#[must_use]
pub fn estimate(text: &str) -> usize {
    let mut total = 0_usize;
    let mut run = 0_usize;
    for c in text.chars() {
        if c.is_ascii_alphabetic() {
            run += 1;
            continue;
        }
        total += run.div_ceil(3);
        run = 0;
        total += if c.is_ascii() { 1 } else { c.len_utf8() };
    }
    total + run.div_ceil(3)
}
