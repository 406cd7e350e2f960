//! How many tokens a text costs a model, estimated without a vocabulary.
//!
//! Counting exactly takes a vocabulary of several megabytes and more time than
//! the rest of an answer. An answer only has to stay under a limit, so a bound
//! from above will do: it walks once over the text in the pieces that the
//! `o200k` vocabulary is cut into, and charges each piece what its kind costs
//! at most in real texts. Letters thrown together at random from a script that
//! is not Latin may cost more than they are charged here.

mod pairs;

use pairs::PAIRS;

/// Prices are in fractions of a token.
const TOKEN: u64 = 64;
/// The row of [`PAIRS`] for the first letter of a word.
const START: usize = 26;

/// Marks that are one token together.
const PAIRS_OF_MARKS: [&[u8; 2]; 54] = [
    b"\":", b"\",", b"\"}", b"{\"", b"[\"", b"\"]", b"**", b"##", b"()", b").", b"),", b"(\"",
    b"--", b"->", b"=>", b"::", b"//", b"{}", b"[]", b"&&", b"||", b"==", b"!=", b"+=", b"<=",
    b">=", b"</", b"/>", b"\")", b"){", b"](", b"`,", b"`.", b"``", b"!!", b"?!", b".\"", b",\"",
    b"')", b"('", b"$(", b"${", b"\">", b"='", b"=\"", b"}}", b"{{", b"..", b".)", b",)", b");",
    b"};", b">\"", b"*)",
];
const THREE_MARKS: [&[u8; 3]; 8] = [
    b"\":\"", b"\",\"", b"://", b"...", b"```", b"---", b"();", b"\":[",
];

/// An upper estimate of the tokens of `text` in the `o200k` vocabulary, in one
/// pass.
#[must_use]
pub fn estimate(text: &str) -> usize {
    if text.is_empty() {
        return 0;
    }
    let mut counter = Counter::default();
    for c in text.chars() {
        counter.take(c);
    }
    counter.close();
    // A few words may all be unusual; over a page that evens out.
    let total = counter.total + 4 * counter.total.isqrt() + TOKEN * 3 / 2;
    usize::try_from(total.div_ceil(TOKEN))
        .unwrap_or(usize::MAX)
        .min(text.len())
}

/// What kind of piece is being read.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Piece {
    #[default]
    None,
    Word,
    /// A word in another script.
    Letters,
    Digits,
    Marks,
    Spaces,
}

#[derive(Default)]
struct Counter {
    total: u64,
    piece: Piece,
    /// Characters of the piece so far.
    len: u64,
    /// The price of the word so far.
    word: u64,
    /// Capitals at the start of the word; none once a small letter came.
    capitals: u64,
    /// The row for the next letter of the word.
    row: usize,
    /// The last character of a run of white space or marks, and how often it
    /// was another one than before.
    last: char,
    changes: u64,
    /// The first marks of a run of them.
    marks: [u8; 3],
}

impl Counter {
    fn take(&mut self, c: char) {
        match c {
            'a'..='z' => self.small(c),
            'A'..='Z' => self.capital(c),
            '0'..='9' => {
                self.enter(Piece::Digits);
                self.len += 1;
            }
            ' ' | '\n' | '\t' | '\r' => self.run(Piece::Spaces, c),
            '!'..='~' => self.run(Piece::Marks, c),
            // Accented letters are part of the words of European languages.
            '\u{C0}'..='\u{FF}' => self.accented(56),
            '\u{100}'..='\u{17F}' => self.accented(84),
            '\u{1EA0}'..='\u{1EF9}' => self.accented(64),
            _ => match letter_price(c) {
                Some(price) => {
                    self.enter(Piece::Letters);
                    self.word += price;
                }
                None => {
                    self.close();
                    self.total += price(c);
                }
            },
        }
    }

    fn accented(&mut self, price: u64) {
        self.enter(Piece::Word);
        self.settle_capitals();
        self.word += price;
        // What follows costs what it does after the commonest vowel.
        self.row = 4;
    }

    fn small(&mut self, c: char) {
        self.enter(Piece::Word);
        self.settle_capitals();
        self.letter(c);
    }

    fn letter(&mut self, c: char) {
        let column = (c as usize).wrapping_sub('a' as usize);
        let price = PAIRS.get(self.row).and_then(|row| row.get(column));
        self.word += price.copied().map_or(TOKEN, u64::from);
        self.row = column;
    }

    fn capital(&mut self, c: char) {
        // `camelCase` is two words.
        if self.piece == Piece::Word && self.word > 0 {
            self.close();
        }
        self.enter(Piece::Word);
        self.capitals += 1;
        self.last = c;
    }

