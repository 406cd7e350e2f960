//! Values as other programs and people write them.

use jiff::{Timestamp, tz::TimeZone};
use serde_json::Value;

use super::Fix;
use crate::shape::time;

/// A choice's other names, and what it is called here.
const CHOICES: &[(&[&str], &str)] = &[
    (
        &["closed", "done", "resolved", "solved", "archive"],
        "archived",
    ),
    (&["deleted", "trash", "bin", "removed"], "trashed"),
    (&["verbose", "detailed", "long", "all", "complete"], "full"),
    (
        &["brief", "short", "summary", "compact", "minimal", "basic"],
        "concise",
    ),
    (&["md", "text/markdown"], "markdown"),
    (
        &["plain", "plaintext", "plain_text", "txt", "text/plain"],
        "text",
    ),
    (&["text/html"], "html"),
    (&["active"], "open"),
    (&["message"], "messages"),
    (&["comment", "notes"], "comments"),
    (&["draft"], "drafts"),
    (&["previews", "snippet"], "preview"),
    (&["header"], "headers"),
    (&["quote", "quoted", "history"], "quotes"),
];

/// The one of these choices that a word means.
pub fn choice(given: &str, allowed: &[Value]) -> Option<Fix> {
    let word = given.trim().to_lowercase();
    let (_, choice) = CHOICES.iter().find(|(words, choice)| {
        words.contains(&word.as_str()) && allowed.iter().any(|one| one == choice)
    })?;
    Some(Fix::Here((*choice).into()))
}

/// Yes and no, as they are written.
pub fn boolean(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(value) => Some(*value),
        Value::Number(number) => match number.as_i64() {
            Some(1) => Some(true),
            Some(0) => Some(false),
            _ => None,
        },
        Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "yes" | "1" | "on" => Some(true),
            "false" | "no" | "0" | "off" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// The entries of a list that was written as one text.
pub fn parts(given: &str) -> Option<Vec<&str>> {
    let parts: Vec<_> = given
        .split([',', ';', '\n'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    (parts.len() > 1).then_some(parts)
}

/// A time in Unix seconds, from milliseconds or from what people type.
pub fn seconds(value: &Value, now: Timestamp, zone: &TimeZone) -> Option<i64> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    match time::parse(&text, now, zone) {
        Ok(at) => Some(at.as_second()),
        Err(error) => {
            let meant = time::meant(&text, &error)?;
            Some(time::parse(&meant, now, zone).ok()?.as_second())
        }
    }
}

/// Whether an argument or a field of Front's is a point in time, by its name.
pub fn is_time(name: &str) -> bool {
    let name = name
        .trim_end_matches(']')
        .rsplit(['[', '.'])
        .next()
        .unwrap_or(name);
    matches!(name, "after" | "before" | "start" | "end")
        || ["_at", "_after", "_before"]
            .iter()
            .any(|end| name.ends_with(end))
}
