//! Whatever strangers write, a reader sees all of it, nothing of it is fetched, and none of it is
//! said in our voice: by each way that turns words into text, and end to end in every place where
//! a stranger's text can stand.

mod corpus;
pub mod judges;

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use front_mcp::{
    shape::{
        mail::{Quotes, from_html, from_text},
        text::Text,
        words::{Foreign, Words},
    },
    untrusted::Untrusted,
};
use serde_json::json;

use crate::{
    doctor::declared,
    provenance::is_ours_or_marked,
    support::{
        disguise::{CANARY, disguised},
        front::Front,
        mcp::{ALL, Era, Mcp, server},
        random::Random,
    },
};

/// Every way from a stranger's words to a text.
fn ways(raw: &str) -> Vec<Words> {
    let untrusted = Untrusted::new(raw);
    let mut ways = vec![
        Words::line(&untrusted),
        Words::cut(&untrusted, 12),
        Words::block(raw),
    ];
    for quotes in [Quotes::Fold, Quotes::Keep] {
        for mail in [from_html(raw, quotes), from_text(raw, quotes)] {
            let words = Words::block(&mail.markdown);
            assert_eq!(words.as_str(), mail.markdown.trim(), "{raw:?}");
            ways.push(words);
        }
    }
    ways
}

fn report(raw: &str, ways: &[Words]) -> String {
    let mut text = Text::of("A result");
    for words in ways {
        text.say("\n- ").quote(words);
    }
    text.say("\n- ").quote_text(raw).say("\n- ");
    text.quote_address(&ways[0], &ways[1]).say("\n- ");
    text.quote_json(&Foreign::clean(json!({ raw: [raw] })));
    text.finish()
}

#[test]
fn no_way_shows_what_hides_fetches_or_speaks_for_us() {
    let corpus = corpus::all();
    println!("{} bodies", corpus.len());
    assert!(corpus.len() >= 300);
    let ours = format!("A result{}", "\n- \u{1}".repeat(10));
    for raw in &corpus {
        let ways = ways(raw);
        for words in &ways {
            let judged = judges::shown(words.as_str());
            assert_eq!(judged, Ok(()), "{raw:?}");
        }
        let text = report(raw, &ways);
        let voices = judges::text(&text).unwrap_or_else(|wrong| panic!("{wrong}: {raw:?}\n{text}"));
        assert_eq!(voices.ours, ours, "{raw:?}\n{text}");
    }
}

#[test]
fn real_hosts_are_shown() {
    for (body, shown) in [
        (
            "<a href='https://paypal.com@evil.test/x'>paypal.com</a>",
            "[goes to evil.test] <https://evil.test/x>",
        ),
        (
            "<a href='https://p\u{430}ypal.com/login'>paypal.com</a>",
            "[goes to xn--pypal-4ve.com] <https://xn--pypal-4ve.com/login>",
        ),
        (
            "<a href='https://b\u{FC}cher.example/'>here</a>",
            "here <https://b\u{FC}cher.example/>",
        ),
    ] {
        let mail = from_html(body, Quotes::Keep);
        assert!(mail.markdown.ends_with(shown), "{}", mail.markdown);
    }
}

/// No more than four times as long as eight times the work should take: a hang is found, and so is
/// work that grows with the square.
#[test]
fn eight_times_the_bytes_take_about_eight_times_as_long() {
    let spent = |raw: &str| {
        let begun = Instant::now();
        black_box(report(raw, &ways(raw)));
        begun.elapsed()
    };
    for (name, bomb) in corpus::BOMBS {
        let (small, large) = (bomb(4_000), bomb(32_000));
        let one = spent(&small).min(spent(&small));
        let eight = spent(&large);
        println!("{name}: {one:?}, {eight:?}");
        let is_linear = eight < one * 32 || eight < Duration::from_millis(400);
        // A busy machine gets a second chance.
        assert!(
            is_linear || spent(&large) < spent(&small) * 32,
            "{name}: {one:?}, {eight:?}"
        );
        assert!(eight < Duration::from_secs(30), "{name}: {eight:?}");
    }
}

/// How many of the corpus are served by a Front of their own.
const HOSTILES: usize = 40;

/// Everywhere that the sandbox has a text of a stranger's, a hostile one: read back through every
/// tool.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hostile_words_in_every_place_come_out_tame() {
    let mut corpus = corpus::all();
    let mut random = Random::new(20_261_121, "hostile bodies");
    let front = Front::start().await;
    let mut seen = 0;
    for _ in 0..HOSTILES {
        let hostile = corpus.swap_remove(random.below(corpus.len()));
        let pen = move |_: &str| format!("{hostile} {CANARY}");
        let stranger = disguised(&front, pen, |_, _| {}).await;
        let mut mcp = Mcp::start(server(&stranger.base(), &ALL), Era::PerRequest).await;
        for (tool, arguments) in declared::calls() {
            let is_read = ["list-", "get-", "search-", "whoami"];
            if is_read.iter().any(|start| tool.starts_with(start)) {
                let result = mcp.call(tool, arguments).await;
                seen += is_ours_or_marked(tool, &result);
            }
        }
        mcp.close().await;
    }
    println!("{seen} strings of strangers");
    assert!(seen > 1_000, "{seen}");
}
