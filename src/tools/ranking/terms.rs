//! A text as words that can be compared.

use crate::tools::api_index::words::stem;

/// Words that say nothing of what is looked for, in the languages that are most written.
const EMPTY: &[&str] = &[
    "a", "an", "and", "any", "are", "as", "at", "be", "by", "can", "could", "did", "do", "does",
    "for", "from", "get", "has", "have", "how", "i", "if", "in", "is", "it", "its", "me", "my",
    "of", "on", "or", "our", "please", "that", "the", "their", "them", "there", "they", "this",
    "to", "was", "we", "what", "when", "where", "which", "who", "why", "will", "with", "would",
    "you", "your", "au", "aux", "avec", "ce", "ces", "dans", "de", "des", "du", "en", "est", "et",
    "il", "je", "la", "le", "les", "ma", "mes", "mon", "nous", "ou", "par", "pas", "pour", "que",
    "qui", "sur", "un", "une", "vous", "am", "auf", "aus", "bei", "das", "dem", "den", "der",
    "die", "ein", "eine", "fur", "ich", "im", "ist", "kann", "man", "mein", "meine", "mit",
    "nicht", "sie", "und", "von", "wann", "wie", "wir", "zu", "zum", "zur",
];

/// A word and where it stands.
pub(super) struct Term {
    pub(super) stem: String,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The words of a text in order.
pub(super) fn terms(text: &str) -> impl Iterator<Item = Term> {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = chars.by_ref().find(|(_, c)| c.is_alphanumeric())?;
        let mut end = start + first.len_utf8();
        // Where words are not parted, each sign is one.
        if !is_unparted(first) {
            while let Some((at, c)) =
                chars.next_if(|(_, c)| !is_unparted(*c) && (c.is_alphanumeric() || is_mark(*c)))
            {
                end = at + c.len_utf8();
            }
        }
        let word = fold(text.get(start..end).unwrap_or_default());
        let stem = match word.is_ascii() {
            true => stem(&word),
            false => word,
        };
        Some(Term { stem, start, end })
    })
}

/// The words that are looked for: without those that say nothing, unless there are no others.
pub fn wanted(text: &str) -> Vec<String> {
    let all = |skip: &[&str]| {
        let mut stems: Vec<String> = Vec::new();
        for term in terms(text).take(64) {
            let word = fold(text.get(term.start..term.end).unwrap_or_default());
            if !skip.contains(&word.as_str()) && !stems.contains(&term.stem) {
                stems.push(term.stem);
            }
        }
        stems
    };
    let telling = all(EMPTY);
    match telling.is_empty() {
        true => all(&[]),
        false => telling,
    }
}

fn is_unparted(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{0E00}'..='\u{0E7F}')
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}')
}

/// In lower case, without the diacritics of Latin letters.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'à'..='å' | 'ā' | 'ă' | 'ą' => out.push('a'),
            'ç' | 'ć' | 'č' => out.push('c'),
            'ď' | 'đ' => out.push('d'),
            'è'..='ë' | 'ē' | 'ę' | 'ě' => out.push('e'),
            'ğ' => out.push('g'),
            'ì'..='ï' | 'ī' | 'ı' => out.push('i'),
            'ł' => out.push('l'),
            'ñ' | 'ń' | 'ň' => out.push('n'),
            'ò'..='ö' | 'ø' | 'ō' | 'ő' => out.push('o'),
            'ř' => out.push('r'),
            'ś' | 'ş' | 'š' | 'ș' => out.push('s'),
            'ť' | 'ț' => out.push('t'),
            'ù'..='ü' | 'ū' | 'ů' | 'ű' => out.push('u'),
            'ý' | 'ÿ' => out.push('y'),
            'ź' | 'ż' | 'ž' => out.push('z'),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ß' => out.push_str("ss"),
            c if is_mark(c) => {}
            c => out.push(c),
        }
    }
    out
}
