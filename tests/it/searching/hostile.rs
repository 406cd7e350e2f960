//! Values that look like the grammar around them.

use front_mcp::{
    front::id::InboxId,
    sandbox::landmarks,
    tools::search_query::{FieldIs, Filter, Query, Quotable, Role, words},
};
use serde_json::json;

use super::{TOOL, last_query};
use crate::support::{
    front::Front,
    mcp::{Era, Mcp},
    random::Random,
    verdict,
};

/// What a query says, read by the rules that Front documents and by nothing of ours.
#[derive(Debug, Default, PartialEq)]
struct Meant {
    texts: Vec<String>,
    filters: Vec<(String, String)>,
}

/// Spaces divide outside of quotes; a bare word with a colon is a filter.
fn meant(query: &str) -> Meant {
    let mut tokens = vec![String::new()];
    let mut inside = false;
    for c in query.chars() {
        inside ^= c == '"';
        match tokens.last_mut() {
            Some(token) if inside || !c.is_whitespace() => token.push(c),
            _ => tokens.push(String::new()),
        }
    }
    assert!(!inside, "quotes do not close in {query:?}");
    let mut meant = Meant::default();
    for token in tokens.iter().filter(|token| !token.is_empty()) {
        let quotes = token.matches('"').count();
        assert!(
            quotes == 0 || quotes == 2 && token.ends_with('"'),
            "{token:?}"
        );
        let bare = token.replace('"', "");
        match token.split_once(':') {
            Some((name, value)) if !name.contains('"') => {
                let value = value.replace('"', "");
                meant.filters.push((name.to_owned(), value));
            }
            _ => meant.texts.push(bare),
        }
    }
    meant
}

const HOSTILE: &[&str] = &[
    "\"",
    "\"\"",
    "\" is:trashed \"",
    "x\" inbox:inb_2 \"y",
    "is:trashed",
    "inbox:inb_2",
    "-is:open",
    "NOT",
    "OR",
    "AND",
    "a OR b",
    "(a b)",
    "from:a@b.example",
    "a@b.example from:c@d.example",
    "a@b.example,c@d.example",
    "custom:x is:trashed",
    "custom:x\" is:trashed \"",
    "custom:\\",
    "twitter:@jo",
    "+33 6 12 34 56 78",
    "\\",
    "\\\"",
    "x\\",
    "a\nis:trashed",
    "a\r\nis:trashed",
    "a\u{2028}is:trashed",
    "a\u{a0}is:trashed",
    "a\u{3000}is:trashed",
    "a\tis:trashed",
    "\0",
    "=",
    "a=b",
    "a=b\" is:trashed",
    ":",
    "::",
    "tag:",
    "*",
    "~",
    "10:30",
    "https://evil.test/?q=is:open",
    "..",
    "../me",
    "%22%20is%3Atrashed",
    "“is:trashed”",
    "’",
    " ",
    "",
    "日本語 عمّان",
    "\u{202e}nepo:si",
];

fn text(random: &mut Random) -> String {
    match random.below(6) {
        0 | 1 => random.pick(HOSTILE).to_owned(),
        2 => format!("{}{}", random.pick(HOSTILE), random.pick(HOSTILE)),
        3 => format!("refund {} \"late order\"", random.pick(HOSTILE)),
        4 => (0..random.below(12))
            .map(|_| char::from(b"\":\\ \n=-a1."[random.below(10)]))
            .collect(),
        _ => (0..random.below(20))
            .filter_map(|_| char::from_u32(random.next() as u32 % 0x3000))
            .collect(),
    }
}

#[test]
fn a_value_never_breaks_out_of_its_filter() {
    let mut random = Random::new(20_261_121, "queries");
    let (mut taken, mut refused) = (0, 0);
    for _ in 0..20_000 {
        let mut query = Query::default();
        let mut wanted = Meant::default();
        let given = text(&mut random);
        if let Ok(words) = words(&given) {
            wanted.texts = words.iter().map(|word| word.as_str().to_owned()).collect();
            query.words = words;
        }
        for _ in 0..random.below(4) {
            let (one, other) = (text(&mut random), text(&mut random));
            if random.percent(50) {
                let Ok(handle) = Quotable::new(&one) else {
                    refused += 1;
                    continue;
                };
                wanted.filters.push(("from".into(), one.trim().to_owned()));
                query.filters.push(Filter::Handle(Role::From, handle));
            } else {
                let Ok(field) = FieldIs::new(&one, &other) else {
                    refused += 1;
                    continue;
                };
                let value = format!("{}={}", one.trim(), other.trim());
                wanted.filters.push(("custom_field".into(), value));
                query.filters.push(Filter::CustomField(field));
            }
            taken += 1;
        }
        let inbox = InboxId::parse("inb_1").unwrap();
        wanted.filters.push(("inbox".into(), "inb_1".into()));
        query.filters.push(Filter::Inbox(inbox));
        let written = query.to_string();
        assert_eq!(meant(&written), wanted, "{written}");
        // On the wire it is one segment that says the same.
        let segment = query.segment().unwrap();
        let segment = segment.as_str();
        assert!(
            !segment.contains(['/', '?', '#', ' ', '"', ':']),
            "{segment}"
        );
        let decoded = percent_encoding::percent_decode_str(segment).decode_utf8();
        assert_eq!(decoded.unwrap(), written);
    }
    println!("{taken} values were taken, {refused} refused");
    assert!(taken > 5_000 && refused > 1_000);
}

/// The same through the whole program: what reaches Front is what the result says.
#[tokio::test]
async fn hostile_values_reach_front_as_values_or_not_at_all() {
    let mut searches = 0;
    for (index, hostiles) in HOSTILE.chunks(4).enumerate() {
        // Each program makes as few searches as the search budget of a minute allows.
        let front = Front::start().await;
        let mut mcp = Mcp::serving(&front, Era::PerRequest, &[]).await;
        searches += hostile_values(&front, &mut mcp, hostiles, index).await;
        mcp.close().await;
    }
    println!("{searches} searches were made");
    assert!(searches > 60, "{searches}");
}

async fn hostile_values(front: &Front, mcp: &mut Mcp, hostiles: &[&str], chunk: usize) -> usize {
    let mut searches = 0;
    for hostile in hostiles {
        for arguments in [
            json!({ "text": hostile }),
            json!({ "from": [format!("custom:{hostile}")] }),
            json!({ "participants": [hostile] }),
            json!({ "custom_fields": { "Order number": hostile } }),
            json!({ "custom_fields": { *hostile: "1" } }),
        ] {
            let mut arguments = arguments;
            arguments["inboxes"] = json!([landmarks::SUPPORT_INBOX]);
            let result = mcp.call(TOOL, arguments.clone()).await;
            if !verdict::well_formed(TOOL, &result) {
                continue;
            }
            let sent = last_query(front).await;
            let said = result["structuredContent"]["searched"][0].as_str().unwrap();
            // What a reader would not see is not shown.
            if !said.contains(|c: char| c.is_control()) && sent.is_ascii() {
                assert_eq!(said, sent, "{arguments}");
            }
            let filters = meant(&sent).filters;
            let places: Vec<_> = filters.iter().filter(|(name, _)| name == "inbox").collect();
            assert_eq!(places.len(), 1, "{sent}");
            assert_eq!(places[0].1, landmarks::SUPPORT_INBOX);
            assert!(filters.len() <= 2, "{sent}");
            assert!(!filters.iter().any(|(name, _)| name == "is"), "{sent}");
            searches += 1;
        }
    }
    assert!(searches <= 20, "chunk {chunk}");
    searches
}
