//! What a run of ASCII letters is charged.

use super::TOKEN;

/// What a word is charged before its letters are looked at: few are more than one token, but some are.
const WORD: usize = TOKEN + 1;

/// For each first letter, two bits for each second one: how seldom the pair stands inside words (0 often, 3 hardly
/// ever), counted over the words of o200k itself.
const SELDOM: [u64; 26] = [
    0x9940220084601,
    0xEFDA7CF3CFCF8,
    0xEFC23CF5C3CDC,
    0xEF9D7CABCAC7C,
    0x6150260184404,
    0xEFDA7CF7CF4FD,
    0xEFD93D77C6CFC,
    0xEFD67CABCFCFC,
    0x6B20240168404,
    0xFFDFFDFEEFDFD,
    0xEED9BDBADFCFC,
    0xCF85F8E2CA868,
    0xEFDDF09BCFCF4,
    0x9F50FC298840C,
    0xA940300199505,
    0xEFD534F3C7CEC,
    0xFFCFFFFFFFFFF,
    0x9E407855C9818,
    0xEE80E0A5C38CC,
    0x9EC03CA7C3CEC,
    0xBAA03602C9855,
    0xFFEFBDFFCFCFC,
    0xFFFEBDBFDBCFC,
    0xFFFBFBFFEFEEE,
    0xFFF9BAABEFDAD,
    0xBFEFFEFFDFDFD,
];

/// What a pair is charged, from often to hardly ever.
const PAIR: [usize; 4] = [0, 1, 5, 13];

/// Charges a run of letters: a new word begins where a capital follows a small letter.
pub(super) fn charge(run: &[u8]) -> usize {
    let mut charge = WORD;
    let mut length = 1_usize;
    let mut capitals = 0_usize;
    let mut before = run.first().copied().unwrap_or(b'a');
    for &letter in run.iter().skip(1) {
        if letter.is_ascii_uppercase() && before.is_ascii_lowercase() {
            charge += WORD;
            length = 1;
        } else {
            charge += pair(before, letter);
            length += 1;
            capitals += usize::from(letter.is_ascii_uppercase());
            // Long words are made of several; what is longer still is no word.
            charge += usize::from(length > 7) * 2 + usize::from(length > 14) * 2;
        }
        before = letter;
    }
    // Words in capitals are known by two and three letters at most.
    charge + capitals * 4
}

fn pair(first: u8, second: u8) -> usize {
    let index = |letter: u8| usize::from(letter.to_ascii_lowercase().saturating_sub(b'a'));
    let row = SELDOM.get(index(first)).copied().unwrap_or(u64::MAX);
    let class = usize::try_from(row >> (2 * index(second)) & 3).unwrap_or(3);
    PAIR.get(class).copied().unwrap_or(TOKEN)
}
