//! Arguments under names that other programs would give them: `conversationId`, `page_size`, `q`.

mod synonyms;

use serde_json::{Map, Value, json};

use self::synonyms::SYNONYMS;

/// All arguments under the names that the schema knows; nothing where one of them stays unknown,
/// or two would be one.
pub fn known(
    given: &Map<String, Value>,
    known: &Map<String, Value>,
    required: &[&str],
) -> Option<Map<String, Value>> {
    let (mut right, wrong): (Map<_, _>, Vec<_>) = {
        let (right, wrong): (Vec<_>, Vec<_>) = given
            .clone()
            .into_iter()
            .partition(|(name, _)| known.contains_key(name));
        (right.into_iter().collect(), wrong)
    };
    for (name, value) in wrong {
        if value.is_null() {
            continue;
        }
        for (name, value) in meant(&snake(&name), value, known, required, &right)? {
            if right.insert(name, value).is_some() {
                return None;
            }
        }
    }
    Some(right)
}

type Pairs = Vec<(String, Value)>;

fn meant(
    name: &str,
    value: Value,
    known: &Map<String, Value>,
    required: &[&str],
    taken: &Map<String, Value>,
) -> Option<Pairs> {
    if let Some(pairs) = switch(name, &value, known, taken) {
        return Some(pairs);
    }
    let is_free = |target: &&str| known.contains_key(*target) && !taken.contains_key(*target);
    let target = Some(name)
        .filter(is_free)
        .or_else(|| alike(name, known).filter(is_free))
        .or_else(|| {
            let groups = SYNONYMS.iter().filter(|(names, _)| names.contains(&name));
            groups
                .flat_map(|(_, targets)| *targets)
                .copied()
                .find(is_free)
        })
        .or_else(|| {
            // The one thing that a tool is about.
            let [only] = required else { return None };
            let is_of_it = name == "id" || name.ends_with("_url") || matches!(name, "link" | "url");
            (is_of_it && only.ends_with("_id") && is_free(only)).then_some(*only)
        })
        .or_else(|| misspelt(name, known).filter(is_free))?;
    Some(vec![(target.to_owned(), valued(target, value))])
}

/// Switches that this server has as a choice, or that say what happens anyway.
fn switch(
    name: &str,
    value: &Value,
    known: &Map<String, Value>,
    taken: &Map<String, Value>,
) -> Option<Pairs> {
    let has = |name: &str| known.contains_key(name) && !taken.contains_key(name);
    let is_on = super::values::boolean(value) == Some(true);
    let pairs = match name {
        "verbose" | "full" | "detailed" if is_on && has("detail") => {
            vec![("detail".to_owned(), json!("full"))]
        }
        "html" | "is_html" if is_on && has("body_format") => {
            vec![("body_format".to_owned(), json!("html"))]
        }
        "html" | "html_body" | "body_html"
            if value.is_string() && has("body") && has("body_format") =>
        {
            vec![
                ("body".to_owned(), value.clone()),
                ("body_format".to_owned(), json!("html")),
            ]
        }
        // What is done to many conversations has one argument for whom or what.
        "assignee" | "assignee_id" | "tag" | "tags" | "teammate"
            if has("to") && known.contains_key("change") =>
        {
            vec![("to".to_owned(), value.clone())]
        }
        "after" | "since" | "start" | "start_date" | "start_time"
            if has("from") && known.contains_key("until") =>
        {
            vec![("from".to_owned(), value.clone())]
        }
        "before" | "to" | "end" | "end_date" | "end_time"
            if has("until") && known.contains_key("from") =>
        {
            vec![("until".to_owned(), value.clone())]
        }
        "unavailable" | "is_unavailable" | "away" | "is_away" | "out_of_office"
            if has("available") =>
        {
            let is_away = super::values::boolean(value)?;
            vec![("available".to_owned(), json!(!is_away))]
        }
        // Without `to`, a reply goes to all of the last message.
        "reply_all" if is_on && has("to") && taken.contains_key("conversation_id") => Vec::new(),
        _ => return None,
    };
    Some(pairs)
}