    /// One capital at the start costs little; several are read one by one.
    fn settle_capitals(&mut self) {
        match std::mem::take(&mut self.capitals) {
            0 => {}
            1 => {
                self.word += 9;
                self.letter(self.last.to_ascii_lowercase());
            }
            many => {
                self.word += 14 + 36 * many;
                self.row = (self.last.to_ascii_lowercase() as usize).wrapping_sub('a' as usize);
            }
        }
    }

    fn run(&mut self, piece: Piece, c: char) {
        self.enter(piece);
        if let Some(mark) = self.marks.get_mut(self.len as usize) {
            *mark = c as u8;
        }
        self.len += 1;
        if self.last != c {
            self.changes += 1;
            self.last = c;
        }
    }

    fn enter(&mut self, piece: Piece) {
        if self.piece != piece {
            // A single space belongs to the word after it.
            let glued = self.piece == Piece::Spaces
                && self.last == ' '
                && matches!(piece, Piece::Word | Piece::Letters);
            if glued {
                self.len -= 1;
            }
            self.close();
            self.piece = piece;
        }
    }

    /// Whether the run of marks is one that JSON, code or prose is full of.
    fn known(&self, len: u64) -> bool {
        match (len, &self.marks) {
            (2, [a, b, _]) => PAIRS_OF_MARKS.contains(&&[*a, *b]),
            (3, three) => THREE_MARKS.contains(&three),
            _ => false,
        }
    }

    /// Charges the piece that was read.
    fn close(&mut self) {
        let len = std::mem::take(&mut self.len);
        let changes = std::mem::take(&mut self.changes);
        self.total += match std::mem::take(&mut self.piece) {
            Piece::None => 0,
            Piece::Word => {
                if self.capitals > 1 {
                    let capitals = std::mem::take(&mut self.capitals);
                    self.word += 14 + 36 * capitals;
                }
                self.settle_capitals();
                word_price(self.word)
            }
            Piece::Letters => self.word.max(TOKEN * 5 / 4),
            Piece::Digits => len.div_ceil(3) * TOKEN,
            Piece::Marks if len == 1 || self.known(len) => TOKEN,
            // Rules and ellipses repeat one character.
            Piece::Marks if changes == 1 => TOKEN + len * 10,
            Piece::Marks => 20 + 42 * len,
            Piece::Spaces if len == 0 => 0,
            Piece::Spaces => TOKEN + 32 * (changes - 1) + len,
        };
        self.word = 0;
        self.row = START;
        self.last = '\0';
    }
}

/// What a word costs whose letters add up to `sum`: one token up to a point,
/// since most words are one, and more than the sum where the letters do not
/// look like a word.
fn word_price(sum: u64) -> u64 {
    match sum {
        0..=77 => 68,
        78..=102 => 68 + (sum - 77) * 24 / 25,
        103..=128 => 92 + (sum - 102) * 46 / 26,
        129..=144 => 138 + (sum - 128) * 2,
        // Nothing that long is a word.
        _ => sum + 26 + sum.saturating_sub(192) / 6,
    }
}

/// What a letter of a script with words of its own costs.
fn letter_price(c: char) -> Option<u64> {
    Some(match c {
        '\u{370}'..='\u{3FF}' => 36,
        '\u{400}'..='\u{45F}' => 28,
        '\u{5D0}'..='\u{5EA}' => 40,
        '\u{620}'..='\u{65F}' | '\u{66E}'..='\u{6D3}' | '\u{200C}' => 40,
        '\u{900}'..='\u{97F}' => 36,
        '\u{980}'..='\u{D7F}' => 48,
        '\u{E00}'..='\u{E7F}' => 40,
        '\u{10A0}'..='\u{10FF}' => 64,
        '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FF}' => 60,
        '\u{4E00}'..='\u{9FFF}' => 78,
        '\u{AC00}'..='\u{D7A3}' => 60,
        _ => return None,
    })
}

/// What any other character costs.
fn price(c: char) -> u64 {
    match c {
        '\u{A0}' | '\u{FE0F}' | '\u{200D}' => 64,
        // The dashes, quotation marks and dots of ordinary prose.
        '\u{2010}'..='\u{2027}' => 84,
        '\u{3001}' | '\u{3002}' | '\u{FF0C}' => 64,
        '\u{1F300}'..='\u{1F64F}' => 160,
        // Whatever is rare is spelled in bytes.
        _ => TOKEN * c.len_utf8() as u64,
    }
}
