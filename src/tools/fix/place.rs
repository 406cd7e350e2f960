//! Places in arguments, as errors name them: `tags[0]`, `handles[0].source`, `query.q[after]`.

use serde_json::Value;

/// What stands at a place.
pub fn at<'value>(value: &'value mut Value, place: &str) -> Option<&'value mut Value> {
    let place = place.trim_start_matches('.');
    if place.is_empty() {
        return Some(value);
    }
    let (step, rest) = step(place);
    match value {
        Value::Object(fields) => {
            // Query parameters may have brackets in their very name.
            if fields.contains_key(place) {
                return fields.get_mut(place);
            }
            at(fields.get_mut(step)?, rest)
        }
        Value::Array(items) => at(items.get_mut(step.parse::<usize>().ok()?)?, rest),
        // One value where a list is wanted is its first entry.
        single => (place == "[0]").then_some(single),
    }
}

/// Puts a value at a place, which may be a new field of what is there.
pub fn set(all: &mut Value, place: &str, value: Value) -> Option<()> {
    let (parent, name) = parted(place);
    // A list that was written as one text with commas.
    if let Some(text @ Value::String(_)) = at(all, parent).filter(|_| place.ends_with(']')) {
        let parts = text.as_str().unwrap_or_default().split(',');
        *text = parts.map(|part| Value::from(part.trim())).collect();
    }
    if let Some(there) = at(all, place) {
        *there = value;
        return Some(());
    }
    at(all, parent)?
        .as_object_mut()?
        .insert(name.to_owned(), value);
    Some(())
}

/// Takes out what stands at a place; a list that is empty then goes too.
pub fn remove(all: &mut Value, place: &str) -> Option<()> {
    let (parent, name) = parted(place);
    match at(all, parent)? {
        Value::Object(fields) => fields.remove(name).map(drop),
        Value::Array(items) => {
            let index = name.parse::<usize>().ok()?;
            (index < items.len()).then(|| items.remove(index))?;
            match items.is_empty() {
                true => remove(all, parent),
                false => Some(()),
            }
        }
        _ if name == "0" => remove(all, parent),
        _ => None,
    }
}

/// Puts several entries where one of a list stands.
pub fn spread(all: &mut Value, place: &str, entries: &[String]) -> Option<()> {
    let entries = entries.iter().cloned().map(Value::String);
    let (parent, name) = parted(place);
    let index = name.parse::<usize>().ok()?;
    match at(all, parent)? {
        Value::Array(items) if index < items.len() => {
            items.splice(index..=index, entries);
        }
        single @ Value::String(_) if index == 0 => *single = entries.collect(),
        _ => return None,
    }
    Some(())
}

/// The first step of a place, and what is left.
fn step(place: &str) -> (&str, &str) {
    if let Some((inside, rest)) = place
        .strip_prefix('[')
        .and_then(|rest| rest.split_once(']'))
    {
        return (inside, rest);
    }
    let end = place.find(['.', '[']).unwrap_or(place.len());
    place.split_at(end)
}

/// A place and the last step in it.
fn parted(place: &str) -> (&str, &str) {
    if let Some((parent, inside)) = place
        .strip_suffix(']')
        .and_then(|rest| rest.rsplit_once('['))
    {
        return (parent, inside);
    }
    place.rsplit_once('.').unwrap_or(("", place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn places_are_found_as_errors_name_them() {
        let mut all =
            json!({ "tags": ["a"], "one": "b", "query": { "q[after]": 1, "q": { "before": 2 } } });
        assert_eq!(at(&mut all, "tags[0]"), Some(&mut json!("a")));
        assert_eq!(at(&mut all, "one[0]"), Some(&mut json!("b")));
        assert_eq!(at(&mut all, "query.q[after]"), Some(&mut json!(1)));
        assert_eq!(at(&mut all, "query.q[before]"), Some(&mut json!(2)));
        assert_eq!(at(&mut all, "tags[1]"), None);
        assert!(set(&mut all, "query.new", json!(3)).is_some());
        assert!(spread(&mut all, "one[0]", &["x".into(), "y".into()]).is_some());
        assert!(remove(&mut all, "tags[0]").is_some());
        let after = json!({ "one": ["x", "y"], "query": { "q[after]": 1, "q": { "before": 2 }, "new": 3 } });
        assert_eq!(all, after);
    }
}
