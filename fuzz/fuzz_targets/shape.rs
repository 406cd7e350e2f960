//! Whatever strangers write, as a mail, a text message, a name or a note: it is shown without what
//! cannot be seen and what would be fetched, and never closes its mark.

#![no_main]

#[path = "../../tests/it/hostile_bodies/judges.rs"]
mod judges;

use front_mcp::{
    shape::{
        inert::{inert, inert_json},
        mail::{Quotes, from_html, from_text},
        text::Text,
        tokens::{estimate, within},
        words::{Foreign, Words},
    },
    untrusted::Untrusted,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let raw = String::from_utf8_lossy(bytes);
    for quotes in [Quotes::Fold, Quotes::Keep] {
        for mail in [from_html(&raw, quotes), from_text(&raw, quotes)] {
            holds(judges::shown(&mail.markdown));
            assert_eq!(inert(&mail.markdown), mail.markdown);
            // A mark takes it as it is.
            assert_eq!(Words::block(&mail.markdown).as_str(), mail.markdown.trim());
        }
    }
    let untrusted = Untrusted::new(raw.as_ref());
    let (line, block) = (Words::line(&untrusted), Words::block(&raw));
    assert!(!line.as_str().contains(['\n', '\t']));
    for words in [&line, &Words::cut(&untrusted, 7), &block] {
        holds(judges::shown(words.as_str()));
    }
    let (kept, cut) = within(block.as_str(), 12);
    assert!(estimate(kept) <= 12 && (cut || kept == block.as_str()));
    let json = serde_json::json!({ raw.as_ref(): [raw] });
    let written = json.to_string();
    let again: serde_json::Value = serde_json::from_str(&inert_json(&written)).unwrap();
    assert_eq!(again, json);
    let foreign = Foreign::clean(json);

    let mut text = Text::of("One ");
    text.quote(&line).say(" two ").quote(&block).say(" three ");
    text.quote_address(&line, &line).say(" four ").quote_text(&raw);
    text.say(" five ").quote_json(&foreign).say(" six");
    let voices = holds(judges::text(&text.finish()));
    assert_eq!(voices.ours, "One \u{1} two \u{1} three \u{1} four \u{1} five \u{1} six");
    assert_eq!(voices.quoted[0], line.as_str());
    assert_eq!(voices.quoted[1], block.as_str());
});

fn holds<T>(judged: Result<T, String>) -> T {
    judged.unwrap_or_else(|wrong| panic!("{wrong}"))
}
