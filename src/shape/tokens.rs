//! How many tokens a text costs, without a tokenizer's table.
//!
//! Not a tokenizer: it cuts text where o200k cuts it (words, numbers by three, runs of signs and of space) and
//! charges each piece by what it looks like. Letters are charged by how often each pair of them stands inside words,
//! so that a word costs little more than one and an id or a key of as many letters costs several. The charges are
//! set so that no text of the tests' corpus, in many scripts and formats, costs more than it is charged; a string
//! made of arbitrary code points may.

mod letters;
mod scripts;

/// What one token is charged in.
const TOKEN: usize = 16;

/// What a text is charged for words that happen to be rare.
const ODD_WORDS: usize = 3 * TOKEN;

/// No token is charged for more bytes than this.
const MOST_BYTES: usize = 16;

/// The beginning of a text that is estimated at no more than so many tokens, and whether it was longer.
pub fn within(text: &str, most: usize) -> (&str, bool) {
    let longest = text.floor_char_boundary(most.saturating_mul(MOST_BYTES));
    if longest == text.len() && estimate(text) <= most {
        return (text, false);
    }
    let (mut fits, mut too_long) = (0_usize, longest);
    loop {
        let middle = text.floor_char_boundary(fits.midpoint(too_long));
        let Some(start) = text.get(..middle).filter(|_| middle > fits) else {
            break;
        };
        match estimate(start) <= most {
            true => fits = middle,
            false => too_long = middle,
        }
    }
    (text.get(..fits).unwrap_or_default().trim_end(), true)
}

/// An upper estimate of o200k tokens: never below the true count on the corpus of the tests.
pub fn estimate(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut charge = 0_usize;
    let mut at = 0_usize;
    while let Some(&byte) = bytes.get(at) {
        let rest = bytes.get(at..).unwrap_or_default();
        let length = match byte {
            b'a'..=b'z' | b'A'..=b'Z' => {
                let length = run(rest, u8::is_ascii_alphabetic);
                charge += letters::charge(rest.get(..length).unwrap_or_default());
                length
            }
            b'0'..=b'9' => {
                let length = run(rest, u8::is_ascii_digit);
                charge += length.div_ceil(3) * TOKEN;
                length
            }
            b' ' | b'\t' | b'\n' | b'\r' => {
                let length = run(rest, |byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
                charge += space(
                    rest.get(..length).unwrap_or_default(),
                    bytes.get(at + length).copied(),
                );
                length
            }
            0x80.. => {
                let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else {
                    break;
                };
                charge += scripts::charge(c);
                c.len_utf8()
            }
            _ => {
                let length = run(rest, |byte| {
                    byte.is_ascii_punctuation()
                        || byte.is_ascii_control() && !byte.is_ascii_whitespace()
                });
                let length = length.max(1);
                charge += signs(rest.get(..length).unwrap_or_default());
                length
            }
        };
        at += length;
    }
    if charge == 0 {
        return 0;
    }
    // Lists of ids and drawn words are the hardest: each piece is short and unlike the last. And
    // a few words may all be unusual, which over a page evens out.
    (charge + charge / 18 + ODD_WORDS).div_ceil(TOKEN)
}

fn run(bytes: &[u8], belongs: impl Fn(&u8) -> bool) -> usize {
    bytes.iter().take_while(|byte| belongs(byte)).count()
}

/// White space: what ends in a line break is one piece; of the rest, the last space belongs to the word after it.
fn space(run: &[u8], next: Option<u8>) -> usize {
    let broken = run
        .iter()
        .rposition(|byte| matches!(byte, b'\n' | b'\r'))
        .map_or(0, |last| last + 1);
    let (breaks, blanks) = run.split_at_checked(broken).unwrap_or((run, &[]));
    let charge = long(breaks.len(), 8) + mixed(breaks);
    let joins = match next {
        Some(next) if blanks.ends_with(b" ") => !next.is_ascii_digit(),
        _ => false,
    };
    charge + long(blanks.len() - usize::from(joins), 16) + mixed(blanks)
}

/// What space of several kinds is charged for each change from one to another.
fn mixed(run: &[u8]) -> usize {
    let changes = run
        .iter()
        .zip(run.iter().skip(1))
        .filter(|(a, b)| a != b && (**a, **b) != (b'\r', b'\n'));
    changes.count() * 11
}

/// One token for each piece this long, none for nothing.
fn long(length: usize, piece: usize) -> usize {
    length.div_ceil(piece) * TOKEN
}

/// Signs: those of JSON and rules of one sign are known together, others by one and two.
fn signs(run: &[u8]) -> usize {
    let first = run.first().copied().unwrap_or(0);
    let json = |byte: &u8| matches!(byte, b'"' | b',' | b':' | b'{' | b'}' | b'[' | b']');
    match run.len() {
        1 => TOKEN,
        length if run.iter().all(|byte| *byte == first) => TOKEN + length.saturating_sub(4) * 2,
        length if run.iter().all(json) => TOKEN + length.saturating_sub(3) * 7,
        2 => TOKEN * 3 / 2,
        length => length * 12 + run.iter().filter(|byte| byte.is_ascii_control()).count() * 6,
    }
}
