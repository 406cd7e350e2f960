use std::sync::LazyLock;

use front_mcp::shape::tokens::estimate;
use proptest::prelude::*;
use tiktoken_rs::CoreBPE;

use super::corpus;

static O200K: LazyLock<CoreBPE> =
    LazyLock::new(|| tiktoken_rs::o200k_base().expect("the table is built in"));

fn count(text: &str) -> usize {
    O200K.encode_ordinary(text).len()
}

#[test]
fn no_text_of_the_corpus_costs_more_than_estimated() {
    for (name, text) in corpus::all() {
        assert!(
            estimate(&text) >= count(&text),
            "{name}: {} for {}",
            estimate(&text),
            count(&text)
        );
    }
}

#[test]
fn english_and_json_are_not_estimated_much_too_high() {
    for (name, text) in corpus::all() {
        if corpus::TIGHT.contains(&name) {
            assert!(
                // A share above, and three tokens for whatever words are rare.
                estimate(&text) * 100 <= count(&text) * 135 + 300,
                "{name}: {} for {}",
                estimate(&text),
                count(&text)
            );
        }
    }
}

/// The corpus in another order: pieces of all kinds, put together as an answer puts them together.
fn mixture() -> impl Strategy<Value = String> {
    let lines: Vec<String> = corpus::all()
        .iter()
        .flat_map(|(_, text)| {
            text.lines()
                .map(|line| line.trim().to_owned())
                .collect::<Vec<_>>()
        })
        .collect();
    prop::collection::vec(prop::sample::select(lines), 40..60).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn mixtures_of_it_cost_no_more_either(text in mixture()) {
        prop_assert!(estimate(&text) >= count(&text), "{} for {}", estimate(&text), count(&text));
    }

    #[test]
    fn random_printable_text_costs_no_more(text in "[ -~]{200,400}|[a-z]{200,300}|[A-Za-z0-9+/]{200,300}|([a-z0-9]{6} ){40,60}") {
        prop_assert!(estimate(&text) >= count(&text), "{} for {}", estimate(&text), count(&text));
    }

    #[test]
    fn any_string_has_an_estimate(text in any::<String>()) {
        prop_assert!(estimate(&text) <= text.len() * 4 + 4);
    }
}
