//! The audit log beside Front's own: nothing left without a record, and no record tells of what
//! did not happen.

use std::collections::HashMap;

use front_mcp::audit::Audit;
use serde_json::Value;

use crate::support::mailbox::Post;

/// Holds the two to each other; the error says where they differ.
pub fn compare(audit: &Audit, posts: &[Post]) -> Result<(), String> {
    let verified = audit.verify().map_err(|error| error.to_string())?;
    if !verified.is_intact() {
        return Err(format!("the log is not intact: {verified:?}"));
    }
    let lines = audit.lines().map_err(|error| error.to_string())?;
    let records: Vec<Value> = lines
        .iter()
        .map(|line| serde_json::from_str(line).map_err(|error| error.to_string()))
        .collect::<Result<_, _>>()?;
    same(
        "announced",
        records
            .iter()
            .filter(|one| one["event"] == "sending")
            .map(target),
        posts.iter().map(|post| post.target.clone()),
    )?;
    same(
        "sent",
        records
            .iter()
            .filter(|one| one["event"] == "sent")
            .map(|one| one["message_uid"].as_str().unwrap_or("none").to_owned()),
        posts
            .iter()
            .filter(|post| post.fate.is_accepted())
            .map(|post| post.uid.clone()),
    )?;
    let of = |event: &str| -> Vec<String> {
        let those = records.iter().filter(|one| one["event"] == event);
        those.map(target).collect()
    };
    same(
        "failed",
        of("failed").into_iter(),
        posts
            .iter()
            .filter(|post| post.fate.is_refused())
            .map(|post| post.target.clone()),
    )?;
    let is_unknown = |post: &&Post| {
        !post.fate.is_accepted() && !post.fate.is_refused() && !post.fate.is_turned_away()
    };
    same(
        "unknown",
        of("unknown").into_iter(),
        posts
            .iter()
            .filter(is_unknown)
            .map(|post| post.target.clone()),
    )?;
    in_order(&records)
}

/// Where a record says that a message goes.
fn target(record: &Value) -> String {
    let objects = record["objects"].as_array().cloned().unwrap_or_default();
    let of = |prefix: &str| {
        objects
            .iter()
            .filter_map(Value::as_str)
            .find(|id| id.starts_with(prefix))
            .map(str::to_owned)
    };
    match (of("cnv_"), of("cha_")) {
        (Some(conversation), _) => format!("/conversations/{conversation}/messages"),
        (None, Some(channel)) => format!("/channels/{channel}/messages"),
        (None, None) => "nowhere".to_owned(),
    }
}

fn same(
    what: &str,
    ours: impl Iterator<Item = String>,
    theirs: impl Iterator<Item = String>,
) -> Result<(), String> {
    let count = |all: &mut dyn Iterator<Item = String>| {
        let mut counts: HashMap<String, usize> = HashMap::new();
        all.for_each(|one| *counts.entry(one).or_default() += 1);
        counts
    };
    let (mut ours, mut theirs) = (ours, theirs);
    let (ours, theirs) = (count(&mut ours), count(&mut theirs));
    match ours == theirs {
        true => Ok(()),
        false => Err(format!(
            "{what}: the log says {ours:?}, Front saw {theirs:?}"
        )),
    }
}

/// A yes before the post, the post before its outcome.
fn in_order(records: &[Value]) -> Result<(), String> {
    let mut last: HashMap<&str, &str> = HashMap::new();
    for record in records {
        let (Some(envelope), Some(event)) = (record["envelope"].as_str(), record["event"].as_str())
        else {
            continue;
        };
        if event == "sending" && record["channel"].is_null() {
            return Err(format!("posted without a yes on record: {record}"));
        }
        if matches!(event, "sent" | "failed" | "unknown") && last.get(envelope) != Some(&"sending")
        {
            return Err(format!("an outcome without its post: {record}"));
        }
        if matches!(
            event,
            "sending" | "sent" | "failed" | "unknown" | "returned"
        ) {
            last.insert(envelope, event);
        }
    }
    Ok(())
}
