//! The stretch of a text that shows why it was found.

use super::terms::{terms, wanted};

/// Bytes that stand before the first hit.
const BEFORE: usize = 60;
/// Hits that are looked at: the first ones of a long text say enough.
const MOST_HITS: usize = 2_000;

/// About so many bytes around as many of the wanted words as stand near each other; the beginning
/// where none does.
pub fn snippet(text: &str, query: &str, longest: usize) -> String {
    let wanted = wanted(query);
    let hits: Vec<(usize, usize)> = terms(text)
        .filter_map(|term| {
            let is_hit = |stem: &String| term.stem.starts_with(stem.as_str());
            Some((term.start, wanted.iter().position(is_hit)?))
        })
        .take(MOST_HITS)
        .collect();
    let from = beginning(text, best(&hits, longest.saturating_sub(BEFORE)));
    let to = text.floor_char_boundary((from + longest).min(text.len()));
    let stretch = text.get(from..to).unwrap_or_default();
    let words: Vec<&str> = stretch.split_whitespace().collect();
    let (head, tail) = (from > 0, to < text.len());
    format!(
        "{}{}{}",
        if head { "… " } else { "" },
        words.join(" "),
        if tail { " …" } else { "" }
    )
}

/// Where the window begins that holds the most different words, the first of several.
fn best(hits: &[(usize, usize)], window: usize) -> usize {
    let (mut most, mut from) = (0, 0);
    for (position, (start, _)) in hits.iter().enumerate() {
        let mut kinds: Vec<usize> = hits
            .iter()
            .skip(position)
            .take_while(|(at, _)| at - start < window)
            .take(50)
            .map(|(_, kind)| *kind)
            .collect();
        kinds.sort_unstable();
        kinds.dedup();
        if kinds.len() > most {
            (most, from) = (kinds.len(), *start);
        }
    }
    from
}

/// A little before, at a word's beginning.
fn beginning(text: &str, hit: usize) -> usize {
    let from = text.floor_char_boundary(hit.saturating_sub(BEFORE));
    match from {
        0 => 0,
        from => text
            .get(from..hit)
            .and_then(|rest| rest.find(char::is_whitespace))
            .map_or(hit, |space| from + space),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_snippet_is_cut_around_the_words() {
        let (before, after) = ("x ".repeat(300), "y ".repeat(300));
        let text = format!("{before} the refund is paid in five days {after}");
        let snippet = super::snippet(&text, "refund days", 160);
        assert!(snippet.contains("refund is paid in five days"), "{snippet}");
        assert!(snippet.len() < 180 && snippet.starts_with('…') && snippet.ends_with('…'));
        assert_eq!(super::snippet("short", "nothing", 160), "short");
    }
}