/// Whether one name says the opposite of the other: `unavailable` of `available`.
pub fn is_contrary(one: &str, other: &str) -> bool {
    if one.len().max(other.len()) > 100 {
        return false;
    }
    let (one, other) = (snake(one), snake(other));
    let denies = |one: &str, other: &str| {
        let said = one.strip_suffix(other);
        said.is_some_and(|before| {
            let word = before.trim_end_matches('_').rsplit('_').next();
            word.is_some_and(|word| matches!(word, "un" | "not" | "no" | "non" | "in" | "dis"))
        })
    };
    denies(&one, &other) || denies(&other, &one)
}

/// A value in the form of its new name: an address is a list of objects where handles are wanted.
fn valued(target: &str, value: Value) -> Value {
    match (target, &value) {
        ("handles", Value::String(text)) => match handle(text) {
            Some(handle) => json!([handle]),
            None => value,
        },
        _ => value,
    }
}

/// An address or a number as the object that a handle is.
pub fn handle(text: &str) -> Option<Value> {
    let handle = super::super::handle::Handle::read(text)?;
    Some(json!({ "source": handle.source, "handle": handle.handle }))
}

/// The one known name that differs in number, or in saying that it is an id, a name or an address.
fn alike<'known>(name: &str, known: &'known Map<String, Value>) -> Option<&'known str> {
    let mut same = known.keys().filter(|each| stem(each) == stem(name));
    let only = same.next()?;
    same.next().is_none().then_some(only.as_str())
}

fn stem(name: &str) -> &str {
    let endings = ["_ids", "_id", "_names", "_name", "_emails", "_email"];
    let name = endings
        .iter()
        .find_map(|end| name.strip_suffix(end))
        .unwrap_or(name);
    ["uses", "xes"]
        .iter()
        .any(|end| name.ends_with(end))
        .then(|| name.strip_suffix("es"))
        .flatten()
        .or_else(|| {
            name.strip_suffix('s')
                .filter(|rest| rest.len() > 2 && !rest.ends_with('u'))
        })
        .unwrap_or(name)
}

fn misspelt<'known>(name: &str, known: &'known Map<String, Value>) -> Option<&'known str> {
    let near = |each: &&String| {
        each.len() > 3
            && name.len() < 100
            && !is_contrary(each, name)
            && strsim::damerau_levenshtein(each, name) <= 1 + each.len() / 10
    };
    let mut near = known.keys().filter(near);
    let only = near.next().filter(|_| name.len() > 3)?;
    near.next().is_none().then_some(only.as_str())
}

/// `conversationId`, `conversation-id` and `Conversation ID` as `conversation_id`.
pub fn snake(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    let mut before = '_';
    for c in name.trim().chars() {
        if c.is_ascii_uppercase() && (before.is_ascii_lowercase() || before.is_ascii_digit()) {
            snake.push('_');
        }
        snake.push(match c {
            '-' | ' ' | '.' => '_',
            c => c.to_ascii_lowercase(),
        });
        before = c;
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_opposite_is_told_from_what_is_meant() {
        for (one, other, is_so) in [
            ("unavailable", "available", true),
            ("available", "is_not_available", true),
            ("notAvailable", "available", true),
            ("is_available", "available", false),
            ("availability", "available", false),
            ("available", "available", false),
            ("inbox", "box", true),
        ] {
            assert_eq!(is_contrary(one, other), is_so, "{one} {other}");
        }
    }

    #[test]
    fn names_of_elsewhere_are_known_here() {
        let schema: Map<String, Value> = [
            "conversation_id",
            "tags",
            "inboxes",
            "statuses",
            "limit",
            "assignee",
            "bcc",
            "cc",
        ]
        .into_iter()
        .map(|name| (name.to_owned(), json!({})))
        .collect();
        for (name, wanted) in [
            ("conversationId", Some("conversation_id")),
            ("conversation", Some("conversation_id")),
            ("tag_names", Some("tags")),
            ("inboxId", Some("inboxes")),
            ("status", Some("statuses")),
            ("PAGE-SIZE", Some("limit")),
            ("assigneeEmail", Some("assignee")),
            ("limt", Some("limit")),
            ("unlimit", None),
            ("approved", None),
            ("bc", None),
        ] {
            let given = Map::from_iter([(name.to_owned(), json!("x"))]);
            let fixed = known(&given, &schema, &[]);
            let found = fixed.as_ref().and_then(|fixed| fixed.keys().next());
            assert_eq!(found.map(String::as_str), wanted, "{name}");
        }
    }
}
