//! One number of a report, in the type that Front says it has.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::{
    front::model::analytics::Metric,
    shape::{
        text::{Text, Vouched},
        words::Words,
    },
    untrusted::Untrusted,
};

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Type {
    /// A count or an average.
    Number,
    /// Per cent.
    Percentage,
    /// Seconds.
    Duration,
    /// Words.
    String,
    /// Something in Front.
    Resource,
    /// A type that is not known here.
    Other,
}

/// A value; without any of its parts, Front has none for these days.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Typed {
    /// What it is.
    #[serde(rename = "type")]
    pub kind: Type,
    /// The number; of a duration its seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<f64>,
    /// A duration for people, such as `2 h 5 min`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<String>,
    /// A text, or the name of a resource.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Words>,
    /// The id of a resource.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Words>,
}

impl Typed {
    /// Out of a report.
    pub fn of(metric: &Metric) -> Self {
        let kind = match metric.kind.as_str() {
            "number" => Type::Number,
            "percentage" => Type::Percentage,
            "duration" => Type::Duration,
            "string" => Type::String,
            "resource" => Type::Resource,
            _ => Type::Other,
        };
        let words = |text: Option<&Value>| {
            let text = text.and_then(Value::as_str)?;
            Words::some_line(&Untrusted::new(text))
        };
        let value = &metric.value;
        let number = value.as_f64();
        Self {
            kind,
            number,
            duration: number.filter(|_| kind == Type::Duration).map(readable),
            text: words(Some(value)).or_else(|| words(value.get("label"))),
            id: words(value.pointer("/resource/id")),
        }
    }

    /// By how many per cent it is more than another; nothing where that means nothing.
    pub fn change(&self, before: &Self) -> Option<f64> {
        let (now, then) = (self.number?, before.number?);
        let change = (now - then) / then * 100.0;
        change.is_finite().then_some((change * 10.0).round() / 10.0)
    }

    /// `12`, `87 %`, `2 h 5 min (7500 s)`, `«text»` or `none`.
    pub fn say(&self, text: &mut Text) {
        match (self.number, &self.duration) {
            (Some(seconds), Some(duration)) => {
                let both = format!("{duration} ({} s)", plain(seconds));
                text.say(Vouched::ours(both));
            }
            (Some(number), None) => {
                text.say(Vouched::ours(plain(number)));
                if self.kind == Type::Percentage {
                    text.say(" %");
                }
            }
            (None, _) if self.text.is_none() && self.id.is_none() => {
                text.say("none");
            }
            (None, _) => {}
        }
        for (index, words) in self.text.iter().chain(&self.id).enumerate() {
            text.say(if index > 0 { " " } else { "" }).quote(words);
        }
    }
}

/// With at most two digits behind the point.
pub fn plain(number: f64) -> String {
    let rounded = (number * 100.0).round() / 100.0;
    if rounded.is_finite() {
        rounded.to_string()
    } else {
        number.to_string()
    }
}

/// The two largest units: `3 d 4 h`, `2 h 5 min`, `40 s`.
fn readable(seconds: f64) -> String {
    let whole = seconds.abs().min(1e15).round() as u64;
    let sign = if seconds < 0.0 { "-" } else { "" };
    let units = [("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1)];
    let mut rest = whole;
    let mut parts = Vec::new();
    for (unit, length) in units {
        let count = rest / length;
        rest %= length;
        if count > 0 && parts.len() < 2 {
            parts.push(format!("{count} {unit}"));
        } else if !parts.is_empty() {
            break;
        }
    }
    if parts.is_empty() {
        return "0 s".to_owned();
    }
    format!("{sign}{}", parts.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_say_their_two_largest_units() {
        for (seconds, said) in [
            (0.0, "0 s"),
            (40.4, "40 s"),
            (7_500.0, "2 h 5 min"),
            (86_400.0, "1 d"),
            (86_460.0, "1 d"),
            (273_600.0, "3 d 4 h"),
            (-60.0, "-1 min"),
        ] {
            assert_eq!(readable(seconds), said);
        }
    }
}
