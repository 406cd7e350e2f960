//! A text as words, and words as stems. What is not here: any knowledge of Front.

/// Words that say nothing of what is wanted.
const EMPTY_WORDS: &[&str] = &[
    "a", "an", "and", "any", "are", "as", "at", "be", "been", "by", "can", "did", "do", "does",
    "for", "from", "has", "have", "how", "i", "id", "in", "is", "it", "its", "let", "me", "my",
    "of", "on", "one", "or", "our", "please", "s", "so", "some", "that", "the", "their", "them",
    "there", "these", "they", "this", "those", "to", "us", "want", "was", "we", "were", "what",
    "which", "with", "you", "your", "should", "would", "could", "need",
];

/// A word of a text.
#[derive(Debug, Clone)]
pub struct Word {
    /// Without its ending.
    pub stem: String,
    /// Says something.
    pub is_telling: bool,
    /// Looks like more than one.
    pub is_plural: bool,
    /// `Anna` of `Anna's`; the stem has no `s`.
    pub is_possessive: bool,
    /// Begins with a capital.
    pub is_capital: bool,
    /// Ends in -ed: tells of something done, and neither names it nor orders it.
    pub is_past: bool,
}

/// The words of a text in order. An `@` is read as people mean it: alone it is a mention, at
/// the end of a word an address of ours, inside a word a customer's address.
pub fn words(text: &str) -> Vec<Word> {
    let text = text.replace('’', "'");
    let mut words = Vec::new();
    for piece in text.split(|c: char| c.is_whitespace() || "/,;:!?()\"".contains(c)) {
        let piece = piece.trim_end_matches('.');
        if let Some((name, host)) = piece.split_once('@') {
            let meant = match (name.is_empty(), host.is_empty()) {
                (true, _) => "mention",
                (false, true) => "address",
                (false, false) => "sender",
            };
            words.push(word(meant));
            continue;
        }
        for part in piece.split(|c: char| !c.is_alphanumeric() && c != '\'') {
            if part.chars().any(char::is_alphanumeric) {
                words.push(word(part));
            }
        }
    }
    words
}

fn word(text: &str) -> Word {
    let lower = text.to_lowercase();
    let lower = lower.trim_matches('\'');
    let owner = lower.strip_suffix("'s");
    let plain = owner.unwrap_or(lower).replace('\'', "");
    let is_plural = plain == "people"
        || (plain.len() > 3
            && plain.ends_with('s')
            && !["ss", "us", "is"].iter().any(|end| plain.ends_with(end)));
    Word {
        stem: stem(&plain),
        is_telling: !EMPTY_WORDS.contains(&plain.as_str()),
        is_plural,
        is_possessive: owner.is_some(),
        is_capital: text.starts_with(char::is_uppercase),
        is_past: plain.len() > 4 && plain.ends_with("ed"),
    }
}

/// Common endings off: enough to bring `tags`, `tagged` and `tagging` together.
pub fn stem(word: &str) -> String {
    let endings = [
        ("ies", "y"),
        ("sses", "ss"),
        ("ings", ""),
        ("ing", ""),
        ("edly", ""),
        ("ied", "y"),
        ("ed", ""),
        ("ers", "er"),
        ("es", "e"),
        ("s", ""),
    ];
    let mut stem = word.to_owned();
    for (ending, instead) in endings {
        if let Some(rest) = word.strip_suffix(ending)
            && rest.len() >= 3
            && !(ending == "s" && rest.ends_with(['s', 'u', 'i']))
        {
            stem = format!("{rest}{instead}");
            break;
        }
    }
    // `tagg` of `tagging`, and the silent e of `merge` that `merging` lost.
    let is_cut = stem.len() > 3 && stem.len() < word.len();
    let mut last = stem.chars().rev();
    if let (Some(one), Some(other)) = (last.next(), last.next())
        && is_cut
        && one == other
        && !"aeiouls".contains(one)
    {
        stem.pop();
    }
    if stem.len() > 3 && stem.ends_with('e') {
        stem.pop();
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_do_not_matter() {
        for words in [
            &["tag", "tags", "tagged", "tagging"][..],
            &["merge", "merges", "merging", "merged"],
            &["reply", "replies", "replied"],
            &["snooze", "snoozing"],
        ] {
            for word in words {
                assert_eq!(stem(word), stem(words[0]), "{word}");
            }
        }
    }

    #[test]
    fn an_at_sign_is_a_mention_or_an_address() {
        let stems = |text| {
            words(text)
                .into_iter()
                .map(|word| word.stem)
                .collect::<Vec<_>>()
        };
        assert_eq!(stems("who was @-ed"), ["who", "was", "mention"]);
        assert_eq!(
            stems("from support@, jane@acme.com"),
            ["from", "address", "sender"]
        );
        assert_eq!(stems("Anna's co-worker"), ["anna", "co", "worker"]);
    }
}
