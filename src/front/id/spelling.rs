//! Ids as people write them, and what they name.

use super::{
    has_form,
    links::{base36, in_api_link, in_app_link},
};

/// The kinds of ids, to tell a reader what an id that does not fit names instead.
const KINDS: &[(&str, &str)] = &[
    ("acc", "account"),
    ("cha", "channel"),
    ("cir", "teammate group"),
    ("cmp", "company"),
    ("cnv", "conversation"),
    ("com", "comment"),
    ("crd", "contact"),
    ("evt", "event"),
    ("exp", "analytics export"),
    ("fil", "attachment"),
    ("grp", "contact list"),
    ("inb", "inbox"),
    ("kba", "knowledge base article"),
    ("kbc", "knowledge base category"),
    ("knb", "knowledge base"),
    ("msg", "message"),
    ("shf", "shift"),
    ("rsf", "template folder"),
    ("rsp", "message template"),
    ("sig", "signature"),
    ("sts", "ticket status"),
    ("tag", "tag"),
    ("tea", "teammate"),
    ("tim", "team"),
    ("top", "link"),
    ("vcr", "time off"),
];

/// Words that are written for a prefix.
const WORDS: &[(&str, &[&str])] = &[
    ("cha", &["channel", "chan"]),
    (
        "cnv",
        &["conversation", "conv", "convo", "thread", "ticket"],
    ),
    ("crd", &["contact", "card"]),
    ("fil", &["file", "attachment", "att"]),
    ("inb", &["inbox"]),
    ("msg", &["message", "mess"]),
    ("tea", &["teammate", "user", "agent"]),
    ("tim", &["team"]),
];

/// An id with this prefix out of another spelling: in capitals, with another word for the
/// prefix or without one, or in a link of Front's. Of a link nothing else is kept.
pub fn respelt(given: &str, prefix: &str) -> Option<String> {
    let lower = given.to_ascii_lowercase();
    if has_form(&lower, prefix) {
        return Some(lower);
    }
    if let Some(id) = in_app_link(given, prefix).or_else(|| in_api_link(given, prefix)) {
        return has_form(&id, prefix).then_some(id);
    }
    let digits = match lower.split_once(['_', '-', ':']) {
        Some((word, digits)) => {
            let words = WORDS.iter().find(|(known, _)| *known == prefix);
            let is_one = |(_, words): &(&str, &[&str])| words.contains(&word);
            (word == prefix || words.is_some_and(is_one)).then_some(digits)?
        }
        // Without a digit it is a word.
        None if lower.bytes().any(|byte| byte.is_ascii_digit()) => &lower,
        None => return None,
    };
    // As long as a number in a link of the app, and without a letter: it is one.
    let number = digits.parse::<u128>().ok().filter(|_| digits.len() > 5);
    let id = match number {
        Some(number) => format!("{prefix}_{}", base36(number)),
        None => format!("{prefix}_{digits}"),
    };
    (digits.len() < 16 && has_form(&id, prefix)).then_some(id)
}

/// The prefix and the id of what an id or a link of Front's names, whatever its kind.
pub fn named(given: &str) -> Option<(&'static str, String)> {
    let lower = given.to_ascii_lowercase();
    let is_link = given.contains('/');
    KINDS.iter().find_map(|(prefix, _)| {
        if !is_link {
            return has_form(&lower, prefix).then(|| (*prefix, lower.clone()));
        }
        let id = in_app_link(given, prefix).or_else(|| in_api_link(given, prefix))?;
        has_form(&id, prefix).then_some((*prefix, id))
    })
}

/// What kind of thing an id names, judged by its prefix.
pub fn kind_of(text: &str) -> Option<&'static str> {
    KINDS
        .iter()
        .find(|(prefix, _)| has_form(text, prefix))
        .map(|(_, what)| *what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_spellings_of_an_id() {
        for (given, id) in [
            ("CNV_1URGENT", Some("cnv_1urgent")),
            ("1urgent", Some("cnv_1urgent")),
            ("conv_1urgent", Some("cnv_1urgent")),
            ("conversation-1urgent", Some("cnv_1urgent")),
            ("1000000", Some("cnv_lfls")),
            ("msg_1urgent", None),
            ("urgent", None),
            ("cnv_1/messages", None),
            ("../me", None),
            ("cnv 1", None),
            ("cnv_", None),
            ("cnv_1%2fmessages", None),
            ("7Kq2ZpR81mWc0xTb", None),
        ] {
            assert_eq!(respelt(given, "cnv").as_deref(), id, "{given}");
        }
        assert_eq!(named("msg_1A"), Some(("msg", "msg_1a".to_owned())));
        assert_eq!(named("https://evil.test/open/cnv_1"), None);
    }
}
