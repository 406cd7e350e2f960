//! Only the named parts of an answer: `id`, `assignee.email`, `tags.name`.

use serde_json::{Map, Value};

/// Keeps the named fields of a value; lists are looked through. What is not there stays absent.
pub fn keep(value: &Value, fields: &[String]) -> Value {
    match value {
        Value::Array(items) => items.iter().map(|item| keep(item, fields)).collect(),
        Value::Object(known) => {
            let mut kept = Map::new();
            for field in fields {
                let (name, rest) = match field.split_once('.') {
                    Some((name, rest)) => (name, Some(rest.to_owned())),
                    None => (field.as_str(), None),
                };
                let Some(value) = known.get(name) else {
                    continue;
                };
                let part = match rest {
                    Some(rest) => keep(value, &[rest]),
                    None => value.clone(),
                };
                merge(kept.entry(name).or_insert(Value::Null), part);
            }
            Value::Object(kept)
        }
        other => other.clone(),
    }
}

/// `a.b` and `a.c` are two parts of one `a`.
fn merge(into: &mut Value, part: Value) {
    match (into, part) {
        (Value::Object(known), Value::Object(part)) => {
            for (name, value) in part {
                merge(known.entry(name).or_insert(Value::Null), value);
            }
        }
        (Value::Array(known), Value::Array(part)) if known.len() == part.len() => {
            for (one, other) in known.iter_mut().zip(part) {
                merge(one, other);
            }
        }
        (into, part) => *into = part,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn named_parts_are_kept() {
        let value = json!([{"id": 1, "a": {"b": 2, "c": 3, "d": 4}, "tags": [{"n": 1, "x": 2}]}]);
        let fields = ["id", "a.b", "a.c", "tags.n", "none"].map(str::to_owned);
        assert_eq!(
            keep(&value, &fields),
            json!([{"id": 1, "a": {"b": 2, "c": 3}, "tags": [{"n": 1}]}])
        );
    }
}
